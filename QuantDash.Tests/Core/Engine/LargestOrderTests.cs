using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>PTA: at most 1000 lots in one limit order; rebar 500. Depth is what one tick fills.</summary>
public sealed class LargestOrderTests
{
    private const decimal Rich = 1_000_000_000m;
    private static readonly Symbol Pta = PtaDesk.Pta;
    private static readonly Symbol Rebar = Symbol.Create("SHFE", "rb2701");

    [Fact]
    public void Lock_AboveTheLargest_GoesOutAsSeveralOrdersOfOneBatch()
    {
        var desk = Desk();
        desk.Tick(5510, depth: 5000);
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        var batch = desk.Harness.Journal.Batches.Where(batch => batch.Changes.OfType<JournalChange.OrderSaved>().Any(change => change.Order.State == OrderState.Intended)).ShouldHaveSingleItem();
        var sent = Intents(batch.Changes);
        sent.Select(order => (order.Child, order.Volume.Value)).ShouldBe([(1, 1000m), (2, 1000m), (3, 500m)]);
        sent.Select(order => order.Id).ShouldBe([.. sent.Select(order => ClientOrderId.For(desk.Account, order.TradingDay, trigger.Id, order.Child))]);
        batch.Changes.OfType<JournalChange.TriggerSaved>().Last().Trigger.Children.ShouldBe(3);
        (trigger.Status, trigger.FilledVolume.Value, desk.Locked).ShouldBe((TriggerStatus.Executed, 2500m, 2500m));
        desk.Harness.Journal.Changes.OfType<JournalChange.ExecutionSaved>().Select(change => change.Execution).GroupBy(execution => execution.Id).ShouldHaveSingleItem().Last().LockVolume.Value.ShouldBe(2500);
        desk.Harness.Snapshot.Locks.ShouldHaveSingleItem().Covered.Value.ShouldBe(2500);
    }

    /// <summary>Funds for one full order and a half: the second is refused, the third is not.</summary>
    [Fact]
    public void Refusal_OfOneOrder_LeavesTheOthers_AndIsNamedWithItsRemainder()
    {
        var available = (1500 * FreezePerLot()) + 10_000m;
        var desk = Desk(balance: MarginHeld() + available);
        desk.Tick(5510, depth: 100);
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Status, trigger.FilledVolume.Value).ShouldBe((TriggerStatus.Executing, 100m));
        desk.Harness.Snapshot.Orders.Select(order => (order.Child, order.Remaining.Value)).Order().ShouldBe([(1, 900m), (3, 500m)]);
        desk.Tick(5510, depth: 5000);
        trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Status, trigger.FilledVolume.Value, desk.Locked).ShouldBe((TriggerStatus.PartiallyExecuted, 1500m, 1500m));
        trigger.ErrorMessage.ShouldNotBeNull().ShouldStartWith("部分成交: 1500/2500手, 报单被拒: 1000手");
        trigger.ErrorMessage.ShouldEndWith("资金不足");
        trigger.Children.ShouldBe(3, "what was refused is not tried again by what was not");
    }

    [Fact]
    public void Price_ThatLeaves_IsFollowedByEachOrder_AndNeverMoreThanWasAsked()
    {
        var desk = Desk();
        desk.Tick(5510, depth: 100);
        for (var round = 1; round <= 20 && desk.Triggers[0].Status == TriggerStatus.Executing; round++)
        {
            desk.Wait(TimeSpan.FromSeconds(2));
            desk.Tick(5510 - (20 * round), depth: 400);
            desk.Harness.Snapshot.Orders.Sum(order => order.Remaining.Value).ShouldBe(2500m - desk.Locked);
        }
        (desk.Triggers[0].Status, desk.Locked).ShouldBe((TriggerStatus.Executed, 2500m));
        var all = Intents(desk.Harness.Journal.Changes);
        all.ShouldAllBe(order => order.Volume.Value <= 1000);
        all.Select(order => order.Child).ShouldBe(Enumerable.Range(1, all.Count));
        all.Count.ShouldBeGreaterThan(10, "ten tries are of each of the three orders, not of all of them together");
    }

    /// <summary>Killed after every single batch that was ever written, and before anything of the next one: 2500 lots are locked in the end, not one more or less.</summary>
    [Fact]
    public void Kill_AtAnyMoment_LocksEverythingOnce()
    {
        var uncut = Desk();
        uncut.Tick(5510, depth: 100);
        uncut.Tick(5510, depth: 1200);
        uncut.Tick(5510, depth: 5000);
        var (batches, first) = (uncut.Harness.Journal.Batches.ToList(), uncut.Harness.Journal.Batches.First(batch => Intents(batch.Changes).Count > 0).Sequence);
        foreach (var last in batches.Select(batch => batch.Sequence).Where(sequence => sequence >= first - 1))
        {
            var desk = Desk();
            desk.Harness.Journal.Batches.Clear();
            desk.Harness.Journal.Batches.AddRange(batches.Where(batch => batch.Sequence <= last));
            desk.Harness.Restart(DurableState.After(batches, last), EngineHarness.Wall);
            desk.Wait(TimeSpan.FromSeconds(3));
            for (var i = 0; i < 4; i++) desk.Tick(5510, depth: 5000);
            desk.Harness.Snapshot.Orders.ShouldBeEmpty();
            (desk.Locked, desk.Harness.Snapshot.Accounts[0].Positions[0].Short.Volume.Value).ShouldBe((2500m, 2500m), $"killed after batch {last}");
        }
    }

    [Fact]
    public void Unsent_BecauseTheDiskStoodStill_IsDecidedAgain()
    {
        var desk = Desk();
        desk.TickUncommitted(5510);
        desk.Kill();
        desk.Tick(5510, depth: 5000);
        desk.Tick(5510, depth: 5000);
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Status, desk.Locked, trigger.Children).ShouldBe((TriggerStatus.Executed, 2500m, 6));
    }

    [Fact]
    public void Stop_ThatCloses_SplitsEachAgeByItself()
    {
        var harness = new EngineHarness();
        var account = harness.Account(Rich);
        harness.Hold(account, Rebar, longVolume: 1200, longPrice: 3500, earlier: 700);
        var open = new DateTimeOffset(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);
        harness.Tick(Rebar, open, 3500, 3499, 3501);
        harness.Rule(EngineHarness.NewRule(account, Rebar, Side.Long, TriggerType.Price) with { StopLossPrice = new(3490), Action = LockAction.Reduce });
        for (var i = 1; i <= 3; i++) harness.Tick(Rebar, open.AddSeconds(0.5 * i), 3490, 3489, 3491, depth: 5000);
        Intents(harness.Journal.Changes).Select(order => (order.Offset, order.Volume.Value)).ShouldBe(
            [(Offset.CloseYesterday, 500m), (Offset.CloseYesterday, 200m), (Offset.CloseToday, 500m)]);
        harness.Snapshot.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Executed);
        harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
    }

    [Fact]
    public void Refused_TheRuleSaysClose_EveryRefusedOrderIsClosedInstead()
    {
        var desk = new PtaDesk(2500, balance: MarginHeld() + 1_000m);
        desk.Save(EngineHarness.NewRule(desk.Account, Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new(5490m), IfLockRefused = IfLockRefused.Close });
        for (var i = 0; i < 3; i++) desk.Tick(5490, depth: 5000);
        desk.Harness.Snapshot.Accounts[0].Positions.ShouldNotContain(position => position.Long.Volume.Value > 0);
        (desk.Triggers[0].Status, desk.Triggers[0].FilledVolume.Value).ShouldBe((TriggerStatus.Executed, 2500m));
        desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Count(told => told.Event.Key == "lock.refused_closing").ShouldBe(1);
    }

    [Fact]
    public void LegThatShrinks_TakesTheOrdersBackToWhatIsLeft()
    {
        var desk = Desk();
        desk.Tick(5510, depth: 100);
        desk.Harness.Hold(desk.Account, Pta, longVolume: 1300, longPrice: 5500, shortVolume: 100, shortPrice: 5508);
        for (var i = 0; i < 3; i++) desk.Tick(5510, depth: 5000);
        var position = desk.Harness.Snapshot.Accounts[0].Positions[0];
        (position.Long.Volume.Value, position.Short.Volume.Value).ShouldBe((1300m, 1300m));
        desk.Harness.Snapshot.Orders.ShouldBeEmpty();
    }

    [Fact]
    public void Unlock_OfMoreThanTheLargest_FollowsInSeveral()
    {
        var desk = Desk();
        desk.Tick(5510, depth: 5000);
        var before = Intents(desk.Harness.Journal.Changes).Count;
        var request = new UnlockRequest(desk.Account, Pta, null, UnlockLegs.Both, null, OrderType.Limit, new Price(5400), new Price(5600));
        var shown = desk.Harness.Engine.Locks.PreviewUnlock(request, EngineHarness.Wall).Value.Parts;
        shown.Select(part => (part.Leg, part.Volume.Value)).ShouldBe([(Side.Long, 1000m), (Side.Long, 1000m), (Side.Long, 500m), (Side.Short, 1000m), (Side.Short, 1000m), (Side.Short, 500m)]);
        shown.ShouldAllBe(part => part.Lots.Sum(lot => lot.Volume.Value) == part.Volume.Value);
        desk.Harness.Engine.Locks.Unlock(request, EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        for (var i = 0; i < 6; i++) desk.Tick(5510, depth: 5000);
        Intents(desk.Harness.Journal.Changes).Skip(before).Select(order => (order.LegSide, order.Volume.Value)).ShouldBe(
            [(Side.Long, 1000m), (Side.Long, 1000m), (Side.Long, 500m), (Side.Short, 1000m), (Side.Short, 1000m), (Side.Short, 500m)]);
        desk.Harness.Snapshot.Locks.ShouldBeEmpty();
        desk.Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(EmergencyThen.LockAll)]
    [InlineData(EmergencyThen.Flatten)]
    public void Emergency_IsNotStoppedByIt(EmergencyThen then)
    {
        var desk = new PtaDesk(2500, balance: Rich);
        desk.Tick(5500, depth: 5000);
        desk.Harness.Engine.Emergency.Stop(new(null, then, "", Force: true), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        for (var i = 0; i < 4; i++) desk.Tick(5500, depth: 5000);
        Intents(desk.Harness.Journal.Changes).Select(order => order.Volume.Value).ShouldBe([1000m, 1000m, 500m]);
        if (then == EmergencyThen.LockAll) desk.Locked.ShouldBe(2500);
        else desk.Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
    }

    [Fact]
    public void HeldStop_ThatCloses_GoesOutInParts()
    {
        var desk = new PtaDesk(2500, balance: Rich);
        desk.Tick(5500, depth: 5000);
        desk.Harness.Engine.Held.Place(new(new(desk.Account, Pta, OrderPurpose.Close, Side.Long, new(500), OrderType.Market, null), HeldKind.Stop, new(5480)), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        for (var i = 0; i < 4; i++) desk.Tick(5478, depth: 5000);
        Intents(desk.Harness.Journal.Changes).Select(order => order.Volume.Value).ShouldBe([200m, 200m, 100m]);
    }

    /// <summary>By hand one order is one order: whoever wants more is told before anything is sent. A lock by hand is a lock.</summary>
    [Theory]
    [InlineData(OrderPurpose.Open, Side.Long, "order_too_large")]
    [InlineData(OrderPurpose.Close, Side.Long, "order_too_large")]
    [InlineData(OrderPurpose.Lock, Side.Long, null)]
    public void ByHand_AboveTheLargest_IsRefused_ExceptForALock(OrderPurpose purpose, Side side, string? refusal)
    {
        var desk = new PtaDesk(2500, balance: Rich);
        desk.Tick(5500, depth: 5000);
        var request = new OrderRequest(desk.Account, Pta, purpose, side, new(1001), OrderType.Limit, new Price(5500));
        var preview = desk.Harness.Engine.Preview(request, EngineHarness.Wall);
        desk.Harness.Engine.PlaceOrder(request, EngineHarness.Wall).Problems.Select(problem => problem.Code).SingleOrDefault().ShouldBe(refusal);
        preview.Problems.Select(problem => problem.Code).SingleOrDefault().ShouldBe(refusal);
        if (refusal is null) preview.Value.Offsets.Select(part => part.Volume.Value).ShouldBe([1000m, 1m]);
        Intents(desk.Harness.Journal.Changes).Count.ShouldBe(refusal is null ? 2 : 0);
    }

    private static PtaDesk Desk(decimal balance = Rich)
    {
        var desk = new PtaDesk(2500, balance: balance);
        desk.Tick(5500, depth: 5000);
        desk.Save(desk.Price(5510));
        return desk;
    }

    private static decimal MarginHeld() => new PtaDesk(2500, balance: Rich).Harness.Snapshot.Accounts[0].Funds.Margin;

    private static decimal FreezePerLot()
    {
        var desk = new PtaDesk(2500, balance: Rich);
        desk.Tick(5510);
        var preview = desk.Harness.Engine.Preview(new(desk.Account, Pta, OrderPurpose.Lock, Side.Long, new(1), OrderType.Limit, new Price(5510)), EngineHarness.Wall).Value;
        return preview.FreezeMargin!.Value + preview.FreezeFee!.Value;
    }

    private static List<Order> Intents(IEnumerable<JournalChange> changes) =>
        [.. changes.OfType<JournalChange.OrderSaved>().Where(change => change.Order.State == OrderState.Intended && change.Before is null).Select(change => change.Order)];
}
