using System.Text;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine.Matrix;

/// <summary>A table of what people have read and agreed to, one row a cell: a cell without a row fails, and so does a row without a cell.</summary>
/// <param name="name">File beside this one.</param>
/// <param name="key">Names of the columns that make up a cell.</param>
internal sealed class MatrixTable(string name, string key)
{
    private const string Seen = "says | asks | orders | legs | trigger | rule | message | next day";
    private readonly IReadOnlyList<(string Key, string Row)> _rows = Read(Path.Combine(TestData.RepositoryRoot, "QuantDash.Tests", "Core", "Engine", "Matrix", name), key);

    public IEnumerable<string> Rows => _rows.Select(row => row.Row);

    public void HasExactlyOneRowForEach(IEnumerable<string> cells)
    {
        var (wanted, rows) = (cells.ToList(), _rows.Select(row => row.Key).ToList());
        wanted.Except(rows).ShouldBeEmpty("cells without a row");
        rows.Except(wanted).ShouldBeEmpty("rows without a cell");
        rows.GroupBy(row => row).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty("rows that stand twice");
        Rows.Where(row => row.Split(" | ").Any(cell => string.IsNullOrWhiteSpace(cell) || cell.Contains('*') || cell == "?")).ShouldBeEmpty("rows that expect nothing");
    }

    public void Says(string cell, MatrixRow seen) =>
        _rows.Where(row => row.Key == cell).Select(row => row.Row).ShouldHaveSingleItem($"no row for {cell}; seen: {seen}").ShouldBe(seen.ToString(), cell);

    /// <summary>QUANTDASH_MATRIX=directory writes what is seen into it, to be read before it is taken over.</summary>
    public void PrintWhenAsked(IEnumerable<(string Cell, MatrixRow Row)> seen)
    {
        if (Requirements.Variable("QUANTDASH_MATRIX") is not { } directory) return;
        var heading = $"| {key} | {Seen} |";
        var text = new StringBuilder().AppendLine(heading).Append('|');
        for (var i = heading.Count(letter => letter == '|') - 1; i > 0; i--) text.Append("---|");
        text.AppendLine();
        foreach (var (cell, row) in seen) text.Append("| ").Append(cell).Append(" | ").Append(row).AppendLine(" |");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, name), text.ToString());
    }

    private static List<(string Key, string Row)> Read(string path, string key) => !File.Exists(path) ? [] :
    [
        .. File.ReadAllLines(path)
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| " + key, StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Trim().Split(" | "))
            .Select(cells => (string.Join(" | ", cells.Take(key.Split(" | ").Length)), string.Join(" | ", cells.Skip(key.Split(" | ").Length)))),
    ];
}
