using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Hands what becomes of an order to whoever it was for: a trigger, a lock, an unlock; and sees to locks whose lots a fill took.</summary>
internal sealed class FillRouter(ChangeLog changes, TriggerDesk triggers, LockKeeper keeper, LockBook locks, LockShrinker shrinker, UnlockDesk unlocks, PairDesk pairs, RuleBook rules, LegFit fit, ReplaceDesk replace, HeldDesk held, StrategyLedgerDesk strategies) : IOrderFollower
{
    public IReadOnlyList<LotBinding>? LotsFor(Order order) => shrinker.LotsFor(order);

    public void OnFilled(AccountBook account, SymbolLane lane, Order order, Fill fill, FillBooked booked, DateTimeOffset now)
    {
        var taken = booked.LockedTaken;
        if (order.Purpose == OrderPurpose.Unlock) taken = shrinker.OnUnlockFilled(account, lane, order, fill, booked, now);
        if (!triggers.OnFilled(account, order, fill, booked, now) && order.Purpose == OrderPurpose.Lock) OnLockFilled(account, lane, order, fill, booked, now);
        if (order is { TriggerId: null, Purpose: OrderPurpose.Open or OrderPurpose.Close }) Tell(order, TapeSeverity.Info, "order.filled", now, fill.Volume.ToString(), fill.Price.ToString());
        if (taken.Count > 0) shrinker.Break(account, lane, taken, now);
        pairs.Notice(account, order.Symbol, now);
        rules.RefreshLegs(order.AccountId, order.Symbol, now);
        if (order.StrategyId is not null) strategies.OnFilled(order, fill, booked);
        if (order.TriggerId is null) fit.Fit(order.AccountId, order.Symbol, now);
    }

    public void OnClosed(Order order, bool wasAskedFor, PendingChange? change, DateTimeOffset now)
    {
        if (order is { TriggerId: null, State: OrderState.Rejected, Purpose: not OrderPurpose.Unlock }) Tell(order, TapeSeverity.Warning, "order.rejected", now, order.Reason ?? "");
        // First: a firing that unlocks sends its next order only after the lock has settled.
        unlocks.OnClosed(order, now);
        triggers.OnClosed(order, now);
        if (change is not null) replace.OnClosed(order, change, now);
        held.OnClosed(order, wasAskedFor, now);
        if (order.StrategyId is not null) strategies.OnClosed(order);
    }

    private void Tell(Order order, TapeSeverity severity, string key, DateTimeOffset now, params string[] values) =>
        changes.Tell(now, severity, key, new(order.AccountId, order.Symbol, order.OriginId), [order.Id.Value, .. values]);

    private void OnLockFilled(AccountBook account, SymbolLane lane, Order order, Fill fill, FillBooked booked, DateTimeOffset now)
    {
        if (locks.Find(order.OriginId) is { } broken) shrinker.OnRelockFilled(account, lane, broken, fill, booked, now);
        else keeper.OnFilled(account, lane, order, fill, booked, Ratio.One, now);
    }
}
