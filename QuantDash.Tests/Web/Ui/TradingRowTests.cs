using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Ui;

public sealed class TradingRowTests
{
    private static readonly EngineSnapshot Sample = SampleSnapshot.At(SampleSnapshot.Now);

    [Fact]
    public void Rules_AreSortedByDistance_WatchedOnesFirst()
    {
        var rows = RuleRow.List(Sample, SampleSnapshot.Demo, []);

        rows.TakeWhile(r => r.IsWatched).Count().ShouldBe(3);
        rows.Take(3).Select(r => r.Nearest!.DistanceRatio).ShouldBeInOrder();
        rows.Skip(3).ShouldAllBe(r => !r.IsWatched);
    }

    [Fact]
    public void Rule_WithTwoConditions_ShowsTheNearer() =>
        RuleRow.List(Sample, SampleSnapshot.Demo, []).Single(r => r.Conditions.Count == 2).Nearest!.Kind.ShouldBe(ConditionKind.Trailing);

    [Theory]
    [InlineData(Side.Long, ConditionKind.Price, true)]
    [InlineData(Side.Short, ConditionKind.Price, false)]
    [InlineData(Side.Long, ConditionKind.Stop, false)]
    [InlineData(Side.Short, ConditionKind.Stop, true)]
    [InlineData(Side.Short, ConditionKind.Profit, true)]
    [InlineData(Side.Long, ConditionKind.Trailing, false)]
    public void Condition_SaysAtLeastOrAtMost_AsTheSeedsDo(Side side, ConditionKind kind, bool atLeast)
    {
        var rule = Sample.Rules[0].Rule with { Direction = side };

        ConditionRow.From(SampleSnapshot.Condition(kind, 1, 2, new(2), 1), rule, SampleSnapshot.Pta).AtLeast.ShouldBe(atLeast);
    }

    [Fact]
    public void Rows_NothingChanged_AreTheSameObjects()
    {
        var rules = RuleRow.List(Sample, SampleSnapshot.Demo, []);
        var positions = PositionRow.List(Sample, Sample.Accounts[0], []);
        var again = SampleSnapshot.At(SampleSnapshot.Now);

        RuleRow.List(again, SampleSnapshot.Demo, rules).Zip(rules).ShouldAllBe(pair => ReferenceEquals(pair.First, pair.Second));
        PositionRow.List(again, again.Accounts[0], positions).Zip(positions).ShouldAllBe(pair => ReferenceEquals(pair.First, pair.Second));
    }

    [Fact]
    public void Rows_PriceMoved_OnlyThatRowIsAnother()
    {
        var before = PositionRow.List(Sample, Sample.Accounts[0], []);
        var account = Sample.Accounts[0];
        var moved = account with { Positions = [account.Positions[0] with { Mark = new(5692) }, .. account.Positions.Skip(1)] };

        var after = PositionRow.List(Sample, moved, before);

        after.Zip(before).Count(pair => !ReferenceEquals(pair.First, pair.Second)).ShouldBe(1);
    }

    [Fact]
    public void Position_PartlyLocked_TellsNetPerTickAndWhatTheStopLeaves()
    {
        var row = PositionRow.List(Sample, Sample.Accounts[0], []).Single(r => r.Symbol == "CZCE.TA2505");

        row.Net.ShouldBe(2);
        row.MoneyPerTick.ShouldBe(2 * 2 * 5);
        row.AtStop.ShouldBe(((5400 - 5500) * 2 * 5) - (2 * 3), "after the fee of closing");
        row.Long.Ticks.ShouldBe(95);
    }

    [Fact]
    public void Position_OpenPriceUnknown_HasNoResult()
    {
        var view = Sample.Accounts[0].Positions[0];
        var row = PositionRow.From(view with { Long = view.Long with { AverageOpenPrice = null, FloatingPnl = null } }, []);

        row.Pnl.ShouldBeNull();
        row.Long.Ticks.ShouldBeNull();
    }

    [Fact]
    public void Trigger_Waiting_KnowsThePriceNow() =>
        TriggerRow.List(Sample, SampleSnapshot.Demo, [])[0].ShouldSatisfyAllConditions(t => t.PriceNow.ShouldBe(2806), t => t.CanExecute.ShouldBeTrue(), t => t.CanCancel.ShouldBeTrue());
}
