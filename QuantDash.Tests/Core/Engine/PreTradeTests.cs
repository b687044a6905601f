using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Limits of an account: what adds exposure is held to them, to the unit.</summary>
public sealed class PreTradeTests
{
    /// <summary>Each limit with an order that keeps it and one that is a unit beyond: 10 lots at 5400 are 270,000, at the last price 275,000.</summary>
    public static TheoryData<string, RiskLimits, decimal, decimal, decimal, decimal> Units => new()
    {
        { "exceeds_order_volume", new() { MaxOrderVolume = new(10) }, 10, 5400, 11, 5400 },
        { "exceeds_order_value", new() { MaxOrderSize = 270_000 }, 10, 5400, 10, 5402 },
        { "exceeds_position", new() { MaxPosition = new(10) }, 10, 5400, 11, 5400 },
        { "exceeds_position_value", new() { MaxPositionPerSymbol = 275_000 }, 10, 5400, 11, 5400 },
        { "exceeds_total_exposure", new() { MaxTotalExposure = 275_000 }, 10, 5400, 11, 5400 },
        { "beyond_price_band", new() { PriceBand = new(0.02m) }, 1, 5610, 1, 5612 },
        { "beyond_price_band", new() { PriceBandTicks = 50 }, 1, 5600, 1, 5602 },
    };

    [Theory, MemberData(nameof(Units))]
    public void Limit_IsKeptToTheUnit_AndItsRefusalSaysTheNumbers(string code, RiskLimits limits, decimal volume, decimal price, decimal over, decimal overPrice)
    {
        var desk = new LimitedDesk(limits);
        var refused = desk.Open(over, overPrice);
        refused.Problems.ShouldHaveSingleItem().Code.ShouldBe(code);
        refused.Problems[0].Values.Count.ShouldBeGreaterThanOrEqualTo(2);
        desk.Working.ShouldBeEmpty();
        desk.Preview(desk.Request(OrderPurpose.Open, over, overPrice)).Problems.ShouldHaveSingleItem().Code.ShouldBe(code, "and the ticket says so before");
        desk.Told.ShouldHaveSingleItem().Values.ShouldSatisfyAllConditions(values => values[3].ShouldBe(code), values => values.Count.ShouldBe(6));

        desk.Open(volume, price).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Short_OfTheBand_IsTheLowerSide_AndAFarPriceThatWaitsIsFree()
    {
        var desk = new LimitedDesk(new() { PriceBandTicks = 50 });
        desk.Open(1, 5398, Side.Short).Problems.ShouldHaveSingleItem().Values.ShouldBe([5398m, 5400m, 5500m]);
        desk.Open(1, 5400, Side.Short).Problems.ShouldBeEmpty();
        desk.Open(1, 5000).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Position_CountsWhatWorksAndWhatIsHeld_OnEitherSide()
    {
        var desk = new LimitedDesk(new() { MaxPosition = new(10) }, longVolume: 4);
        desk.Open(5).Problems.ShouldBeEmpty();
        desk.Open(2).Problems.ShouldHaveSingleItem().Values.ShouldBe([new Volume(11), new Volume(10)]);
        desk.Open(1).Problems.ShouldBeEmpty();
        desk.Open(14, 5600, Side.Short).Problems.ShouldBeEmpty("from 4 long to 10 short");
        desk.Open(1, 5600, Side.Short).Problems.ShouldHaveSingleItem().Code.ShouldBe("exceeds_position");
    }

    [Fact]
    public void Contract_HasLimitsOfItsOwn_AndTheAccountsForTheRest()
    {
        var desk = new LimitedDesk();
        desk.Set(new() { MaxOrderVolume = new(2), MaxPosition = new(5) }, (LimitedDesk.Pta, new() { MaxOrderVolume = new(4) }));
        desk.Open(4).Problems.ShouldBeEmpty();
        desk.Open(5).Problems.Select(problem => problem.Code).ShouldBe(["exceeds_order_volume", "exceeds_position"]);
    }

    [Fact]
    public void DaysLoss_AtTheLimit_OpensNoMore_AndADepositDoesNotBuyItBack()
    {
        var desk = new LimitedDesk(new() { MaxDailyLoss = 1000 }, longVolume: 10);
        desk.Tick(5482); // 18 points × 5 × 10 = 900.
        desk.Open(1).Problems.ShouldBeEmpty();
        desk.Tick(5480);
        desk.Open(1).Problems.ShouldHaveSingleItem().Values.ShouldBe([1000m, 1000m]);
        desk.Deposit(5000);
        desk.Open(1).Problems.ShouldHaveSingleItem().Code.ShouldBe("daily_loss_reached");
        desk.Risk.Use.LossToday.ShouldBe(1000m);
        desk.Place(desk.Request(OrderPurpose.Close, 10, 5478)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void DaysCount_IsOfDecisionsThatOpen_AndSurvivesAKill()
    {
        var desk = new LimitedDesk(new() { MaxDailyTrades = 2 }, longVolume: 5);
        desk.Place(desk.Request(OrderPurpose.Close, 1, 5600)).Problems.ShouldBeEmpty("closing is no opening");
        desk.Open(1).Problems.ShouldBeEmpty();
        desk.Open(1).Problems.ShouldBeEmpty();
        desk.Open(1).Problems.ShouldHaveSingleItem().Values.ShouldBe([3, 2]);
        desk.Kill();
        desk.Risk.Use.OpenedToday.ShouldBe(2);
        desk.Open(1).Problems.ShouldHaveSingleItem().Code.ShouldBe("exceeds_daily_trades");
        desk.Set(new() { MaxDailyTrades = 3 });
        desk.Open(1).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Rate_IsOfASecondAndOfAMinute_AndSurvivesAKill()
    {
        var desk = new LimitedDesk(new() { MaxOrdersPerSecond = 3, MaxOrdersPerMinute = 4 });
        for (var i = 0; i < 3; i++) desk.Open(1).Problems.ShouldBeEmpty();
        desk.Open(1).Problems.ShouldHaveSingleItem().Values.ShouldBe([4, 3]);
        desk.Kill();
        desk.Tick(5500); // Half a second later, and the feed's clock goes on.
        desk.Open(1).Problems.ShouldHaveSingleItem().Code.ShouldBe("exceeds_orders_per_second");
        desk.Wait(TimeSpan.FromSeconds(1));
        desk.Open(1).Problems.ShouldBeEmpty();
        desk.Wait(TimeSpan.FromSeconds(1));
        desk.Open(1).Problems.ShouldHaveSingleItem().Values.ShouldBe([5, 4]);
        desk.Wait(TimeSpan.FromMinutes(1));
        desk.Open(1).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Repeat_ByAPerson_IsRefusedForAWhile_AndAProgramsIsNot()
    {
        var desk = new LimitedDesk(new() { DuplicateWindow = TimeSpan.FromSeconds(2) });
        desk.Open(1, mayRepeat: false).Problems.ShouldBeEmpty();
        desk.Open(1, mayRepeat: false).Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Code.ShouldBe("duplicate_order"), p => p.Values.ShouldBe([0m, 2m]));
        desk.Preview(desk.Request(OrderPurpose.Open, 1, 5400, mayRepeat: false)).Problems.ShouldBeEmpty("it is about sending");
        desk.Open(2, mayRepeat: false).Problems.ShouldBeEmpty();
        desk.Open(1, 5402, mayRepeat: false).Problems.ShouldBeEmpty();
        desk.Open(1, 5600, Side.Short, mayRepeat: false).Problems.ShouldBeEmpty();
        desk.Open(1).Problems.ShouldBeEmpty();
        desk.Kill();
        desk.Open(1, mayRepeat: false).Problems.ShouldHaveSingleItem().Code.ShouldBe("duplicate_order");
        desk.Wait(TimeSpan.FromSeconds(2));
        desk.Open(1, mayRepeat: false).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Reducing_PassesEveryLimit()
    {
        var desk = new LimitedDesk(longVolume: 20);
        for (var i = 0; i < 3; i++) desk.Open(1).Problems.ShouldBeEmpty();
        desk.Set(Tight);
        desk.Tick(5400);
        desk.Open(1, 5300).Problems.ShouldNotBeEmpty();

        desk.Place(desk.Request(OrderPurpose.Lock, 6, 5398)).Problems.ShouldBeEmpty();
        for (var i = 0; i < 2; i++) desk.Place(desk.Request(OrderPurpose.Close, 3, 5600, mayRepeat: false)).Problems.ShouldBeEmpty("twice the same, and it only reduces");
        desk.Open(2, 5300, Side.Short).Problems.ShouldBeEmpty("opens a leg and reduces the net");
        desk.Hold(desk.Request(OrderPurpose.Close, 2, null), 5390).Problems.ShouldBeEmpty();
        var rule = EngineHarness.NewRule(desk.Account, LimitedDesk.Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new Price(9000), StopLossPrice = new Price(5380), StopLockRatio = new(0.1m) };
        desk.Harness.Rule(rule);
        desk.Tick(5380);
        desk.Harness.Snapshot.Triggers.ShouldHaveSingleItem().Status.ShouldBeOneOf(TriggerStatus.Executing, TriggerStatus.Executed);
        desk.Harness.Snapshot.HeldOrders.ShouldHaveSingleItem().Held.State.ShouldBe(HeldState.Triggered);
    }

    [Fact]
    public void EmergencyStop_ClosesOneLegAfterTheOther_WhateverTheLimits()
    {
        var desk = new LimitedDesk(longVolume: 5, shortVolume: 3);
        desk.Set(Tight);
        desk.StopEverything();
        desk.Harness.Commit();
        for (var i = 0; i < 5; i++) desk.Tick(5500);
        desk.Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
    }

    [Fact]
    public void Held_ThatOpens_IsRefusedForItsSizeAtOnce_AndForWhatItAddsWhenItFires()
    {
        var desk = new LimitedDesk(new() { MaxOrderVolume = new(5), MaxPosition = new(6) });
        desk.Hold(desk.Request(OrderPurpose.Open, 6, null), 5520).Problems.ShouldHaveSingleItem().Code.ShouldBe("exceeds_order_volume");
        desk.Hold(desk.Request(OrderPurpose.Open, 5, null), 5520).Problems.ShouldBeEmpty();
        desk.Open(2).Problems.ShouldBeEmpty();
        desk.Tick(5520);
        var held = desk.Harness.Snapshot.HeldOrders.ShouldHaveSingleItem().Held;
        (held.State, held.Reason).ShouldBe((HeldState.Failed, "超过单合约持仓手数限额"));
    }

    [Fact]
    public void Replacing_IsHeldToThemToo_AndCountsTheOrderItself()
    {
        var desk = new LimitedDesk(new() { PriceBandTicks = 50, MaxPosition = new(3), MaxDailyTrades = 1 });
        var order = desk.Open(3).Value;
        desk.Replace(order, 5602).Problems.ShouldHaveSingleItem().Code.ShouldBe("beyond_price_band");
        desk.Told.Count.ShouldBe(1);
        desk.Replace(order, 5402).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        desk.Working.ShouldHaveSingleItem().LimitPrice.ShouldBe(new Price(5402));
    }

    [Fact]
    public void WhatCannotBeWorkedOut_IsRefused()
    {
        var desk = new LimitedDesk(new() { MaxTotalExposure = 1_000_000, PriceBand = new(0.1m) }, quoted: false);
        desk.Open(1).Problems.ShouldAllBe(problem => problem.Code == "limit_not_known");
        desk.Tick(5500);
        desk.Open(1).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Defaults_HoldUntilLimitsAreSet_AndAreNamedAsSuch()
    {
        var desk = new LimitedDesk(defaults: new() { MaxOrderVolume = new(1) }, clock: SourceClock.Wall);
        desk.Risk.AreDefaults.ShouldBeTrue();
        desk.Open(2).Problems.ShouldHaveSingleItem().Code.ShouldBe("exceeds_order_volume");
        desk.Set(RiskLimits.None);
        desk.Risk.AreDefaults.ShouldBeFalse();
        desk.Open(2).Problems.ShouldBeEmpty();
        desk.Set(null);
        desk.Open(2).Problems.ShouldHaveSingleItem();
        new LimitedDesk(defaults: new() { MaxOrderVolume = new(1) }).Open(2).Problems.ShouldBeEmpty("a feed that is the clock may stand still");
    }

    [Fact]
    public void Limits_ArePartOfWhatIsDurable_AndEditsFromOutsideAreTakenOver()
    {
        var desk = new LimitedDesk(new() { MaxOrderVolume = new(5) });
        desk.Kill();
        desk.Open(6).Problems.ShouldHaveSingleItem();
        var id = Guid.NewGuid();
        desk.TakeOver(new OutsideEdit.LimitsChanged(desk.Account, [new(id, desk.Account, null, new() { MaxOrderVolume = new(6) }, EngineHarness.Wall)]));
        desk.Open(6).Problems.ShouldBeEmpty();
        desk.Kill();
        desk.Open(7).Problems.ShouldHaveSingleItem();
        desk.TakeOver(new OutsideEdit.LimitsRemoved(id));
        desk.Open(7).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Limits_ThatMakeNoSense_AreNamedTogether_AndNothingIsSet()
    {
        var desk = new LimitedDesk(new() { MaxOrderVolume = new(5) });
        var refused = desk.Harness.Engine.Limits.Set(
            new(desk.Account, new() { MaxOrderSize = 0, PriceBand = new(1.5m), MaxOrdersPerSecond = 0, DuplicateWindow = TimeSpan.FromMinutes(2) }, new Dictionary<Symbol, RiskLimits> { [LimitedDesk.Pta] = new() { MaxDailyLoss = 5 } }),
            EngineHarness.Wall);
        refused.Problems.Select(problem => $"{problem.Field} {problem.Code}").ShouldBe(
        [
            "limits.max_order_size not_in_limit_range", "limits.price_band not_in_limit_range", "limits.duplicate_window not_in_limit_range", "limits.max_orders_per_second out_of_range",
            "contracts[0].max_daily_loss only_for_account",
        ]);
        desk.Open(6).Problems.ShouldHaveSingleItem();
    }

    private static RiskLimits Tight { get; } = new()
    {
        MaxOrderVolume = new(1), MaxOrderSize = 1, MaxPosition = new(1), MaxPositionPerSymbol = 1, MaxTotalExposure = 1, MaxDailyTrades = 1, MaxDailyLoss = 1, PriceBandTicks = 1,
        DuplicateWindow = RiskLimits.LongestWindow, MaxOrdersPerSecond = 1, MaxOrdersPerMinute = 1,
    };
}
