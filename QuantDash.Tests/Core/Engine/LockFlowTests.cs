using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>What happens from a firing to a lock, through the real engine, ledger and simulated venue.</summary>
public sealed class LockFlowTests
{
    private static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");
    private static readonly DateTimeOffset Open = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);

    private readonly EngineHarness _harness = new();
    private int _ticks;

    [Fact]
    public void ProfitRule_ThresholdReached_LocksEightOfTenLotsByItself()
    {
        var account = Long(10, 5500);
        _harness.Rule(Profit(account));

        Tick(5698);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        Tick(5710);

        var trigger = _harness.Snapshot.Triggers.ShouldHaveSingleItem();
        trigger.Status.ShouldBe(TriggerStatus.Executed, trigger.ErrorMessage);
        trigger.TriggerCondition.ShouldBe("利润达到阈值: 10500.00 >= 10000.00");
        trigger.FilledVolume.Value.ShouldBe(8);
        Execution().LockedProfit.ShouldBe((5708 - 5500) * 8 * 5);
        var held = _harness.Snapshot.Locks.ShouldHaveSingleItem();
        held.FrozenProfit.ShouldBe((5708 - 5500) * 8 * 5);
        var position = _harness.Snapshot.Accounts[0].Positions[0];
        (position.Long.LockedVolume.Value, position.Short.LockedVolume.Value, position.Long.LockableVolume.Value).ShouldBe((8, 8, 2));
        _harness.Snapshot.Rules[0].State.State.ShouldBe(ArmState.Done);
    }

    [Fact]
    public void ProfitRule_OutOfReach_NeverFires()
    {
        var account = Long(10, 5500);
        _harness.Rule(Profit(account) with { ProfitLockThreshold = 1_000_000 });
        for (var price = 5500; price < 5740; price += 2) Tick(price);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
    }

    [Fact]
    public void PriceRule_WithoutAutoExecute_WaitsForTheClickAndSendsNothing()
    {
        var account = Long(10, 5500);
        _harness.Rule(Price(account, 5520) with { AutoExecute = false });
        Tick(5520);

        var waiting = _harness.Snapshot.Triggers.ShouldHaveSingleItem();
        waiting.Status.ShouldBe(TriggerStatus.WaitingConfirm);
        _harness.Journal.Changes.OfType<JournalChange.OrderSaved>().ShouldBeEmpty();

        var confirmed = _harness.Engine.ConfirmTrigger(waiting.Id, null, false, EngineHarness.Wall);
        confirmed.Problems.ShouldBeEmpty();
        _harness.Commit();
        _harness.Snapshot.Triggers[0].Status.ShouldBe(TriggerStatus.Executed);
        Execution().Method.ShouldBe(ExecutionMethod.Manual);
    }

    [Fact]
    public void Confirm_PriceMovedFurtherThanAllowed_AnswersTheNewNumbersUnlessForced()
    {
        var account = Long(10, 5500);
        _harness.Rule(Price(account, 5520) with { AutoExecute = false, MaxSlippageTicks = 5 });
        Tick(5520);
        Tick(5532);
        var id = _harness.Snapshot.Triggers[0].Id;

        var refused = _harness.Engine.ConfirmTrigger(id, null, false, EngineHarness.Wall);
        refused.Problems.ShouldHaveSingleItem().Code.ShouldBe("price_moved");
        _harness.Engine.ConfirmTrigger(id, null, true, EngineHarness.Wall).Succeeded.ShouldBeTrue();
        _harness.Commit();
        _harness.Snapshot.Triggers[0].Status.ShouldBe(TriggerStatus.Executed);
    }

    [Fact]
    public void Confirm_SecondClick_SendsNothingMore()
    {
        var account = Long(10, 5500);
        _harness.Rule(Price(account, 5520) with { AutoExecute = false });
        Tick(5520);
        var id = _harness.Snapshot.Triggers[0].Id;
        _harness.Engine.ConfirmTrigger(id, null, false, EngineHarness.Wall).Succeeded.ShouldBeTrue();
        _harness.Engine.ConfirmTrigger(id, null, false, EngineHarness.Wall).Problems[0].Code.ShouldBe("trigger_closed");
        _harness.Commit();
        _harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Select(change => change.Order.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void WaitingTrigger_NotAnswered_ExpiresAndArmsAgainOnlyAfterTheConditionWasFalse()
    {
        var account = Long(10, 5500);
        _harness.Rule(Price(account, 5520) with { AutoExecute = false, ConfirmTimeout = TimeSpan.FromSeconds(30) });
        Tick(5520);
        _ticks += 100;
        Tick(5522);
        _harness.Snapshot.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Expired);
        Tick(5524);
        _harness.Snapshot.Triggers.Count.ShouldBe(1);
        Tick(5510);
        Tick(5520);
        _harness.Snapshot.Triggers.Count.ShouldBe(2);
    }

    [Fact]
    public void WaitingTrigger_OfAnAccountOnItsTicksClock_HasItsDeadlineOnTheWallClock()
    {
        var account = Long(10, 5500);
        _harness.Rule(Price(account, 5520) with { AutoExecute = false, ConfirmTimeout = TimeSpan.FromSeconds(30) });
        Tick(5520);
        var trigger = _harness.Snapshot.Triggers.ShouldHaveSingleItem();
        _harness.Engine.ConfirmByOnWallClock(trigger.Id, EngineHarness.Wall).ShouldBe(EngineHarness.Wall + TimeSpan.FromSeconds(30));
        _harness.Engine.ConfirmByOnWallClock(Guid.NewGuid(), EngineHarness.Wall).ShouldBeNull();
    }

    [Fact]
    public void FiftyRulesOnOneLeg_OneTick_LockExactlyTheLegAndLosersSayWhy()
    {
        var account = Long(20, 5500);
        for (var i = 0; i < 50; i++) _harness.Rule(Price(account, 5520) with { ProfitLockRatio = new Ratio(0.2m) });
        Tick(5530);

        var triggers = _harness.Snapshot.Triggers;
        triggers.Count.ShouldBe(50);
        triggers.Where(trigger => trigger.Status == TriggerStatus.Executed).Sum(trigger => trigger.FilledVolume.Value).ShouldBe(20);
        triggers.Where(trigger => trigger.Status == TriggerStatus.Failed).ShouldAllBe(trigger => trigger.ErrorMessage!.StartsWith("持仓不足: 当前long仓: 20手, 需要锁定: 4手", StringComparison.Ordinal));
        triggers.Count(trigger => trigger.Status is TriggerStatus.Executed or TriggerStatus.Failed).ShouldBe(50);
        var position = _harness.Snapshot.Accounts[0].Positions[0];
        position.NetVolume.ShouldBe(0);
    }

    [Fact]
    public void ThinBook_LockOrder_FillsPieceByPieceAndChasesThePrice()
    {
        var account = Long(10, 5500);
        _harness.Rule(Price(account, 5520) with { StopLossPrice = new Price(5480), TriggerPrice = null, ProtectTicks = 1 });
        Tick(5480, depth: 3);
        Working().Remaining.Value.ShouldBe(7);
        for (var i = 0; i < 20 && _harness.Snapshot.Orders.Count > 0; i++) Tick(5470 - (2 * i), depth: 2);

        var trigger = _harness.Snapshot.Triggers.ShouldHaveSingleItem();
        trigger.Status.ShouldBe(TriggerStatus.Executed, trigger.ErrorMessage);
        trigger.FilledVolume.Value.ShouldBe(10);
        trigger.Children.ShouldBeGreaterThan(1);
        _harness.Snapshot.Locks.ShouldHaveSingleItem().Volume.Value.ShouldBe(10);
    }

    [Fact]
    public void Lock_OneToOne_EquityNoLongerMovesWithThePrice()
    {
        var account = Long(10, 5500);
        _harness.Rule(Price(account, 5520));
        Tick(5520);
        var locked = _harness.Snapshot.Accounts[0].Funds.Equity;
        Tick(5600);
        Tick(5440);
        _harness.Snapshot.Accounts[0].Funds.Equity.ShouldBe(locked);
    }

    [Fact]
    public void ShadowRule_Fires_RecordsAndSendsNothing()
    {
        var account = Long(10, 5500);
        _harness.Rule(Price(account, 5520) with { Shadow = true });
        Tick(5520);
        _harness.Snapshot.Triggers.ShouldHaveSingleItem().ExecutionResult.ShouldNotBeNull().ShouldContain("10手");
        _harness.Journal.Changes.OfType<JournalChange.OrderSaved>().ShouldBeEmpty();
    }

    [Fact]
    public void Intent_IsWrittenBeforeTheOrderIsSent()
    {
        var account = Long(10, 5500);
        _harness.Rule(Price(account, 5520));
        _harness.Engine.OnTick(_harness.Source, Pta, Raw(5520, 100), EngineHarness.Wall);
        _harness.Engine.AwaitsCommit(_harness.Source).ShouldBeTrue();
        Working().State.ShouldBe(QuantDash.Core.Orders.OrderState.Intended);
        _harness.Commit();
        _harness.Engine.AwaitsCommit(_harness.Source).ShouldBeFalse();
        _harness.Snapshot.Triggers[0].Status.ShouldBe(TriggerStatus.Executed);
    }

    [Fact]
    public void SavedRule_AlreadyTrue_SaysThatItFiresNow()
    {
        var account = Long(10, 5500);
        Tick(5530);
        var saved = _harness.Rule(Price(account, 5520));
        (saved.FiresNow, saved.Volume.Value, saved.Price!.Value.Value).ShouldBe((true, 10, 5530));
        Tick(5528);
        _harness.Snapshot.Triggers.ShouldHaveSingleItem().TriggerPrice.Value.ShouldBe(5528);
    }

    private QuantDash.Core.Orders.Order Working() => _harness.Snapshot.Orders.ShouldHaveSingleItem();

    private LockExecution Execution() => _harness.Journal.Changes.OfType<JournalChange.ExecutionSaved>().Last().Execution;

    private AccountId Long(decimal volume, decimal price)
    {
        var account = _harness.Account();
        Tick((double)price);
        _harness.Hold(account, Pta, longVolume: volume, longPrice: price);
        return account;
    }

    private static LockRule Profit(AccountId account) => EngineHarness.NewRule(account, Pta, Side.Long, TriggerType.Profit) with
    {
        ProfitLockEnabled = true, ProfitLockThreshold = 10_000, ProfitLockRatio = new Ratio(0.8m),
    };

    private static LockRule Price(AccountId account, decimal price) =>
        EngineHarness.NewRule(account, Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new Price(price) };

    private void Tick(double last, double depth = 100) => _harness.Tick(Pta, Raw(last, depth)).ShouldBe(TickReject.None);

    private RawTick Raw(double last, double depth) => new()
    {
        Timestamp = Open.AddSeconds(0.5 * _ticks++), LastPrice = last, BidPrice = last - 2, BidVolume = depth, AskPrice = last + 2, AskVolume = depth,
    };
}
