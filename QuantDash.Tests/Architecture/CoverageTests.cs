using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Architecture;

/// <summary>docs/coverage.md says of every line of the source documents where it is in QuantDash and which test shows it. That the named tests ran and passed is looked at by test.sh.</summary>
public sealed partial class CoverageTests
{
    private static readonly string[] Seeds = ["000", "001", "002", "004"];

    private static readonly Lazy<HashSet<string>> Tests = new(() =>
    [
        .. from type in typeof(CoverageTests).Assembly.GetTypes()
           from method in type.GetMethods()
           where !type.IsAbstract && method.GetCustomAttributes<FactAttribute>(inherit: true).Any()
           select $"{type.Name}.{method.Name}",
    ]);

    public static TheoryData<string> EverySeed => [.. Seeds];

    [SeedTheory]
    [MemberData(nameof(EverySeed))]
    public void EveryLine_OfASourceDocument_StandsInOneRow(string seed)
    {
        var lines = File.ReadAllLines(SeedFile(seed)!);
        var rows = RowsOf(seed);
        var covered = new int[lines.Length + 1];
        foreach (var row in rows)
        {
            row.Last.ShouldBeInRange(row.First, lines.Length, $"seed {seed}: {row.Lines}");
            for (var line = row.First; line <= row.Last; line++) covered[line]++;
        }

        Enumerable.Range(1, lines.Length).Where(line => covered[line] > 1 || (covered[line] == 0 && lines[line - 1].Trim().Length > 0)).ShouldBeEmpty($"seed {seed}: lines in no row, or in two");
    }

    /// <summary>A feature is shown by a test, or comes later for a reason, or is none for a reason.</summary>
    [Theory]
    [MemberData(nameof(EverySeed))]
    public void EveryRow_NamesTestsThatExist_OrSaysWhyNot(string seed)
    {
        var rows = RowsOf(seed);
        rows.Count.ShouldBeGreaterThan(20);
        foreach (var row in rows)
        {
            row.What.Length.ShouldBeGreaterThan(2, $"seed {seed}: {row.Lines}");
            var named = Name().Matches(row.Test).Select(match => match.Groups["name"].Value).ToList();
            if (named.Count == 0) Reason().IsMatch(row.Test).ShouldBeTrue($"seed {seed}, {row.Lines}: \"{row.Test}\" is neither a test nor \"later: …\" nor \"none: …\"");
            named.Where(name => !Tests.Value.Contains(name)).ShouldBeEmpty($"seed {seed}, {row.Lines}");
        }
    }

    private static List<CoverageRow> RowsOf(string seed)
    {
        var document = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "coverage.md"));
        var part = document.Split($"\n## Seed {seed}\n")[1].Split("\n## ")[0];
        return [.. Line().Matches(part).Select(match => CoverageRow.Of(match.Value))];
    }

    internal static string? SeedFile(string seed) => TestData.Folder is { } data && Directory.Exists(Path.Combine(data, "..", "seeds"))
        ? Directory.GetFiles(Path.Combine(data, "..", "seeds"), $"{seed}_*.txt").SingleOrDefault()
        : null;

    [GeneratedRegex(@"^\| \d.*$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"`(?<name>\w+\.\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex("^(later|none): .{3,}")]
    private static partial Regex Reason();

    private sealed record CoverageRow(string Lines, int First, int Last, string What, string Test)
    {
        public static CoverageRow Of(string line)
        {
            var cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
            cells.Length.ShouldBe(5, line);
            var ends = cells[0].Split('-');
            return new(cells[0], Number(ends[0]), Number(ends[^1]), cells[1], cells[4]);
        }

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}

/// <summary>A theory over the source documents; skipped where they are not.</summary>
internal sealed class SeedTheoryAttribute : TheoryAttribute
{
    public SeedTheoryAttribute() => Skip = CoverageTests.SeedFile("000") is null ? "needs the source documents in ../shared/seeds" : null;
}
