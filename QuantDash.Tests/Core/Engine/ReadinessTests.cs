using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>"Can it execute now?" before it has to.</summary>
public sealed class ReadinessTests
{
    private PtaDesk _desk = Desk();

    [Fact]
    public void Stop_WithEverythingInPlace_IsReady()
    {
        Stop(5400);
        var rule = Only();
        rule.Worst.ShouldBe(ReadinessState.Ready);
        rule.Can.ShouldBeTrue();
        rule.Wanted.ShouldBe(new Volume(10));
        var terms = Snapshot.Accounts[0].Positions[0].Terms!;
        rule.MarginNeeded.ShouldBe((5400m * 10 * 5 * terms.ShortMargin.Value) + (10 * terms.Fees.Open.Value), "full leg, before any relief, and the fee");
    }

    [Fact]
    public void Stop_WhoseFullLegCannotBePaid_IsBlockedBeforeItIsNeeded()
    {
        var needed = Needed();
        _desk = Desk(balance: 30_000m);
        Stop(5400);
        var short0 = Only();
        short0.Findings.Single(f => f.Check == ReadinessCheck.Margin).ShouldSatisfyAllConditions(
            finding => finding.State.ShouldBe(ReadinessState.Blocked),
            finding => finding.Why.ShouldBe("margin_short"),
            finding => finding.Values[0].ShouldBe(needed),
            finding => finding.Values[1].ShouldBe(Snapshot.Accounts[0].Funds.Available!.Value));
        short0.Can.ShouldBeFalse();
    }

    [Fact]
    public void Stops_EachOfWhichCouldBePaid_AreDoubtfulTogether_UnlessOnlyOneOfThemFires()
    {
        var needed = Needed();
        _desk = Desk(balance: 27_500m + (needed * 1.5m)); // The leg's own margin, and one and a half locks.
        Stop(5400);
        Stop(5390);
        Snapshot.Accounts[0].Funds.Available!.Value.ShouldBeInRange(needed, needed * 1.9m);
        Readiness.Build(Snapshot).ShouldAllBe(rule => Why(rule, ReadinessCheck.Together) == "together_short" && rule.Worst == ReadinessState.Doubtful);

        _desk = Desk(balance: 27_500m + (needed * 1.5m));
        Stop(5400, "one");
        Stop(5390, "one");
        Readiness.Build(Snapshot).ShouldAllBe(rule => rule.Worst == ReadinessState.Ready);
    }

    [Fact]
    public void Stop_WhoseLotsAreClaimed_IsDoubtful_AndBlockedWhenNoneIsLeft()
    {
        Stop(5400);
        Close(4);
        Why(Only(), ReadinessCheck.Volume).ShouldBe("less_left");
        Close(6);
        Why(Only(), ReadinessCheck.Volume).ShouldBe("nothing_left");
        Only().Can.ShouldBeFalse();
    }

    [Fact]
    public void Ratio_ThatGivesNoLot_IsBlocked()
    {
        _desk.Save(_desk.Price(5600) with { ProfitLockRatio = new(0.05m), MinOneLot = false });
        Why(Only(), ReadinessCheck.Volume).ShouldBe("below_one_lot");
    }

    [Fact]
    public void Limits_TellWhatTheyDoToAStop()
    {
        Stop(5400);
        Limits(5500, lower: 5200).ShouldBeNull();
        Limits(5500, lower: 5392).ShouldBe("near_limit");
        Limits(5500, lower: 5402).ShouldBe("beyond_limit");
        Limits(5500, lower: 5500).ShouldBe("at_limit");
    }

    [Fact]
    public void Session_Closed_Waits_AndLinkDown_Blocks()
    {
        Stop(5400);
        var snapshot = Snapshot;
        var closed = snapshot with { Quotes = [snapshot.Quotes[0] with { Phase = QuantDash.Core.Instruments.SessionPhase.Closed }] };
        Readiness.Build(closed).Single().ShouldSatisfyAllConditions(rule => rule.Worst.ShouldBe(ReadinessState.Waits), rule => rule.Can.ShouldBeTrue());
        var down = snapshot with { Accounts = [snapshot.Accounts[0] with { LinkUp = false }] };
        Why(Readiness.Build(down).Single(), ReadinessCheck.Link).ShouldBe("link_down");
        var stale = snapshot with { Quotes = [snapshot.Quotes[0] with { Health = QuoteHealth.Stale }] };
        Why(Readiness.Build(stale).Single(), ReadinessCheck.Feed).ShouldBe("feed_stale");
        Why(Readiness.Build(snapshot with { Quotes = [] }).Single(), ReadinessCheck.Feed).ShouldBe("no_quote");
    }

    [Fact]
    public void LastTradingDay_Near_IsSaid_AndAfterIt_Blocks()
    {
        Stop(5400);
        var snapshot = Snapshot;
        var last = snapshot.Quotes[0].Contract.LastTradingDay!.Value;
        RuleReadiness On(DateOnly day) => Readiness.Build(snapshot with { Quotes = [snapshot.Quotes[0] with { TradingDay = day }] }).Single();
        Why(On(last.AddDays(-4)), ReadinessCheck.Expiry).ShouldBeNull();
        Why(On(last), ReadinessCheck.Expiry).ShouldBe("last_days");
        Why(On(last.AddDays(1)), ReadinessCheck.Expiry).ShouldBe("expired");

        var endless = snapshot with { Sources = [.. snapshot.Sources.Select(source => source with { Source = source.Source with { ExpiryNone = true } })], Quotes = [snapshot.Quotes[0] with { TradingDay = last.AddDays(1) }] };
        Why(Readiness.Build(endless).Single(), ReadinessCheck.Expiry).ShouldBeNull("its source overrides expiry, as the demo's does");
    }

    [Fact]
    public void Lock_LargerThanTheExchangeTakesInOneOrder_SaysInHowMany()
    {
        _desk = new PtaDesk(longVolume: 1500, price: 5500m, balance: 100_000_000m);
        _desk.Tick(5500);
        Stop(5400);
        var finding = Only().Findings.Single(found => found.Check == ReadinessCheck.OrderSize);
        (finding.State, finding.Why).ShouldBe((ReadinessState.Ready, "in_orders"));
        finding.Values.ShouldBe([1500m, 2m, 1000m]);
        Only().Worst.ShouldBe(ReadinessState.Ready);
    }

    [Fact]
    public void ClosingRule_NeedsNoMargin()
    {
        _desk = Desk(balance: 28_000m);
        _desk.Save(EngineHarness.NewRule(_desk.Account, PtaDesk.Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new Price(5400), Action = LockAction.Reduce });
        (Only().MarginNeeded, Only().Worst).ShouldBe((0m, ReadinessState.Ready));
    }

    [Fact]
    public void Rules_WithoutALeg_OrOnlyShadows_AreNotLookedAt()
    {
        _desk.Save(EngineHarness.NewRule(_desk.Account, PtaDesk.Pta, Side.Short, TriggerType.Price) with { StopLossPrice = new Price(5600) });
        _desk.Save(_desk.Price(5600) with { Shadow = true });
        Readiness.Build(Snapshot).ShouldBeEmpty();
    }

    private static PtaDesk Desk(decimal balance = 10_000_000m)
    {
        var desk = new PtaDesk(longVolume: 10, price: 5500m, balance);
        desk.Tick(5500);
        return desk;
    }

    private EngineSnapshot Snapshot => _desk.Harness.Snapshot;

    private void Stop(decimal price, string? group = null) =>
        _desk.Save(EngineHarness.NewRule(_desk.Account, PtaDesk.Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new Price(price), OcoGroup = group });

    private decimal Needed()
    {
        Stop(5400);
        return Only().MarginNeeded!.Value;
    }

    private RuleReadiness Only() => Readiness.Build(Snapshot).ShouldHaveSingleItem();

    private static string? Why(RuleReadiness rule, ReadinessCheck check) => rule.Findings.Single(finding => finding.Check == check).Why;

    private void Close(decimal volume)
    {
        _desk.Harness.Engine.PlaceOrder(new(_desk.Account, PtaDesk.Pta, OrderPurpose.Close, Side.Long, new(volume), OrderType.Limit, new(5700)), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
    }

    private string? Limits(decimal last, decimal lower)
    {
        var snapshot = Snapshot;
        var quote = snapshot.Quotes[0];
        var tick = quote.Tick with { LastTicks = (long)(last / 2), LowerLimitTicks = (long)(lower / 2) };
        return Why(Readiness.Build(snapshot with { Quotes = [quote with { Tick = tick }] }).Single(), ReadinessCheck.PriceLimit);
    }
}
