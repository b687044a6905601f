using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>紧急停止: 10 lots of PTA long at 5500.</summary>
public sealed class EmergencyTests
{
    private static readonly Symbol Pta = PtaDesk.Pta;
    private readonly PtaDesk _desk = new(10);

    public EmergencyTests() => _desk.Tick(5500);

    private EngineHarness Harness => _desk.Harness;
    private TradingEngine Engine => _desk.Harness.Engine;
    private PositionView Position => Harness.Snapshot.Accounts[0].Positions.ShouldHaveSingleItem();
    private string? Halted => Harness.Snapshot.Accounts[0].Account.Halt?.Reason;
    private IEnumerable<TapeEvent> Tape => Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event);

    [Fact]
    public void Stop_SurvivesAKill_UntilItIsResumed()
    {
        Stop(reason: "feed is wrong").Problems.ShouldBeEmpty();
        _desk.Kill();
        Halted.ShouldBe("feed is wrong");
        Place(OrderPurpose.Open, Side.Long, 1).Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Field.ShouldBe("account_id"), p => p.Code.ShouldBe("trading_halted"));
        Engine.Emergency.Resume(null, "looked", EngineHarness.Wall).Value.ShouldHaveSingleItem().Id.ShouldBe(_desk.Account);
        Harness.Commit();
        _desk.Kill();
        Halted.ShouldBeNull();
        Place(OrderPurpose.Open, Side.Long, 1).Problems.ShouldBeEmpty();
        Tape.Where(told => told.Key.StartsWith("emergency", StringComparison.Ordinal)).Select(told => (told.Key, told.Severity, told.Values[^1]))
            .ShouldBe([("emergency.stopped", TapeSeverity.Danger, "feed is wrong"), ("emergency.resumed", TapeSeverity.Warning, "looked")]);
    }

    [Fact]
    public void Stop_Twice_KeepsTheFirst_AndResumeNeedsOne()
    {
        Engine.Emergency.Resume(null, "", EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("not_halted");
        Stop(reason: "first").Problems.ShouldBeEmpty();
        Stop(reason: "second").Problems.ShouldBeEmpty();
        Halted.ShouldBe("first");
        Engine.Emergency.Stop(new(new(Guid.NewGuid()), EmergencyThen.None, ""), EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("unknown_account");
    }

    /// <summary>Opening the other side reduces, up to what the leg is more than it; one lot more does not.</summary>
    [Fact]
    public void Halted_Opening_MayReachTheOtherLegAndNoFurther()
    {
        Stop();
        Place(OrderPurpose.Open, Side.Short, 11).Problems.ShouldHaveSingleItem().Code.ShouldBe("trading_halted");
        Place(OrderPurpose.Open, Side.Short, 6, limit: 5700).Problems.ShouldBeEmpty();
        Place(OrderPurpose.Open, Side.Short, 5).Problems.ShouldHaveSingleItem().Code.ShouldBe("trading_halted", "the working order takes six of the ten");
        Place(OrderPurpose.Open, Side.Short, 4).Problems.ShouldBeEmpty();
        Position.NetVolume.ShouldBe(6);
        Place(OrderPurpose.Close, Side.Long, 2).Problems.ShouldBeEmpty();
        Engine.CancelOrder(Harness.Snapshot.Orders.ShouldHaveSingleItem().Id, EngineHarness.Wall).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Stop_CancelsWhatOpens_AndLeavesWhatCloses()
    {
        Place(OrderPurpose.Open, Side.Long, 3, limit: 5300);
        Place(OrderPurpose.Close, Side.Long, 2, limit: 5600);
        var plan = Stop().Value.Accounts.ShouldHaveSingleItem();
        plan.Cancels.ShouldHaveSingleItem().Purpose.ShouldBe(OrderPurpose.Open);
        plan.Steps.ShouldBeEmpty();
        Harness.Snapshot.Orders.ShouldHaveSingleItem().Purpose.ShouldBe(OrderPurpose.Close);
    }

    [Fact]
    public void Halted_LockRules_StayArmedAndLock()
    {
        _desk.Save(_desk.Price(5520));
        Stop();
        _desk.Tick(5524);
        _desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Executed);
        _desk.Locked.ShouldBe(10);
    }

    /// <summary>Both legs are strategies of their own: a lock of one beyond the other is new exposure.</summary>
    [Fact]
    public void Halted_LockOverAnIndependentLeg_IsNotSent()
    {
        Harness.Hold(_desk.Account, Pta, longVolume: 10, longPrice: 5500, shortVolume: 10, shortPrice: 5500);
        Engine.Locks.DeclinePair(_desk.Account, Pta, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Save(_desk.Price(5520) with { Opposite = OppositeLeg.Independent });
        Stop();
        _desk.Tick(5524);
        var trigger = _desk.Triggers.ShouldHaveSingleItem();
        (trigger.Status, trigger.ErrorMessage).ShouldBe((TriggerStatus.Failed, LockWords.TradingHalted));
        Position.Short.Volume.Value.ShouldBe(10);
    }

    [Fact]
    public void Halted_UnlockOfOneSide_IsRefused_AndOfBothIsNot()
    {
        Place(OrderPurpose.Lock, Side.Long, 10);
        Stop();
        var one = new UnlockRequest(_desk.Account, Pta, null, UnlockLegs.Short, new(4), OrderType.Market);
        Engine.Locks.Unlock(one, EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("trading_halted");
        Engine.Locks.Unlock(one with { Legs = UnlockLegs.Both }, EngineHarness.Wall).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void LockAll_TakesBackWhatWorks_AndMakesBothSidesEven()
    {
        Place(OrderPurpose.Close, Side.Long, 4, limit: 5600);
        Place(OrderPurpose.Open, Side.Short, 3);
        var plan = Preview(EmergencyThen.LockAll);
        plan.Accounts[0].Cancels.Count.ShouldBe(1);
        plan.Accounts[0].Steps.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            step => step.Kind.ShouldBe(EmergencyStepKind.Lock), step => step.Leg.ShouldBe(Side.Long), step => step.Volume.Value.ShouldBe(7), step => step.Blocked.ShouldBeNull());
        Stop(EmergencyThen.LockAll, shown: plan.Fingerprint).Problems.ShouldBeEmpty();
        (Position.Long.Volume.Value, Position.Short.Volume.Value, Position.NetVolume).ShouldBe((10m, 10m, 0m));
        Harness.Snapshot.Locks.ShouldHaveSingleItem().Covered.Value.ShouldBe(7);
        Harness.Snapshot.Orders.ShouldBeEmpty();
        Preview(EmergencyThen.LockAll).Accounts[0].Steps.ShouldBeEmpty("everything is locked");
        Harness.Snapshot.Accounts[0].Funds.Margin.ShouldBe(plan.Accounts[0].MarginAfter!.Value, 1);
    }

    /// <summary>Four locked by hand, six open beside them, and an order of its own in the way.</summary>
    [Fact]
    public void Flatten_UndoesLocksAndClosesTheRest()
    {
        Place(OrderPurpose.Lock, Side.Long, 4);
        Place(OrderPurpose.Close, Side.Long, 2, limit: 5600);
        var plan = Preview(EmergencyThen.Flatten);
        plan.Accounts[0].Steps.Select(step => (step.Kind, step.Leg, step.Volume.Value)).ShouldBe([(EmergencyStepKind.Unlock, null, 4m), (EmergencyStepKind.Close, Side.Long, 6m)]);
        plan.Accounts[0].MarginAfter.ShouldBe(0m);
        Stop(EmergencyThen.Flatten, shown: plan.Fingerprint).Problems.ShouldBeEmpty();
        Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
        (Harness.Snapshot.Locks.Count, Harness.Snapshot.Orders.Count).ShouldBe((0, 0));
        Tape.ShouldNotContain(told => told.Key == "emergency.left");
    }

    [Fact]
    public void Flatten_ThatIsNotWhatWasShown_DoesNothing()
    {
        var shown = Preview(EmergencyThen.Flatten).Fingerprint;
        _desk.Tick(5530);
        Preview(EmergencyThen.Flatten).Fingerprint.ShouldBe(shown, "prices move all the time");
        Place(OrderPurpose.Close, Side.Long, 1);
        Stop(EmergencyThen.Flatten).Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Field.ShouldBe("shown"), p => p.Code.ShouldBe("required"));
        Stop(EmergencyThen.Flatten, shown).Problems.ShouldHaveSingleItem().Code.ShouldBe("plan_changed");
        Halted.ShouldBeNull();
        Position.Long.Volume.Value.ShouldBe(9);
        Stop(EmergencyThen.Flatten, shown, force: true).Problems.ShouldBeEmpty();
        Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
    }

    [Fact]
    public void Flatten_WithoutAQuote_NamesTheLegAndTheReason()
    {
        var other = Symbol.Create("CZCE", "MA2701");
        Harness.Hold(_desk.Account, other, shortVolume: 3, shortPrice: 2400);
        var plan = Preview(EmergencyThen.Flatten);
        plan.Accounts[0].Steps.Select(step => (step.Symbol, step.Blocked)).ShouldBe([(other, "no_quote"), (Pta, null)]);
        Stop(EmergencyThen.Flatten, plan.Fingerprint).Problems.ShouldBeEmpty();
        Tape.Last(told => told.Key == "emergency.left").ShouldSatisfyAllConditions(told => told.Symbol.ShouldBe(other), told => told.Values.ShouldBe(["short", "3", "没有行情"]));
        Harness.Snapshot.Accounts[0].Positions.ShouldHaveSingleItem().Contract.Symbol.ShouldBe(other);
    }

    private EmergencyPlan Preview(EmergencyThen then) => Engine.Emergency.Preview(null, then).Value;

    private Outcome<EmergencyPlan> Stop(EmergencyThen then = EmergencyThen.None, string? shown = null, bool force = false, string reason = "") =>
        Then(Engine.Emergency.Stop(new(null, then, reason, shown, force), EngineHarness.Wall));

    private Outcome<Order> Place(OrderPurpose purpose, Side side, decimal volume, decimal? limit = null) =>
        Then(Engine.PlaceOrder(new(_desk.Account, Pta, purpose, side, new(volume), limit is null ? OrderType.Market : OrderType.Limit, limit is { } price ? new Price(price) : null), EngineHarness.Wall));

    private Outcome<T> Then<T>(Outcome<T> outcome)
    {
        Harness.Commit();
        return outcome;
    }
}
