using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>预演: 10 lots of PTA long at 5500, of which 4 are locked; a stop that locks the rest, a gain that asks, and a day whose limits are 5226 and 5774.</summary>
public sealed class RehearsalTests
{
    private static readonly DateTimeOffset Open = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);
    private static readonly double[] Seconds = [1, 1.5, 3, 5];
    private readonly EngineHarness _harness = new();
    private readonly AccountId _account;
    private readonly Guid _stop;
    private readonly Guid _gain;

    public RehearsalTests()
    {
        _account = _harness.Account();
        Tick(0, 5500, 5498, 5502);
        _harness.Hold(_account, PtaDesk.Pta, longVolume: 10, longPrice: 5500);
        _harness.Engine.PlaceOrder(new(_account, PtaDesk.Pta, OrderPurpose.Lock, Side.Long, new(4), OrderType.Limit, new Price(5490)), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _harness.Commit();
        _stop = _harness.Rule(EngineHarness.NewRule(_account, PtaDesk.Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new Price(5400) }).Rule.Id;
        _gain = _harness.Rule(EngineHarness.NewRule(_account, PtaDesk.Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new Price(5600), AutoExecute = false }).Rule.Id;
        Tick(0.5, 5500, 5498, 5502);
    }

    [Fact]
    public void GapDown_FiresTheStop_AtThePriceItOpensAt()
    {
        var outcome = Run(RehearsalScenario.GapDown);
        outcome.Prices.ShouldHaveSingleItem().After.Value.ShouldBe(5336m);
        Rule(outcome, _stop).ShouldBe(new RehearsedRule(_stop, PtaDesk.Pta, Side.Long, RehearsedDeed.Done, ConditionKind.Stop, new(6), new(6), null));
        Rule(outcome, _gain).Deed.ShouldBe(RehearsedDeed.Nothing);
        outcome.Locks.Select(one => (one.Covered.Value, one.Frozen, one.IsNew)).ShouldBe([(4m, -40m, false), (6m, -4920m, true)]);
    }

    [Fact]
    public void GapUp_Asks_AndLocksNothing()
    {
        var outcome = Run(RehearsalScenario.GapUp);
        (Rule(outcome, _gain).Deed, Rule(outcome, _stop).Deed).ShouldBe((RehearsedDeed.Asks, RehearsedDeed.Nothing));
        outcome.Locks.ShouldHaveSingleItem().IsNew.ShouldBeFalse();
    }

    /// <summary>Nobody buys at the lower limit: the stop's order is sent and waits.</summary>
    [Fact]
    public void LimitDown_WithNoFill_LeavesTheOrderWaitingAndTheLegOpen()
    {
        var outcome = Run(RehearsalScenario.LimitDown);
        (Rule(outcome, _stop).Deed, Rule(outcome, _stop).Filled.Value).ShouldBe((RehearsedDeed.Works, 0m));
        outcome.After.FrozenMargin.ShouldBeGreaterThan(0m);
        outcome.Legs.Select(leg => (leg.Side, leg.After.Value)).ShouldBe([(Side.Long, 10m), (Side.Short, 4m)]);
        outcome.Legs[0].PnlAfter.ShouldBe((5226m - 5500m) * 10 * 5);
    }

    [Fact]
    public void MarginStep_MovesNoPrice_AndChargesTheHigherRate()
    {
        var outcome = Run(RehearsalScenario.MarginStep);
        var terms = _harness.Snapshot.Accounts[0].Positions[0].Terms!;
        outcome.After.Equity.ShouldBe(outcome.Before.Equity);
        outcome.Before.ShouldBe(_harness.Snapshot.Accounts[0].Funds);
        _harness.Snapshot.Accounts[0].Funds.Margin.ShouldBe(outcome.After.Margin * terms.LongMargin.Value / (terms.LongMargin.Value + 0.05m), 0.01m);
        outcome.Rules.ShouldAllBe(rule => rule.Deed == RehearsedDeed.Nothing);
    }

    /// <summary>The table is what the simulated venue does when it happens: the same ticks to the real engine.</summary>
    [Theory]
    [InlineData(RehearsalScenario.GapDown, 5336, 5336, 5336)]
    [InlineData(RehearsalScenario.GapUp, 5664, 5664, 5664)]
    [InlineData(RehearsalScenario.LimitDown, 5226, null, 5226)]
    [InlineData(RehearsalScenario.LimitUp, 5774, 5774, null)]
    public void Outcome_IsWhatHappensWhenItHappens(RehearsalScenario scenario, int last, int? bid, int? ask)
    {
        var told = Run(scenario);
        foreach (var second in Seconds) Tick(0.5 + second, last, bid, ask);
        var account = _harness.Snapshot.Accounts[0];
        told.After.ShouldBe(account.Funds);
        told.Legs.Select(leg => (leg.Side, leg.After, leg.PnlAfter)).ShouldBe([(Side.Long, account.Positions[0].Long.Volume, account.Positions[0].Long.FloatingPnl), (Side.Short, account.Positions[0].Short.Volume, account.Positions[0].Short.FloatingPnl)]);
        foreach (var trigger in _harness.Snapshot.Triggers)
            Rule(told, trigger.ConfigId).ShouldSatisfyAllConditions(rule => rule.Filled.ShouldBe(trigger.FilledVolume), rule => rule.Wanted.ShouldBe(trigger.LockVolume), rule => rule.Condition.ShouldBe(trigger.Condition));
        told.Rules.Count(rule => rule.Deed != RehearsedDeed.Nothing).ShouldBe(_harness.Snapshot.Triggers.Count);
        told.Locks.Select(one => (one.Covered, one.Frozen, one.Status)).ShouldBe(_harness.Snapshot.Locks.Select(one => (one.Covered, one.FrozenProfit, one.Status)));
    }

    [Fact]
    public void Rehearsing_ChangesNothing()
    {
        var (written, before) = (_harness.Journal.Batches.Count, _harness.Snapshot.Accounts[0].Funds);
        Run(RehearsalScenario.GapDown);
        _harness.Journal.Batches.Count.ShouldBe(written);
        _harness.Snapshot.Accounts[0].Funds.ShouldBe(before);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 0.05, "gap_percent")]
    [InlineData(0.31, 0.05, "gap_percent")]
    [InlineData(0.03, 0.6, "margin_step_percent")]
    [InlineData(0.03, 0.05, null)]
    public void Request_OutsideItsRange_IsNamed(double gap, double step, string? field) =>
        Rehearsal.Check(new(_account, new((decimal)gap), new((decimal)step))).Select(problem => problem.Field).SingleOrDefault().ShouldBe(field);

    private static RehearsedRule Rule(RehearsalOutcome outcome, Guid id) => outcome.Rules.Single(rule => rule.RuleId == id);

    private RehearsalOutcome Run(RehearsalScenario scenario) =>
        new Rehearsal(ContractCatalog.FromReferenceData(EngineHarness.Calendar), EngineHarness.Calendar, new())
            .Run(_harness.Engine.Capture(_account, EngineHarness.Wall).Value, new(_account, new(0.03m), new(0.05m))).Single(outcome => outcome.Scenario == scenario);

    private void Tick(double second, double last, double? bid, double? ask) => _harness.Tick(PtaDesk.Pta, new RawTick
    {
        Timestamp = Open.AddSeconds(second), LastPrice = last, BidPrice = bid, BidVolume = bid is null ? null : 1_000_000_000, AskPrice = ask, AskVolume = ask is null ? null : 1_000_000_000, LowerLimit = 5226, UpperLimit = 5774,
    });
}
