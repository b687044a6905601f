using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using QuantDash.Tests.Support;
using QuantDash.Web.Problems;

namespace QuantDash.Tests.Architecture;

/// <summary>Whatever we refuse, we refuse in a sentence, in both languages.</summary>
public sealed partial class ProblemSentenceTests
{
    private static readonly string[] Languages = ["", "zh-CN"];

    /// <summary>Second arguments that look like a problem's code and are something else.</summary>
    private static readonly string[] NoCodes = ["bootstrap", "error", "numeric"];

    [Fact]
    public void Problems_HaveASentenceInEveryLanguage()
    {
        var sentences = new ResourceManager("QuantDash.Web.Problems.Problems", typeof(ProblemSentences).Assembly);
        var codes = Codes().Except(NoCodes).Order(StringComparer.Ordinal).ToList();
        codes.Count.ShouldBeGreaterThan(60, "the search finds the codes");
        Ours.MustBeNone(
            from language in Languages
            let texts = sentences.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)
            from code in codes
            where texts?.GetString(code) is null
            select $"{code} ({(language.Length == 0 ? "en" : language)})",
            "Problem codes without a sentence in Problems.resx:");
    }

    private static IEnumerable<string> Codes() =>
        from project in (string[])["QuantDash.Core", "QuantDash.Web"]
        from file in Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, project), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from Match match in Code().Matches(File.ReadAllText(file))
        select match.Groups[1].Value;

    [GeneratedRegex("""\b(?:new(?: Problem)?|Refuse|Failure)\((?:\$?"[^"]*"|[A-Za-z_.]+), "([a-z][a-z_]+)["]""")]
    private static partial Regex Code();
}
