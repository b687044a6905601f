using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What a filled lock order leaves behind: lots bound to each other, the lock object, and for a rule's firing its execution.</summary>
internal sealed class LockKeeper(ChangeLog changes, BookKeeper keeper, LockBook locks, TriggerBook triggers)
{
    // A trade that is told late adds to one of them; it is looked for among as many orders.
    private const int Most = ClosedOrders.Most;
    private readonly Dictionary<Guid, LockExecution> _executions = [];
    private readonly Queue<Guid> _oldest = [];

    public void Restore(LockExecution execution) => Keep(execution);

    /// <summary>Locked profit of a trigger so far; null when unknown or nothing was filled.</summary>
    public decimal? LockedProfit(Guid triggerId) => _executions.GetValueOrDefault(triggerId)?.LockedProfit;

    /// <summary>Average price of what a trigger was filled at so far; null when nothing was.</summary>
    public Price? AveragePrice(Guid triggerId) => _executions.GetValueOrDefault(triggerId)?.LockPrice;

    /// <summary>A fill of a lock order: binds the protected lots, oldest first, to the lot it opened. All fills of one trigger or command grow one lock.</summary>
    /// <returns>The lock, and the open prices × volumes of what it took now; null when an open price is unknown.</returns>
    public (PositionLock Lock, decimal? Cost) OnFilled(AccountBook account, SymbolLane lane, Order order, Fill fill, FillBooked booked, Ratio ratio, DateTimeOffset now)
    {
        var side = fill.LegSide.Opposite();
        if (Standing(account, fill, booked) is { } standing) return Join(account, standing, order, fill, booked, side, now);
        var bound = Bind(account, fill, booked, side);
        var cost = account.Ledger.CostOf(bound.Where(binding => binding.Side == side));
        var frozen = cost is { } known ? ((fill.Price.Value * fill.Volume.Value) - known) * lane.Contract.Multiplier * side.Sign() : (decimal?)null;
        var id = DerivedId.OfLock(order.OriginId);
        var held = locks.Find(id) is { } earlier ? Grow(earlier, fill, booked, bound, frozen, now) : Make(id, order, fill, booked, bound, frozen, ratio, now);
        var protectedCost = account.Ledger.CostOf(held.Bindings.Where(binding => binding.Side == held.LockedSide));
        held = held with { ProtectedPrice = protectedCost is { } all && !held.Bound(held.LockedSide).IsZero ? new Price(all / held.Bound(held.LockedSide).Value) : null };
        if (held.UncoveredSide is not null) held = Broken(account, lane, held, now);
        locks.Save(held);
        return (held, cost);
    }

    /// <summary>A snapshot had told of the lot before its trade, and the trader called the pair a lock: nothing of it is left to bind.</summary>
    private PositionLock? Standing(AccountBook account, Fill fill, FillBooked booked)
    {
        if (booked.ChangedLots.FirstOrDefault(lot => lot.Id == booked.OpenedLotId) is not { FreeVolume.IsZero: true } opened) return null;
        return locks.Of(account.Id, fill.Symbol).FirstOrDefault(held => held.Bindings.Any(binding => binding.LotId == opened.Id));
    }

    private (PositionLock Lock, decimal? Cost) Join(AccountBook account, PositionLock standing, Order order, Fill fill, FillBooked booked, Side side, DateTimeOffset now)
    {
        var held = standing with { TriggerId = standing.TriggerId ?? order.TriggerId, Fees = standing.Fees + booked.Accounting.Fee, UpdatedAt = now };
        locks.Save(held);
        var protectedLots = held.Bindings.Where(binding => binding.Side == side).ToList();
        return (held, protectedLots.Count == 0 ? null : account.Ledger.CostOf(protectedLots) / held.Bound(side).Value * fill.Volume.Value);
    }

    /// <summary>The venue filled more than the leg had left to lock: what covers nothing is shown as that and can be closed from there.</summary>
    private PositionLock Broken(AccountBook account, SymbolLane lane, PositionLock held, DateTimeOffset now)
    {
        var perTick = held.UncoveredVolume.Value * lane.Contract.Multiplier * lane.Contract.PriceTick;
        changes.Tell(now, TapeSeverity.Danger, "lock.broken", new(account.Id, held.Symbol, held.Id), LockWords.Name(held.LockedSide), held.Volume.ToString(), held.UncoveredVolume.ToString(), LockWords.Money(perTick));
        return held with { Status = LockStatus.Broken, FrozenProfit = LockBook.FrozenOf(held, account, lane.Contract.Multiplier) };
    }

    /// <summary>Adds a fill to the execution of its trigger.</summary>
    /// <param name="averageBefore">Average open price of the leg's free lots before the fill: what the rule's profit was measured from.</param>
    public void Record(LockTrigger trigger, Guid lockId, SymbolLane lane, Fill fill, decimal fee, decimal? averageBefore, DateTimeOffset now)
    {
        var profit = (fill.Price.Value - averageBefore) * fill.Volume.Value * lane.Contract.Multiplier * trigger.Direction.Sign();
        AddToExecution(trigger, lockId, fill, fee, profit, now);
    }

    private void AddToExecution(LockTrigger trigger, Guid? lockId, Fill fill, decimal fee, decimal? profit, DateTimeOffset now)
    {
        var execution = _executions.TryGetValue(trigger.Id, out var earlier)
            ? earlier with
            {
                LockVolume = earlier.LockVolume + fill.Volume,
                LockPrice = Average(earlier.LockPrice, earlier.LockVolume, fill),
                LockedProfit = earlier.LockedProfit + profit,
                Fee = earlier.Fee + fee,
                ExecutedAt = now,
            }
            : NewExecution(trigger, lockId, fill, fee, profit, now);
        Keep(execution);
        changes.Add(new JournalChange.ExecutionSaved(execution));
    }

    private void Keep(LockExecution execution)
    {
        if (!_executions.ContainsKey(execution.TriggerId)) _oldest.Enqueue(execution.TriggerId);
        _executions[execution.TriggerId] = execution;
        if (_oldest.Count <= Most) return;
        var oldest = _oldest.Dequeue();
        if (triggers.Find(oldest) is { IsOpen: true }) _oldest.Enqueue(oldest);
        else _executions.Remove(oldest);
    }

    /// <summary>A firing closed lots: instead of locking them, or those of its lock.</summary>
    /// <returns>Their open price × volume; null when an open price is unknown.</returns>
    public decimal? RecordClose(LockTrigger trigger, SymbolLane lane, Fill fill, FillAccounting accounting, DateTimeOffset now)
    {
        AddToExecution(trigger, trigger.LockId, fill, accounting.Fee, accounting.RealisedPnl, now);
        return (fill.Price.Value * fill.Volume.Value) - (accounting.RealisedPnl / lane.Contract.Multiplier * trigger.Direction.Sign());
    }

    private List<LotBinding> Bind(AccountBook account, Fill fill, FillBooked booked, Side side)
    {
        var protectedLots = account.Ledger.BindLots(fill.Symbol, side, fill.Volume);
        var openedLots = account.Ledger.BindLots(fill.Symbol, side.Opposite(), fill.Volume, booked.OpenedLotId);
        keeper.SaveLots(account, protectedLots.ChangedLots, []);
        keeper.SaveLots(account, openedLots.ChangedLots, []);
        return [.. protectedLots.Bindings, .. openedLots.Bindings];
    }

    private static PositionLock Grow(PositionLock earlier, Fill fill, FillBooked booked, List<LotBinding> bound, decimal? frozen, DateTimeOffset now) => earlier with
    {
        Volume = earlier.Volume + fill.Volume,
        LockPrice = earlier.LockPrice is { } price ? Average(price, earlier.Volume, fill) : fill.Price,
        FrozenProfit = earlier.FrozenProfit + frozen,
        Fees = earlier.Fees + booked.Accounting.Fee,
        Bindings = [.. earlier.Bindings, .. bound],
        UpdatedAt = now,
    };

    private static PositionLock Make(Guid id, Order order, Fill fill, FillBooked booked, List<LotBinding> bound, decimal? frozen, Ratio ratio, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = fill.AccountId,
        Symbol = fill.Symbol,
        LockedSide = fill.LegSide.Opposite(),
        TriggerId = order.TriggerId,
        Status = LockStatus.Active,
        Volume = fill.Volume,
        Ratio = ratio,
        LockPrice = fill.Price,
        FrozenProfit = frozen,
        Fees = booked.Accounting.Fee,
        Bindings = bound,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static LockExecution NewExecution(LockTrigger trigger, Guid? lockId, Fill fill, decimal fee, decimal? profit, DateTimeOffset now) => new()
    {
        Id = DerivedId.Of(trigger.Id, 2),
        TriggerId = trigger.Id,
        LockId = lockId,
        AccountId = trigger.AccountId,
        Symbol = trigger.Symbol,
        Direction = trigger.Direction,
        LockVolume = fill.Volume,
        LockPrice = fill.Price,
        LockedProfit = profit,
        Fee = fee,
        Method = trigger.AutoExecute ? ExecutionMethod.Auto : ExecutionMethod.Manual,
        ExecutedAt = now,
    };

    private static Price Average(Price price, Volume volume, Fill fill) =>
        new(((price.Value * volume.Value) + (fill.Price.Value * fill.Volume.Value)) / (volume.Value + fill.Volume.Value));
}
