namespace QuantDash.Tests.Core.Engine.Matrix;

/// <summary>Every cell of condition × direction × auto/confirm × full/partial/no fill/refused × restart against <c>lock-matrix.md</c>, which people have read and
/// agreed to. QUANTDASH_MATRIX=directory writes what was seen, for review after a condition is added.</summary>
public sealed class LockMatrixTests
{
    private static readonly MatrixTable Table = new("lock-matrix.md", "condition | side | mode | venue | restart");

    public static TheoryData<string> Cells => [.. MatrixCell.All().Select(cell => cell.Key)];

    [Fact]
    public void Table_HasExactlyOneRowForEveryCell() => Table.HasExactlyOneRowForEach(MatrixCell.All().Select(cell => cell.Key));

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cell_BehavesAsItsRowSays(string key) => Table.Says(key, MatrixScene.Play(MatrixCell.All().Single(candidate => candidate.Key == key)));

    [Fact]
    public void Print_WhatIsSeen_WhenAsked() => Table.PrintWhenAsked(MatrixCell.All().Select(cell => (cell.Key, MatrixScene.Play(cell))));
}
