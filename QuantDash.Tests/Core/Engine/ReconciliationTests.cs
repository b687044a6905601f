using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>An account against its venue: when it is compared, what differs, what a click takes over. docs/adr/0022.</summary>
public sealed class ReconciliationTests
{
    [Fact]
    public void Start_IsTheFirstComparison_AndHoldsOrdersUntilItHasEnded()
    {
        var scene = new BridgeScene(reconciled: false);
        scene.Wait(1);
        var before = View(scene);
        (before.HoldsOrders, before.Waiting?.Why, before.Last?.Why).ShouldBe((true, ReconciliationWhy.Start, ReconciliationWhy.Told));
        scene.Positions(10, 0, scene.Program.Epoch);
        var after = View(scene);
        (after.HoldsOrders, after.Waiting, after.Last!.Why, after.Last.Legs).ShouldBe((false, null, ReconciliationWhy.Start, 1));
    }

    [Fact]
    public void Kept_AreTheFirstAndTheAskedAndThoseWithNews_TheOthersAreCounted()
    {
        var scene = new BridgeScene();
        var first = Kept(scene).ShouldHaveSingleItem();
        (first.Run.Why, first.Found, first.Open, first.Outcome).ShouldBe((ReconciliationWhy.Start, 1, 0, ReconciliationOutcome.TakenOver));
        for (var i = 0; i < 3; i++)
        {
            scene.Wait(20);
            scene.Program.Poll(scene.Now);
            scene.Positions(10, 0);
        }
        Kept(scene).Count.ShouldBe(1, "nothing new");
        (View(scene).Quiet, View(scene).KeptAt).ShouldBe((3, first.Run.EndedAt));

        scene.Wait(1);
        scene.Positions(7, 0);
        var news = Kept(scene)[1];
        (news.Run.Why, news.Outcome, news.QuietBefore, news.Differences.ShouldHaveSingleItem().Venue).ShouldBe((ReconciliationWhy.Told, ReconciliationOutcome.TakenOver, 3, 7m));
        View(scene).Quiet.ShouldBe(0);

        scene.Wait(1);
        scene.Positions(7, 0);
        Kept(scene).Count.ShouldBe(2, "that what was taken over is gone is no news");
        scene.Harness.Engine.Reconciliation.Ask(scene.Account, scene.Now);
        scene.Program.Poll(scene.Now);
        scene.Wait(2);
        scene.Positions(7, 0, scene.Program.Epoch);
        var asked = Kept(scene)[2];
        (asked.Run.Why, asked.Outcome, asked.QuietBefore, asked.Took).ShouldBe((ReconciliationWhy.Demand, ReconciliationOutcome.Agrees, 1, TimeSpan.FromSeconds(2)));
    }

    private static List<ReconciliationRecord> Kept(BridgeScene scene)
    {
        scene.Harness.Commit();
        return [.. scene.Harness.Journal.Changes.OfType<JournalChange.ReconciliationKept>().Select(change => change.Record)];
    }

    /// <summary>A mere comparison must not hold back a stop.</summary>
    [Fact]
    public void Demand_AsksForASnapshotAtOnce_AndOrdersGoOut()
    {
        var scene = new BridgeScene();
        scene.Harness.Engine.Reconciliation.Ask(scene.Account, scene.Now).Value.Waiting!.Value.Why.ShouldBe(ReconciliationWhy.Demand);
        var asked = scene.Program.Poll(scene.Now).Value;
        (asked.SnapshotWanted, asked.IsShut, asked.IsNews).ShouldBe((true, false, true));
        scene.Tick(5522);
        scene.Program.Poll(scene.Now).Value.Items.ShouldHaveSingleItem();
        scene.Counter.Placed.ShouldHaveSingleItem();
        scene.Positions(10, 0, scene.Program.Epoch);
        View(scene).Last!.Why.ShouldBe(ReconciliationWhy.Demand);
        scene.Program.Poll(scene.Now).Value.SnapshotWanted.ShouldBeFalse();
    }

    [Fact]
    public void Timer_AsksWhenNothingWasToldForAWhile_AndNotWhileTheProgramTellsByItself()
    {
        var scene = new BridgeScene();
        for (var i = 0; i < 4; i++)
        {
            scene.Wait(20);
            scene.Positions(10, 0);
            scene.Program.Poll(scene.Now).Value.SnapshotWanted.ShouldBeFalse();
        }
        for (var i = 0; i < 3; i++)
        {
            scene.Wait(20);
            scene.Program.Poll(scene.Now);
        }
        scene.Program.SnapshotWanted.ShouldBeTrue();
        scene.Positions(10, 0, scene.Program.Epoch);
        View(scene).Last!.Why.ShouldBe(ReconciliationWhy.Timer);
    }

    [Fact]
    public void Reconnect_IsNamedAndHoldsOrders()
    {
        var scene = new BridgeScene();
        scene.Wait(61);
        scene.Wait(1);
        (View(scene).HoldsOrders, View(scene).Waiting?.Why).ShouldBe((true, ReconciliationWhy.Reconnect));
        scene.Reconcile(10, 0);
        View(scene).Last!.Why.ShouldBe(ReconciliationWhy.Reconnect);
    }

    /// <summary>Every working order is asked about beside the positions: what was missed comes to light.</summary>
    [Fact]
    public void Comparison_AsksForEveryWorkingOrder()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        scene.Harness.Engine.Reconciliation.Ask(scene.Account, scene.Now);
        scene.Positions(10, 0, scene.Program.Epoch);
        View(scene).Last!.Orders.ShouldBe(1);
        scene.Program.Poll(scene.Now);
        scene.Program.Seen[^1].Action.ShouldBe(BridgeAction.Query);
    }

    [Fact]
    public void LegToldDifferently_IsTakenOverAndListed_PerLegAndPerLot()
    {
        var scene = Agreeing();
        Tell(scene, new SnapshotPosition { Symbol = BridgeScene.Pta, LongVolume = new(7), LongToday = new(2), LongAveragePrice = new Price(5500) });
        var leg = View(scene).Differences.ShouldHaveSingleItem();
        (leg.Key, leg.Kind, leg.Ours, leg.Venue, leg.IsAdopted, leg.Why).ShouldBe(("leg:CZCE.TA2701:long", DifferenceKind.Leg, 10m, 7m, true, "taken_over"));

        Tell(scene, new SnapshotPosition { Symbol = BridgeScene.Pta, LongVolume = new(7), LongToday = new(5), LongAveragePrice = new Price(5500) });
        var age = View(scene).Differences.ShouldHaveSingleItem();
        (age.Kind, age.Ours, age.Venue).ShouldBe((DifferenceKind.Today, 2m, 5m));

        Tell(scene, new SnapshotPosition { Symbol = BridgeScene.Pta, LongVolume = new(7), LongToday = new(5), LongAveragePrice = new Price(5520) });
        var price = View(scene).Differences.ShouldHaveSingleItem();
        (price.Kind, price.Ours, price.Venue).ShouldBe((DifferenceKind.Price, 5500m, 5520m));
        scene.ShouldBalance();
    }

    [Fact]
    public void LegLeftOut_IsOpenSinceThen_AndAClickMakesItFlat()
    {
        var scene = Agreeing();
        Tell(scene);
        var since = scene.Now;
        scene.Wait(10);
        var missing = View(scene).Differences.ShouldHaveSingleItem();
        (missing.Why, missing.Ours, missing.Venue, missing.CanAdopt, missing.IsAdopted).ShouldBe(("left_out", 10m, 0m, true, false));
        missing.Since.ShouldBeLessThanOrEqualTo(since.AddSeconds(1));

        Adopt(scene, missing).Succeeded.ShouldBeTrue();
        scene.Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
        View(scene).Open.ShouldBe(0);
        scene.Told.ShouldContain("leg.unconfirmed");
        scene.Told.ShouldContain("reconciliation.adopted");
        scene.ShouldBalance();
    }

    [Fact]
    public void SnapshotOlderThanAFill_ChangesNothing_AndAClickTakesItOver()
    {
        var scene = Agreeing().Fire();
        scene.Program.Poll(scene.Now);
        scene.Wait(5);
        scene.Fill(10);
        var told = new PositionSnapshot { AccountId = scene.Account, Timestamp = scene.Now.AddSeconds(-4), Complete = true, Positions = [new() { Symbol = BridgeScene.Pta, LongVolume = new(8), ShortVolume = new(10) }] };
        scene.Harness.Engine.ApplySnapshot(told, scene.Now).Problems.ShouldBeEmpty();
        var older = View(scene).Differences.ShouldHaveSingleItem();
        (older.Why, older.Ours, older.Venue).ShouldBe(("older_than_last_fill", 10m, 8m));
        scene.Harness.Engine.Reconciliation.Adopt(scene.Account, older.Key, 9m, scene.Now).Problems.ShouldHaveSingleItem().Code.ShouldBe("difference_changed");
        Adopt(scene, older).Succeeded.ShouldBeTrue();
        scene.Position.Long.Volume.Value.ShouldBe(8);
        scene.Harness.Snapshot.Locks.ShouldHaveSingleItem().Status.ShouldBe(LockStatus.Broken);
        scene.ShouldBalance();
    }

    [Fact]
    public void Funds_Differ_AndAClickBooksTheDifferenceOnce()
    {
        var scene = Agreeing();
        scene.Tick(5500);
        scene.Harness.Engine.TakeFunds(scene.Account, 1_000_000m, scene.Now, scene.Now);
        View(scene).Differences.ShouldBeEmpty();
        scene.Harness.Engine.TakeFunds(scene.Account, 1_000_300m, scene.Now, scene.Now);
        var funds = View(scene).Differences.ShouldHaveSingleItem();
        (funds.Key, funds.Ours, funds.Venue).ShouldBe(("funds", 1_000_000m, 1_000_300m));
        Adopt(scene, funds).Succeeded.ShouldBeTrue();
        scene.Harness.Snapshot.Accounts[0].Funds.Equity.ShouldBe(1_000_300m);
        View(scene).Differences.ShouldBeEmpty();
        scene.Harness.Engine.Reconciliation.Adopt(scene.Account, "funds", null, scene.Now).Problems.ShouldHaveSingleItem().Code.ShouldBe("unknown_difference");
        scene.ShouldBalance();
    }

    [Fact]
    public void TradeMadeElsewhere_IsBookedAndListed()
    {
        var scene = Agreeing();
        scene.Wait(1);
        scene.Trades(new ToldTrade { TradeId = "H1", Symbol = BridgeScene.Pta, Side = OrderSide.Sell, Offset = Offset.Close, Price = new(5510), Volume = new(4), Timestamp = scene.Now });
        var trade = View(scene).Differences.ShouldHaveSingleItem();
        (trade.Kind, trade.Venue, trade.Why, trade.IsAdopted).ShouldBe((DifferenceKind.Trade, 4m, "made_elsewhere", true));
    }

    [Fact]
    public void PairThatNoLockOwns_IsListed_AndAClickMakesItALock()
    {
        var scene = new BridgeScene();
        scene.Positions(10, 10);
        var pair = View(scene).Differences.Single(difference => difference.Kind == DifferenceKind.Pair);
        (pair.Venue, pair.CanAdopt).ShouldBe((10m, true));
        Adopt(scene, pair).Succeeded.ShouldBeTrue();
        scene.Harness.Snapshot.Locks.ShouldHaveSingleItem().Volume.Value.ShouldBe(10);
        scene.ShouldBalance();
    }

    [Fact]
    public void VenueCountsFillsWeHaveNotSeen_IsListedUntilTheTradesCame()
    {
        var scene = Agreeing().Fire();
        scene.Program.Poll(scene.Now);
        scene.Program.Tell(scene.Now, new BridgeReport { OrderId = scene.Order.Id, Status = BridgeStatus.PartiallyFilled, FilledVolume = new(4), Timestamp = scene.Now });
        var missing = View(scene).Differences.ShouldHaveSingleItem();
        (missing.Kind, missing.Ours, missing.Venue, missing.Why).ShouldBe((DifferenceKind.Fills, 0m, 4m, "trades_missing"));
        scene.Fill(4);
        View(scene).Differences.ShouldBeEmpty();
    }

    [Fact]
    public void OrderNobodyAnswersFor_IsListedAndSettledInTheTray()
    {
        var scene = Agreeing().Fire();
        scene.Program.Poll(scene.Now, loseTheAnswer: true);
        scene.Wait(5);
        var order = View(scene).Differences.ShouldHaveSingleItem();
        (order.Kind, order.Why, order.CanAdopt).ShouldBe((DifferenceKind.Order, "not_answered", false));
        Adopt(scene, order).Problems.ShouldHaveSingleItem().Code.ShouldBe("not_adoptable");
    }

    /// <summary>Our own venue answers at once, from its order book.</summary>
    [Fact]
    public void SimulatedVenue_IsComparedAtStartAndOnDemand()
    {
        var harness = new EngineHarness();
        var account = harness.Account(clock: QuantDash.Core.Markets.SourceClock.Wall);
        harness.Engine.OnTimer(EngineHarness.Wall);
        harness.Snapshot.Reconciliations.ShouldHaveSingleItem().Last!.Why.ShouldBe(ReconciliationWhy.Start);
        var asked = harness.Engine.Reconciliation.Ask(account, EngineHarness.Wall).Value;
        (asked.Last!.Why, asked.Waiting, asked.Differences.Count).ShouldBe((ReconciliationWhy.Demand, null, 0));
    }

    /// <summary>The venue told again what we took over from it at start.</summary>
    private static BridgeScene Agreeing()
    {
        var scene = new BridgeScene();
        scene.Positions(10, 0).Problems.ShouldBeEmpty();
        View(scene).Differences.ShouldBeEmpty();
        return scene;
    }

    private static ReconciliationView View(BridgeScene scene) => scene.Harness.Engine.Snapshot(scene.Now).Reconciliations.ShouldHaveSingleItem();

    private static Outcome<ReconciliationView> Adopt(BridgeScene scene, Difference difference)
    {
        var adopted = scene.Harness.Engine.Reconciliation.Adopt(scene.Account, difference.Key, difference.Venue, scene.Now);
        scene.Harness.Commit();
        return adopted;
    }

    private static void Tell(BridgeScene scene, params IReadOnlyList<SnapshotPosition> positions)
    {
        scene.Harness.Engine.ApplySnapshot(new() { AccountId = scene.Account, Timestamp = scene.Now, Positions = positions }, scene.Now).Problems.ShouldBeEmpty();
        scene.Harness.Commit();
    }
}
