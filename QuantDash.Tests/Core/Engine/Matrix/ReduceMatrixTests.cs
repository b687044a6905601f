using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine.Matrix;

/// <summary>What a venue can hold of one contract, and how it is closed.</summary>
public enum MatrixSides
{
    /// <summary>PTA: long and short; a close is a close.</summary>
    Both,

    /// <summary>Rebar: long and short; lots of today and of earlier days are closed by orders of their own.</summary>
    BothByAge,

    /// <summary>PTA as a stock would be: one side only.</summary>
    One,
}

/// <summary>Action × what the venue can hold, and for <c>reduce</c> direction × full/partial/no fill × restart, against <c>reduce-matrix.md</c>. Locks where both
/// sides can be held are <c>lock-matrix.md</c>; a venue refuses no close of what is there.</summary>
public sealed class ReduceMatrixTests
{
    private static readonly MatrixTable Table = new("reduce-matrix.md", "action | sides | side | venue | restart");

    public static TheoryData<string> Cells => [.. All().Select(cell => cell.Key)];

    [Fact]
    public void Table_HasExactlyOneRowForEveryCell() => Table.HasExactlyOneRowForEach(All().Select(cell => cell.Key));

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cell_BehavesAsItsRowSays(string key) => Table.Says(key, Play(All().Single(candidate => candidate.Key == key)));

    [Fact]
    public void Print_WhatIsSeen_WhenAsked() => Table.PrintWhenAsked(All().Select(cell => (cell.Key, Play(cell))));

    private static IEnumerable<Cell> All() =>
        from action in (LockAction[])[LockAction.Lock, LockAction.Reduce]
        from sides in Enum.GetValues<MatrixSides>()
        where action == LockAction.Reduce || sides == MatrixSides.One
        from venue in Enum.GetValues<MatrixVenue>()
        from restart in Enum.GetValues<MatrixRestart>()
        from side in Enum.GetValues<Side>()
        where action == LockAction.Reduce ? venue != MatrixVenue.Refused : venue == MatrixVenue.Full && restart == MatrixRestart.None
        select new Cell(action, sides, side, venue, restart);

    private static MatrixRow Play(Cell cell)
    {
        var catalog = cell.Sides == MatrixSides.One ? OneSided() : null;
        var like = new MatrixCell(ConditionKind.Price, cell.Side, MatrixMode.Auto, cell.Venue, cell.Restart);
        var variant = new MatrixVariant { Adapt = rule => rule with { Action = cell.Action }, Catalog = catalog };
        return MatrixScene.Play(like, cell.Sides == MatrixSides.BothByAge ? variant with { Symbol = Symbol.Create("SHFE", "rb2701"), Earlier = 6 } : variant);
    }

    /// <summary>PTA at a venue that holds one side of a contract only.</summary>
    private static ContractCatalog OneSided() =>
        new([.. ContractCatalog.FromReferenceData(EngineHarness.Calendar).Products.Select(product => product.Code == "TA" ? product with { HoldsBothSides = false } : product)], EngineHarness.Calendar);

    private readonly record struct Cell(LockAction Action, MatrixSides Sides, Side Side, MatrixVenue Venue, MatrixRestart Restart)
    {
        public string Key => $"{Action} | {Sides} | {Side} | {Venue} | {Restart}";
    }
}
