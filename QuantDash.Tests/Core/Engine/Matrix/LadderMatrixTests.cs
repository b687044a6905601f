using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine.Matrix;

/// <summary>How many stages of a ladder the deciding tick passes.</summary>
public enum MatrixStages { One, TwoAtOnce }

/// <summary>How its first firing is answered.</summary>
public enum MatrixAnswer { Auto, Click, Decline }

/// <summary>Stages passed × direction × auto/click/decline × full/partial/no fill/refused × restart of a ladder of 0.3, 0.3, 0.4, against <c>ladder-matrix.md</c>; the next
/// day opens beyond the last stage.</summary>
public sealed class LadderMatrixTests
{
    private static readonly MatrixTable Table = new("ladder-matrix.md", "stages | side | answer | venue | restart");

    public static TheoryData<string> Cells => [.. All().Select(cell => cell.Key)];

    [Fact]
    public void Table_HasExactlyOneRowForEveryCell() => Table.HasExactlyOneRowForEach(All().Select(cell => cell.Key));

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cell_BehavesAsItsRowSays(string key) => Table.Says(key, Play(All().Single(candidate => candidate.Key == key)));

    [Fact]
    public void Print_WhatIsSeen_WhenAsked() => Table.PrintWhenAsked(All().Select(cell => (cell.Key, Play(cell))));

    private static IEnumerable<Cell> All() =>
        from stages in Enum.GetValues<MatrixStages>()
        from answer in Enum.GetValues<MatrixAnswer>()
        from venue in Enum.GetValues<MatrixVenue>()
        where answer != MatrixAnswer.Decline || venue is MatrixVenue.Full or MatrixVenue.NoFill
        from restart in Enum.GetValues<MatrixRestart>()
        from side in Enum.GetValues<Side>()
        select new Cell(stages, side, answer, venue, restart);

    /// <summary>The deciding tick is 20 away; the last stage is 60 away.</summary>
    private static MatrixRow Play(Cell cell)
    {
        var sign = cell.Side.Sign();
        decimal[] levels = cell.Stages == MatrixStages.One ? [20, 40, 60] : [10, 20, 60];
        decimal[] ratios = [0.3m, 0.3m, 0.4m];
        LockRule Adapt(LockRule rule) => rule with
        {
            TriggerPrice = null, ProfitLockRatio = Ratio.One, Stages = [.. levels.Zip(ratios, (level, ratio) => new LadderStage(5500 + (level * sign), new(ratio)))],
        };
        var mode = cell.Answer == MatrixAnswer.Auto ? MatrixMode.Auto : MatrixMode.Confirm;
        return MatrixScene.Play(
            new(ConditionKind.Price, cell.Side, mode, cell.Venue, cell.Restart),
            new() { Adapt = Adapt, NextDayPrice = 5500 + (60 * sign), Declines = cell.Answer == MatrixAnswer.Decline, PoorBalance = 28_000m });
    }

    private readonly record struct Cell(MatrixStages Stages, Side Side, MatrixAnswer Answer, MatrixVenue Venue, MatrixRestart Restart)
    {
        public string Key => $"{Stages} | {Side} | {Answer} | {Venue} | {Restart}";
    }
}
