using System.Text;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine.Matrix;

/// <summary>Every cell of condition × direction × auto/confirm × full/partial/no fill/refused × restart against <c>lock-matrix.md</c>, which people have read and
/// agreed to. QUANTDASH_MATRIX=file writes what was seen, for review after a condition is added.</summary>
public sealed class LockMatrixTests
{
    private static readonly string TablePath = Path.Combine(TestData.RepositoryRoot, "QuantDash.Tests", "Core", "Engine", "Matrix", "lock-matrix.md");
    private static readonly IReadOnlyList<(string Key, string Row)> Table = ReadTable();

    public static TheoryData<string> Cells => [.. MatrixCell.All().Select(cell => cell.Key)];

    [Fact]
    public void Table_HasExactlyOneRowForEveryCell()
    {
        var rows = Table.Select(row => row.Key).ToList();
        MatrixCell.All().Select(cell => cell.Key).Except(rows).ShouldBeEmpty("cells without a row");
        rows.Except(MatrixCell.All().Select(cell => cell.Key)).ShouldBeEmpty("rows without a cell");
        rows.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty("rows that stand twice");
    }

    [Fact]
    public void Table_HasNoEmptyExpectation() =>
        Table.Where(row => row.Row.Split(" | ").Any(cell => string.IsNullOrWhiteSpace(cell) || cell.Contains('*') || cell == "?")).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cell_BehavesAsItsRowSays(string key)
    {
        var cell = MatrixCell.All().Single(candidate => candidate.Key == key);
        var seen = MatrixScene.Play(cell).ToString();
        Table.Where(row => row.Key == key).Select(row => row.Row).ShouldHaveSingleItem($"no row for {key}; seen: {seen}").ShouldBe(seen, key);
    }

    [Fact]
    public void Print_WhatIsSeen_WhenAsked()
    {
        if (Requirements.Variable("QUANTDASH_MATRIX") is not { } file) return;
        var text = new StringBuilder().Append("| ").Append(MatrixRow.Heading).AppendLine(" |").AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var cell in MatrixCell.All()) text.Append("| ").Append(cell.Key).Append(" | ").Append(MatrixScene.Play(cell)).AppendLine(" |");
        File.WriteAllText(file, text.ToString());
    }

    private static List<(string Key, string Row)> ReadTable() => !File.Exists(TablePath) ? [] :
    [
        .. File.ReadAllLines(TablePath)
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| " + MatrixRow.Heading, StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Trim().Split(" | "))
            .Select(cells => (string.Join(" | ", cells.Take(5)), string.Join(" | ", cells.Skip(5)))),
    ];
}
