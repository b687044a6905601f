using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Locks that become smaller: unlocked by their own orders, broken by whatever else took their lots, made whole again.</summary>
internal sealed class LockShrinker(ChangeLog changes, BookKeeper keeper, LockBook locks, LateFills late)
{
    /// <summary>What a fill of an unlock takes before any other lot; null: the order belongs to no lock that still stands.</summary>
    public IReadOnlyList<LotBinding>? LotsFor(Order order) =>
        order.Purpose == OrderPurpose.Unlock && locks.Find(order.OriginId) is { } held ? [.. held.Bindings.Where(binding => binding.Side == order.LegSide)] : null;

    /// <summary>A fill of an unlock, or of the close of what a broken lock no longer covers: its lots are gone, and the other side lets go as much.</summary>
    /// <returns>What it took from other locks.</returns>
    public IReadOnlyList<LotBinding> OnUnlockFilled(AccountBook account, SymbolLane lane, Order order, Fill fill, FillBooked booked, DateTimeOffset now)
    {
        if (locks.Find(order.OriginId) is not { } held) return booked.LockedTaken;
        var (bindings, others) = Without(held.Bindings, booked.LockedTaken);
        var after = held with
        {
            Bindings = bindings,
            RealisedProfit = held.RealisedProfit + booked.Accounting.RealisedPnl,
            Fees = held.Fees + booked.Accounting.Fee,
        };
        Settle(account, lane, held, after, now);
        changes.Tell(now, TapeSeverity.Info, "unlock.filled", new(account.Id, order.Symbol, held.Id), LockWords.Name(fill.LegSide), fill.Volume.ToString(), fill.Price.ToString());
        return others;
    }

    /// <summary>A fill of the order that opens again what a broken lock lost.</summary>
    public void OnRelockFilled(AccountBook account, SymbolLane lane, PositionLock held, Fill fill, FillBooked booked, DateTimeOffset now)
    {
        var bound = account.Ledger.BindLots(fill.Symbol, fill.LegSide, Volume.Min(fill.Volume, held.Bound(fill.LegSide.Opposite()).Minus(held.Bound(fill.LegSide))), booked.OpenedLotId);
        keeper.SaveLots(account, bound.ChangedLots, []);
        Settle(account, lane, held, held with { Bindings = [.. held.Bindings, .. bound.Bindings], Fees = held.Fees + booked.Accounting.Fee }, now);
    }

    /// <summary>The end of an unlock, whole or not: what nothing will close any more is let go.</summary>
    public void EndUnlock(AccountBook account, SymbolLane lane, PositionLock held, DateTimeOffset now) => Settle(account, lane, held, held with { Unlocking = null }, now);

    /// <summary>Lots of locks were taken by something else. A leg that still holds as much lends them others; one that does not leaves its locks broken.</summary>
    /// <param name="awaited">Locks whose own unlocks explain what is gone: they stand as they are until the fills are told.</param>
    public void Break(AccountBook account, SymbolLane lane, IReadOnlyList<LotBinding> taken, DateTimeOffset now, IReadOnlySet<Guid>? awaited = null)
    {
        foreach (var held in locks.Of(account.Id, lane.Symbol))
        {
            if (taken.Count == 0) return;
            var (bindings, rest) = Without(held.Bindings, taken);
            taken = rest;
            if (bindings.Count == held.Bindings.Count && bindings.SequenceEqual(held.Bindings)) continue;
            if (awaited?.Contains(held.Id) == true)
            {
                locks.Save(held with { Bindings = bindings, UpdatedAt = now });
                continue;
            }
            var after = held with { Bindings = Borrow(account, held, bindings) };
            Settle(account, lane, held, after.UncoveredSide is null ? after : after with { Status = LockStatus.Broken, Unlocking = null }, now);
        }
    }

    private List<LotBinding> Borrow(AccountBook account, PositionLock held, List<LotBinding> bindings)
    {
        foreach (var side in (Side[])[Side.Long, Side.Short])
        {
            var missing = held.Bound(side).Minus(new(bindings.Where(binding => binding.Side == side).Sum(binding => binding.Volume.Value)));
            if (missing.IsZero) continue;
            var lent = account.Ledger.BindLots(held.Symbol, side, missing);
            keeper.SaveLots(account, lent.ChangedLots, []);
            bindings.AddRange(lent.Bindings);
        }
        return bindings;
    }

    /// <summary>Lets go what one side holds more than the other unless the lock is broken or orders will still close it, and writes down where that leaves it.</summary>
    private void Settle(AccountBook account, SymbolLane lane, PositionLock before, PositionLock after, DateTimeOffset now)
    {
        var waiting = after is { Status: LockStatus.Active, UncoveredSide: { } strong } ? Volume.Min(after.UncoveredVolume, account.Awaited(after.Symbol, strong.Opposite(), after.Id)) : Volume.Zero;
        if (after.Status == LockStatus.Active && after.UncoveredSide is { } side)
        {
            // What was to explain it came to nothing: its lots were closed by something else.
            var inVain = !waiting.IsZero && account.WorkingOf(after.Id, side.Opposite()).IsZero;
            after = inVain ? after with { Status = LockStatus.Broken, Unlocking = null } : LetGo(account, after, side, waiting);
        }
        var gone = before.Covered.Minus(after.Covered);
        var whole = after.UncoveredSide is null;
        after = after with
        {
            Status = !whole ? after.Status : after.Covered.IsZero && after.Unlocking is null ? LockStatus.Unlocked : LockStatus.Active,
            Volume = after.Status == LockStatus.Broken && !whole ? after.Volume : after.Covered + waiting,
            UnlockedVolume = after.UnlockedVolume + gone,
            FrozenProfit = LockBook.FrozenOf(after, account, lane.Contract.Multiplier),
            UpdatedAt = now,
        };
        locks.Save(after);
        if (after.Status != LockStatus.Active) late.GiveUp(account, after);
        account.Unsaved.Add(after.Symbol);
        Tell(before, after, lane, now);
    }

    private PositionLock LetGo(AccountBook account, PositionLock held, Side side, Volume waiting)
    {
        var promised = account.WorkingOf(held.Id, side) + new Volume(held.Unlocking?.Steps.Where(step => step.Leg == side).Sum(step => step.Volume.Value) ?? 0m);
        var excess = held.UncoveredVolume.Minus(promised + waiting);
        if (excess.IsZero) return held;
        var released = UnlockPlanner.Oldest(held, side, excess, account.Ledger.Leg(held.Symbol, side)).Select(item => new LotBinding(item.Lot.Id, side, item.Volume)).ToList();
        keeper.SaveLots(account, account.Ledger.ReleaseLots(released), []);
        return held with { Bindings = Without(held.Bindings, released).Bindings };
    }

    private void Tell(PositionLock before, PositionLock after, SymbolLane lane, DateTimeOffset now)
    {
        var about = new Subject(after.AccountId, after.Symbol, after.Id);
        if (after.Status == LockStatus.Broken && (before.Status != LockStatus.Broken || before.UncoveredVolume < after.UncoveredVolume))
        {
            var perTick = after.UncoveredVolume.Value * lane.Contract.Multiplier * lane.Contract.PriceTick;
            changes.Tell(now, TapeSeverity.Danger, "lock.broken", about, LockWords.Name(after.LockedSide), after.Volume.ToString(), after.UncoveredVolume.ToString(), LockWords.Money(perTick));
        }
        else if (before.Status == LockStatus.Broken && after.Status == LockStatus.Active)
        {
            changes.Tell(now, TapeSeverity.Success, "lock.whole", about, LockWords.Name(after.LockedSide), after.Volume.ToString());
        }
        if (after.Status == LockStatus.Unlocked)
            changes.Tell(now, TapeSeverity.Success, "lock.unlocked", about, LockWords.Name(after.LockedSide), after.UnlockedVolume.ToString(), LockWords.Money(after.RealisedProfit));
    }

    private static (List<LotBinding> Bindings, List<LotBinding> Left) Without(IReadOnlyList<LotBinding> bindings, IReadOnlyList<LotBinding> taken)
    {
        var left = new List<LotBinding>(bindings.Count);
        var rest = taken.ToList();
        foreach (var binding in bindings)
        {
            var at = rest.FindIndex(lost => lost.LotId == binding.LotId);
            var here = at < 0 ? Volume.Zero : Volume.Min(rest[at].Volume, binding.Volume);
            if (at >= 0) rest[at] = rest[at] with { Volume = rest[at].Volume - here };
            rest.RemoveAll(lost => lost.Volume.IsZero);
            if (binding.Volume > here) left.Add(binding with { Volume = binding.Volume - here });
        }
        return (left, rest);
    }
}
