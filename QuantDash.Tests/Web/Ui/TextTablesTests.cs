using System.Text.RegularExpressions;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Ui;

/// <summary>A text that is missing in one language shows its key to somebody.</summary>
public sealed partial class TextTablesTests
{
    private static readonly IReadOnlyList<TextTable> Tables = [.. TextTables.All()];

    [Fact]
    public void Tables_AreFound() => Tables.Count.ShouldBeGreaterThanOrEqualTo(8);

    [Fact]
    public void Keys_ExistInBothLanguages() =>
        Tables.SelectMany(t => t.English.Keys.Except(t.Chinese.Keys).Concat(t.Chinese.Keys.Except(t.English.Keys)).Select(k => $"{t.Type.Name}: {k}")).ShouldBeEmpty();

    [Fact]
    public void Texts_AreNotEmpty() =>
        Tables.SelectMany(t => t.English.Concat(t.Chinese).Where(e => string.IsNullOrWhiteSpace(e.Value)).Select(e => $"{t.Type.Name}: {e.Key}")).ShouldBeEmpty();

    [Fact]
    public void Placeholders_AreTheSameInBothLanguages() =>
        (from table in Tables
         from entry in table.English
         where table.Chinese.ContainsKey(entry.Key)
         where !Holes(entry.Value).SetEquals(Holes(table.Chinese[entry.Key]))
         select $"{table.Type.Name}: {entry.Key}").ShouldBeEmpty();

    /// <summary>Every <c>Text["Key"]</c> and <c>Text.Count("Key", …)</c> of a component is in the table its localizer names.</summary>
    [Fact]
    public void Keys_ThatMarkupAndCodeName_Exist() => Uses().Where(u => !u.Table.English.ContainsKey(u.Key)).Select(u => $"{u.File}: {u.Table.Type.Name} has no {u.Key}").ShouldBeEmpty();

    [Fact]
    public void ChineseTexts_AreNotTheEnglishOnes() =>
        Tables.SelectMany(t => t.English.Where(e => e.Value.Contains(' ', StringComparison.Ordinal) && t.Chinese.GetValueOrDefault(e.Key) == e.Value).Select(e => $"{t.Type.Name}: {e.Key}")).ShouldBeEmpty();

    private static IEnumerable<(string File, TextTable Table, string Key)> Uses()
    {
        foreach (var markup in Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "QuantDash.Web"), "*.razor", SearchOption.AllDirectories).Where(IsSource))
        {
            var text = File.ReadAllText(markup) + (File.Exists(markup + ".cs") ? File.ReadAllText(markup + ".cs") : "");
            foreach (Match localizer in Localizer().Matches(text))
            {
                if (Tables.FirstOrDefault(t => t.Type.Name == localizer.Groups["table"].Value) is not { } table) continue;
                var uses = Regex.Matches(text, @"\b" + localizer.Groups["name"].Value + @"(?:\[|\.Count\()\s*""(?<key>[^""]+)""(?:\]|,)");
                foreach (var key in uses.Select(u => u.Groups["key"].Value)) yield return (Path.GetFileName(markup), table, key);
            }
        }
    }

    private static bool IsSource(string file) => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal);

    private static HashSet<string> Holes(string text) => [.. Hole().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"IStringLocalizer<(?<table>\w+)>\s+(?<name>\w+)")]
    private static partial Regex Localizer();
}
