using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>10 lots of PTA long at 5500, locked by hand at 5558; the short leg therefore from there (tick 2, 5 t a lot).</summary>
internal sealed class LockedDesk
{
    public LockedDesk(decimal balance = 10_000_000m)
    {
        Desk = new(10, balance: balance);
        Desk.Tick(5560);
        Harness.Engine.PlaceOrder(new(Desk.Account, PtaDesk.Pta, OrderPurpose.Lock, Side.Long, new(10), OrderType.Market, null), EngineHarness.Wall).Problems.ShouldBeEmpty();
        Harness.Commit();
        LockId = Held!.Id;
    }

    public PtaDesk Desk { get; }
    public EngineHarness Harness => Desk.Harness;
    public TradingEngine Engine => Desk.Harness.Engine;
    public Guid LockId { get; }
    public PositionLock? Held => Harness.Snapshot.Locks.SingleOrDefault();
    public PositionView Position => Harness.Snapshot.Accounts[0].Positions.ShouldHaveSingleItem();
    public (decimal Long, decimal Short, decimal Locked) Legs => (Position.Long.Volume.Value, Position.Short.Volume.Value, Held?.Covered.Value ?? 0m);
    public LockTrigger Trigger => Harness.Snapshot.Triggers.ShouldHaveSingleItem();
    public IEnumerable<TapeEvent> Tape => Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event);

    public IReadOnlyList<Order> UnlockOrders =>
    [
        .. Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Select(change => change.Order).Where(order => order.Purpose == OrderPurpose.Unlock)
            .GroupBy(order => order.Id).Select(versions => versions.Last()).OrderBy(order => order.Child),
    ];

    /// <summary>Closes a leg of the lock at a price in that leg's favour.</summary>
    public LockRule Target(Side leg, decimal price) => Rule(leg, TriggerType.Price) with { TriggerPrice = new Price(price) };

    /// <summary>Closes a leg of the lock at a price against it.</summary>
    public LockRule Stop(Side leg, decimal price) => Rule(leg, TriggerType.Price) with { StopLossPrice = new Price(price) };

    public LockRule Trailing(Side leg, decimal distance) => Rule(leg, TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = distance };

    public LockRule Rule(Side leg, TriggerType type) => EngineHarness.NewRule(Desk.Account, PtaDesk.Pta, leg, type) with { Action = LockAction.Unlock };

    public LockRule Save(LockRule rule) => Desk.Save(rule);

    public Problem Refused(LockRule rule) => Engine.SaveRule(rule, EngineHarness.Wall).Problems.ShouldHaveSingleItem();

    public RuleView View(LockRule rule) => Harness.Snapshot.Rules.Single(view => view.Rule.Id == rule.Id);

    public void UnlockByHand(UnlockLegs legs, decimal? volume = null)
    {
        Engine.Locks.Unlock(new(Desk.Account, PtaDesk.Pta, LockId, legs, volume is { } lots ? new(lots) : null, OrderType.Market), EngineHarness.Wall).Problems.ShouldBeEmpty();
        Harness.Commit();
    }
}
