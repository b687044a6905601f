using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>An account is closed when nothing is left in it, hears and takes nothing from then on, and can be opened again.</summary>
public sealed class ClosingTests
{
    private static readonly Symbol Pta = PtaDesk.Pta;
    private readonly PtaDesk _desk = new(10);

    public ClosingTests() => _desk.Tick(5500);

    private EngineHarness Harness => _desk.Harness;
    private TradingEngine Engine => _desk.Harness.Engine;
    private AccountView Account => Harness.Snapshot.Accounts.Single(view => view.Account.Id == _desk.Account);
    private IEnumerable<string> Told => Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event.Key);

    [Fact]
    public void Account_WithAnythingLeftInIt_IsNotClosed_AndAllOfItIsNamed()
    {
        Rule();
        Place(OrderPurpose.Lock, Side.Long, 4).Problems.ShouldBeEmpty();
        Place(OrderPurpose.Open, Side.Long, 3, limit: 5300).Problems.ShouldBeEmpty();
        var held = new HeldRequest(Request(OrderPurpose.Close, Side.Long, 2), HeldKind.Stop, new(5400));
        Then(Engine.Held.Place(held, EngineHarness.Wall)).Problems.ShouldBeEmpty();
        _desk.Tick(5602);
        Harness.Snapshot.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.WaitingConfirm);
        var written = Harness.Journal.Batches.Count;

        var refused = Then(Engine.Closing.Close(_desk.Account, EngineHarness.Wall)).Problems;

        refused.Select(problem => (problem.Field, problem.Code, problem.Values[0])).ShouldBe([
            ("account_id", "account_has_positions", 2), ("account_id", "account_has_orders", 1), ("account_id", "account_has_held_orders", 1),
            ("account_id", "account_has_locks", 1), ("account_id", "account_has_triggers", 1)]);
        Harness.Journal.Batches.Count.ShouldBe(written, "nothing was written");
        Account.Account.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public void Account_Closed_HearsAndTakesNothing_AndStaysSoOverAKill()
    {
        var rule = Rule();
        Flatten();
        Then(Engine.Closing.Close(_desk.Account, EngineHarness.Wall)).Value.ClosedAt.ShouldBe(EngineHarness.Wall);
        Told.ShouldContain("account.closed");
        var change = Harness.Journal.Changes.OfType<JournalChange.AccountSaved>().Last();
        (change.Before!.IsClosed, change.Account.IsClosed).ShouldBe((false, true));
        IsShut(rule);

        _desk.Kill();

        IsShut(rule);
        var (points, funds) = (Harness.Journal.Changes.OfType<JournalChange.EquityPointAdded>().Count(), Account.Funds);
        _desk.Wait(TimeSpan.FromDays(4));
        _desk.Tick(5510);
        Engine.SaveEquity(TimeSpan.Zero, EngineHarness.Wall.AddDays(4)).ShouldBe(0);
        Harness.Journal.Changes.OfType<JournalChange.EquityPointAdded>().Count().ShouldBe(points, "its curve has ended");
        Harness.Journal.Changes.OfType<JournalChange.SettlementSaved>().ShouldBeEmpty();
        Account.Funds.ShouldBe(funds);
    }

    [Fact]
    public void Source_ThatOnlyAClosedAccountHeard_FallsSilentUntold()
    {
        var wall = new EngineHarness();
        var account = wall.Account(clock: SourceClock.Wall);
        wall.Engine.MaxQuantity(account, Pta, OrderSide.Buy, null, EngineHarness.Wall);
        wall.Tick(Pta, EngineHarness.Wall, 5500);
        wall.Engine.Closing.Close(account, EngineHarness.Wall).Problems.ShouldBeEmpty();
        wall.Tick(Pta, EngineHarness.Wall.AddSeconds(1), 5502);
        wall.Engine.OnTimer(EngineHarness.Wall.AddMinutes(5));
        Silences().ShouldBe(0, "nobody waits for it");

        wall.Engine.Closing.Reopen(account, EngineHarness.Wall.AddMinutes(5)).Problems.ShouldBeEmpty();
        wall.Tick(Pta, EngineHarness.Wall.AddMinutes(5), 5504);
        wall.Engine.OnTimer(EngineHarness.Wall.AddMinutes(6));
        Silences().ShouldBe(1);

        int Silences() => wall.Journal.Changes.OfType<JournalChange.EventAdded>().Count(change => change.Event.Key == "feed.stale");
    }

    [Fact]
    public void Account_OpenedAgain_TakesOrders_AndItsRulesStayOff()
    {
        var rule = Rule();
        Flatten();
        Then(Engine.Closing.Reopen(_desk.Account, EngineHarness.Wall)).Problems.ShouldHaveSingleItem().Code.ShouldBe("account_open");
        Then(Engine.Closing.Close(_desk.Account, EngineHarness.Wall)).Problems.ShouldBeEmpty();
        Then(Engine.Closing.Close(_desk.Account, EngineHarness.Wall)).Problems.ShouldHaveSingleItem().Code.ShouldBe("account_closed");

        Then(Engine.Closing.Reopen(_desk.Account, EngineHarness.Wall)).Value.IsClosed.ShouldBeFalse();

        _desk.Kill();
        Account.Account.IsClosed.ShouldBeFalse();
        Told.ShouldContain("account.reopened");
        Engine.FindRule(rule.Id)!.IsEnabled.ShouldBeFalse("whoever wants it switches it on");
        _desk.Tick(5500);
        Place(OrderPurpose.Open, Side.Long, 1).Problems.ShouldBeEmpty();
        _desk.Tick(5520);
        Account.Positions.ShouldHaveSingleItem().Long.FloatingPnl.ShouldNotBe(0m, "it hears its source again");
    }

    [Fact]
    public void Account_OfABridge_WithACommandWithoutReport_IsNotClosed_AndClosedItsProgramIsToldSo()
    {
        var scene = new BridgeScene();
        scene.Fire();
        scene.Harness.Engine.Closing.Close(scene.Account, scene.Now).Problems.Select(problem => problem.Code).ShouldContain("account_has_commands");

        var other = new BridgeScene();
        other.Positions(0, 0, other.Program.Epoch).Problems.ShouldBeEmpty();
        other.Harness.Engine.Closing.Close(other.Account, other.Now).Problems.ShouldBeEmpty();
        other.Harness.Commit();

        other.Take(other.Now, another: false).Problems.ShouldHaveSingleItem().Code.ShouldBe("account_closed");
        other.Positions(5, 0).Problems.ShouldHaveSingleItem().Code.ShouldBe("account_closed");
        other.Trades([]).Problems.ShouldHaveSingleItem().Code.ShouldBe("account_closed");
        other.Harness.Engine.TakeReports(other.Account, [], other.Now).Problems.ShouldHaveSingleItem().Code.ShouldBe("account_closed");
        other.Wait(300);
        other.Told.ShouldNotContain("bridge.down", "nobody waits for its program");
        other.Harness.Snapshot.Reconciliations.ShouldBeEmpty();
    }

    [Fact]
    public void Demo_SwitchedOff_KeepsWhatItHolds_AndGoesOnWhenItIsSwitchedOn()
    {
        var (demo, rule) = Demo();
        Engine.PlaceOrder(new(demo, Pta, OrderPurpose.Open, Side.Long, new(3), OrderType.Limit, new Price(5300)), EngineHarness.Wall).Problems.ShouldBeEmpty();
        Harness.Commit();
        Rule();
        Then(Engine.Closing.SwitchOffDemo(_desk.Account, EngineHarness.Wall)).Problems.ShouldHaveSingleItem().Code.ShouldBe("not_the_demo");
        Then(Engine.Closing.SwitchOffDemo(demo, EngineHarness.Wall)).Problems.ShouldBeEmpty();

        _desk.Kill();
        View(demo).Account.IsClosed.ShouldBeTrue();
        Harness.Snapshot.Orders.ShouldBeEmpty("its order was taken back");
        (Engine.FindRule(rule)!.IsEnabled, Engine.FindRule(rule)!.DisabledReason).ShouldBe((false, LockWords.AccountClosed));
        View(demo).Positions.ShouldHaveSingleItem().Long.Volume.ShouldBe(new(4m));
        Account.Positions.ShouldHaveSingleItem().Long.Volume.ShouldBe(new(10m), "nothing of another account is touched");
        Harness.Snapshot.Rules.Count(view => view.State.State == ArmState.Armed).ShouldBe(1, "the rule of the other account goes on");
        _desk.Tick(5502);
        View(demo).Positions.ShouldHaveSingleItem().Long.LockedVolume.ShouldBe(Volume.Zero);

        Then(Engine.Closing.SwitchOnDemo(demo, EngineHarness.Wall)).Problems.ShouldBeEmpty();
        Engine.FindRule(rule)!.IsEnabled.ShouldBeTrue();
        _desk.Tick(5530);
        View(demo).Positions.ShouldHaveSingleItem().Long.LockedVolume.ShouldBe(new(4m), "its rule is watched again");
    }

    private void IsShut(LockRule rule)
    {
        Account.Account.IsClosed.ShouldBeTrue();
        Harness.Snapshot.OpenAccounts.ShouldBeEmpty();
        (Engine.FindRule(rule.Id)!.IsEnabled, Engine.FindRule(rule.Id)!.DisabledReason).ShouldBe((false, LockWords.AccountClosed));
        IsRefused(Place(OrderPurpose.Open, Side.Long, 1).Problems);
        IsRefused(Engine.SaveRule(rule with { Id = Guid.NewGuid() }, EngineHarness.Wall).Problems);
        IsRefused(Engine.BookCash(_desk.Account, 5m, null, EngineHarness.Wall).Problems);
        IsRefused(Engine.Emergency.Preview(_desk.Account, EmergencyThen.None).Problems);
        IsRefused(Engine.MaxQuantity(_desk.Account, Pta, OrderSide.Buy, null, EngineHarness.Wall).Problems);
        Engine.Emergency.Preview(null, EmergencyThen.None).Value.Accounts.ShouldBeEmpty();
        Harness.Snapshot.Reconciliations.ShouldBeEmpty();
    }

    private static void IsRefused(IReadOnlyList<Problem> problems) => problems.ShouldHaveSingleItem().Code.ShouldBe("account_closed");

    /// <summary>The demo hears the same source, holds four lots and locks them at 5520.</summary>
    private (AccountId Account, Guid Rule) Demo()
    {
        var demo = new Account { Id = new(Guid.NewGuid()), Name = "Demo", Venue = VenueKind.Simulated, Currency = Currency.Cny, Source = Harness.Source, IsDemo = true, CreatedAt = EngineHarness.Wall };
        Then(Engine.CreateAccount(demo, new(1_000_000m, Currency.Cny), EngineHarness.Wall)).Problems.ShouldBeEmpty();
        Harness.Hold(demo.Id, Pta, longVolume: 4, longPrice: 5500);
        var rule = Harness.Rule(EngineHarness.NewRule(demo.Id, Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new Price(5520) });
        return (demo.Id, rule.Rule.Id);
    }

    private AccountView View(AccountId id) => Harness.Snapshot.Accounts.Single(view => view.Account.Id == id);

    /// <summary>Asks at 5600.</summary>
    private LockRule Rule() => _desk.Save(_desk.Price(5600) with { AutoExecute = false, ProfitLockRatio = new(0.5m) });

    private void Flatten()
    {
        Place(OrderPurpose.Close, Side.Long, 10).Problems.ShouldBeEmpty();
        Account.Positions.ShouldAllBe(position => position.IsFlat);
    }

    private OrderRequest Request(OrderPurpose purpose, Side side, decimal volume, decimal? limit = null) =>
        new(_desk.Account, Pta, purpose, side, new(volume), limit is null ? OrderType.Market : OrderType.Limit, limit is { } price ? new Price(price) : null);

    private Outcome<Order> Place(OrderPurpose purpose, Side side, decimal volume, decimal? limit = null) => Then(Engine.PlaceOrder(Request(purpose, side, volume, limit), EngineHarness.Wall));

    private Outcome<T> Then<T>(Outcome<T> outcome)
    {
        Harness.Commit();
        return outcome;
    }
}
