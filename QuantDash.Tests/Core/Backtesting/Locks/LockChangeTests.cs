using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Tests.Core.Engine;

namespace QuantDash.Tests.Core.Backtesting.Locks;

/// <summary>A changed rule against the one that stands; lock against close against hold; and sweeps.</summary>
public sealed class LockChangeTests
{
    private static readonly LockTicks Ticks = LockDay.Ticks(5500, 5560, 5600, 5540, 5500, 5480);

    [Fact]
    public void Unchanged_DiffersByExactlyNothing()
    {
        var rule = LockDay.Trailing(40);
        var change = LockDay.Backtest.Change(LockDay.Scene(), Ticks, LockConfirmation.Never, [rule], [rule with { TrailingDistance = 40.0m }]).Value;
        (change.Difference, change.FeesDifference).ShouldBe((0m, 0m));
        change.OnlyBefore.ShouldBeEmpty();
        change.OnlyAfter.ShouldBeEmpty();
    }

    [Fact]
    public void Changed_NamesTheFiringsOfOneOnly_AndWhatItWouldHaveBrought()
    {
        var change = LockDay.Backtest.Change(LockDay.Scene(), Ticks, LockConfirmation.Never, [LockDay.Trailing(40)], [LockDay.Trailing(90)]).Value;
        change.OnlyBefore.Select(LockDay.Of).ShouldBe([(ConditionKind.Trailing, 3, 5540m)]);
        change.OnlyAfter.Select(LockDay.Of).ShouldBe([(ConditionKind.Trailing, 4, 5500m)]);
        change.Difference.ShouldBe(((5498m - 5538m) * 5 * 10) - change.FeesDifference);
    }

    [Fact]
    public void Changed_SoThatItNeverFires_EndsAsHolding()
    {
        var rule = LockDay.Rule() with { TriggerPrice = new(5560) };
        var change = LockDay.Backtest.Change(LockDay.Scene(), Ticks, LockConfirmation.Never, [rule], [rule with { TriggerPrice = new(5700) }]).Value;
        change.OnlyAfter.ShouldBeEmpty();
        change.After.FinalEquity.ShouldBe(10_000_000m - (20m * 5 * 10));
    }

    [Fact]
    public void Compare_LockCloseAndHold_EndWhereTheirArithmeticSays()
    {
        var compared = LockDay.Backtest.Compare(LockDay.Scene(), Ticks, LockConfirmation.Never, [LockDay.Rule() with { TriggerPrice = new(5560) }]).Value;
        var (locked, closed, held) = (compared.Locked!, compared.Closed, compared.Held);
        locked.FinalEquity.ShouldBe(10_000_000m + (58m * 5 * 10) - locked.Fees, "both legs stand, 5558 - 5500 apart");
        closed.FinalEquity.ShouldBe(10_000_000m + (58m * 5 * 10) - closed.Fees);
        held.FinalEquity.ShouldBe(10_000_000m - (20m * 5 * 10));
        (locked.Fees > 0, closed.Fees >= 0, held.Fees).ShouldBe((true, true, 0m));
        locked.Locks.ShouldHaveSingleItem();
        closed.Locks.ShouldBeEmpty();
        held.MaxDrawdown.ShouldBe(-120m * 5 * 10);
        closed.MaxDrawdown.ShouldBeGreaterThan(held.MaxDrawdown);
    }

    /// <summary>A stock: the leg can be closed and held, not locked.</summary>
    [Fact]
    public void Compare_WhereBothSidesCannotBeHeld_LeavesLockOut_AndSaysWhy()
    {
        var catalog = new ContractCatalog([.. LockDay.Catalog.Products.Select(product => product with { HoldsBothSides = false })], EngineHarness.Calendar);
        var scene = LockDay.Scene() with { Contract = catalog.Find(PtaDesk.Pta, new DateOnly(2026, 11, 20))! };
        var compared = new LockBacktest(catalog, EngineHarness.Calendar, new()).Compare(scene, Ticks, LockConfirmation.Never, [LockDay.Rule() with { TriggerPrice = new(5560), Action = LockAction.Reduce }]).Value;
        compared.Locked.ShouldBeNull();
        compared.WhyNotLocked.ShouldHaveSingleItem().Code.ShouldBe("cannot_hold_both_sides");
        (compared.Closed.Firings.Count, compared.Held.Firings.Count).ShouldBe((1, 0));
    }

    [Fact]
    public void Sweep_EveryPoint_IsTheRunWithThoseValues()
    {
        var grid = LockSweepPoint.Grid(LockAxis.Even(LockParameter.TriggerPrice, 5520, 5600, 3, 2), LockAxis.Even(LockParameter.StopLossPrice, 5450, 5490, 2, 2));
        grid.Select(point => (point.X, point.Y)).ShouldBe([(5520m, 5450m), (5560m, 5450m), (5600m, 5450m), (5520m, 5490m), (5560m, 5490m), (5600m, 5490m)]);
        foreach (var point in grid)
        {
            var cell = LockDay.Backtest.Sweep(LockDay.Scene(), Ticks, LockConfirmation.Never, [LockDay.Rule()], point);
            var whole = LockDay.Run(Ticks, point.On(LockDay.Rule()));
            (cell.Firings, cell.FinalEquity, cell.Profit, cell.Fees, cell.MaxDrawdown, cell.Refused)
                .ShouldBe((whole.Firings.Count, whole.FinalEquity, whole.Profit, whole.Fees, whole.MaxDrawdown, null));
        }
    }

    [Fact]
    public void Sweep_OfAConditionThatIsOff_SwitchesItOn()
    {
        var point = new LockSweepPoint(LockParameter.ProfitThreshold, 2_900, LockParameter.TrailingDistance, 40);
        var rule = point.On(LockDay.Rule());
        (rule.ProfitLockEnabled, rule.ProfitLockThreshold, rule.TrailingStop, rule.TrailingDistance).ShouldBe((true, 2_900m, true, 40m));
        RuleConditions.HasProfit(rule).ShouldBeTrue();
        RuleConditions.HasTrailing(rule).ShouldBeTrue();
    }

    [Fact]
    public void EvenAxis_HoldsBothEnds_OnWholeSteps() => LockAxis.Even(LockParameter.TriggerPrice, 5500, 5510, 4, 2).Values.ShouldBe([5500m, 5504m, 5506m, 5510m]);
}
