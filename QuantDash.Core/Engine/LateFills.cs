using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What snapshots changed without a trade to explain it, lot by lot, until the trade is told (<see cref="LateBooking"/>).</summary>
internal sealed class LateFills(ChangeLog changes, LockBook locks)
{
    // A desk whose trades elsewhere are never told would remember them for ever.
    private const int Most = 256;

    /// <summary>Remembers which lots a snapshot added to a leg, or took from it.</summary>
    /// <returns>Locks whose lots are gone as far as their own working unlocks explain: they are not broken.</returns>
    public IReadOnlyList<Guid> Remember(AccountBook account, Symbol symbol, Side side, DateTimeOffset takenAt, IReadOnlyList<Lot> before, IReadOnlyList<Lot> after)
    {
        var change = after.Sum(lot => lot.Volume.Value) - before.Sum(lot => lot.Volume.Value);
        if (change == 0) return [];
        var lots = change > 0 ? Added(before, after, new(change), takenAt) : Removed(account, symbol, side, before, after, new(-change), takenAt);
        var key = (symbol, side, Added: change > 0);
        Put(account, key, [.. Of(account, key), .. lots]);
        return [.. lots.Select(lot => lot.LockId).OfType<Guid>().Distinct()];
    }

    /// <summary>A close took more than we ever saw opened: what was made up for it is explained when its opening is told.</summary>
    public void RememberMadeUp(AccountBook account, Lot lot, Volume volume, DateTimeOffset closedAt)
    {
        var key = (lot.Symbol, lot.Side, Added: true);
        Put(account, key, [.. Of(account, key), new() { LotId = lot.Id, TakenAt = closedAt, Volume = volume }]);
    }

    /// <summary>How much of a trade that is told now a snapshot has counted already.</summary>
    public static Volume AlreadyCounted(AccountBook account, Symbol symbol, Side side, bool opens, Volume volume, DateTimeOffset notBefore) =>
        Volume.Min(volume, new(Of(account, (symbol, side, opens)).Where(lot => notBefore <= lot.TakenAt).Sum(lot => lot.Volume.Value)));

    public static IReadOnlyList<UnexplainedLot> Of(AccountBook account, (Symbol, Side, bool) key) => account.Unexplained.GetValueOrDefault(key, []);

    /// <summary>Takes what a trade explains out of memory: of snapshots that were taken after it, the earliest first.</summary>
    /// <param name="unlocking">The lock whose unlock the trade belongs to: its lots go first, those that wait for other unlocks last.</param>
    public List<UnexplainedLot> Explain(AccountBook account, (Symbol Symbol, Side Side, bool Added) key, Volume volume, DateTimeOffset notBefore, Guid? unlocking)
    {
        var explained = new List<UnexplainedLot>();
        var left = Of(account, key).ToList();
        foreach (var lot in left.Where(lot => notBefore <= lot.TakenAt).OrderBy(lot => lot.LockId is { } id ? id == unlocking ? 0 : 2 : 1).ToList())
        {
            if (volume.IsZero) break;
            var taken = Volume.Min(lot.Volume, volume);
            volume -= taken;
            explained.Add(lot with { Volume = taken, FeeTodayUsed = Volume.Min(lot.FeeTodayUsed, taken) });
            var at = left.IndexOf(lot);
            left.RemoveAt(at);
            if (lot.Volume > taken) left.Insert(at, lot with { Volume = lot.Volume - taken, FeeTodayUsed = lot.FeeTodayUsed.Minus(taken) });
        }
        if (explained.Count > 0) Put(account, key, left);
        return explained;
    }

    /// <summary>The lock is broken or over: nothing waits for it any more.</summary>
    public void GiveUp(AccountBook account, PositionLock held)
    {
        foreach (var side in (Side[])[Side.Long, Side.Short])
        {
            var key = (held.Symbol, side, Added: false);
            var lots = Of(account, key);
            if (lots.Any(lot => lot.LockId == held.Id)) Put(account, key, [.. lots.Select(lot => lot.LockId == held.Id ? lot with { LockId = null } : lot)]);
        }
    }

    public void Put(AccountBook account, (Symbol Symbol, Side Side, bool Added) key, IReadOnlyList<UnexplainedLot> lots)
    {
        if (lots.Count > Most) lots = [.. lots.Skip(lots.Count - Most)];
        var takenAt = lots.Count > 0 ? lots.Max(lot => lot.TakenAt) : Of(account, key).Select(lot => lot.TakenAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
        if (lots.Count == 0) account.Unexplained.Remove(key);
        else account.Unexplained[key] = lots;
        changes.Add(new JournalChange.UnexplainedSaved(new(account.Id, key.Symbol, key.Side, key.Added, takenAt, new(lots.Sum(lot => lot.Volume.Value))) { Lots = lots }));
    }

    private static List<UnexplainedLot> Added(IReadOnlyList<Lot> before, IReadOnlyList<Lot> after, Volume change, DateTimeOffset takenAt)
    {
        var known = before.Select(lot => lot.Id).ToHashSet();
        var added = new List<UnexplainedLot>();
        // A lot that was only dated anew was split off an older one.
        foreach (var lot in after.Where(lot => !known.Contains(lot.Id)).OrderByDescending(lot => lot.OpenedAt))
        {
            var here = Volume.Min(lot.Volume, change);
            change -= here;
            if (!here.IsZero) added.Add(new() { LotId = lot.Id, TakenAt = takenAt, Volume = here });
        }
        if (!change.IsZero) added.Add(new() { LotId = Guid.Empty, TakenAt = takenAt, Volume = change });
        return added;
    }

    private List<UnexplainedLot> Removed(
        AccountBook account, Symbol symbol, Side side, IReadOnlyList<Lot> before, IReadOnlyList<Lot> after, Volume change, DateTimeOffset takenAt)
    {
        var now = after.ToDictionary(lot => lot.Id);
        var bound = Bound(account, symbol, side, before, now);
        var removed = new List<UnexplainedLot>();
        foreach (var lot in before)
        {
            var left = now.GetValueOrDefault(lot.Id);
            var gone = Volume.Min(lot.Volume.Minus(left?.Volume ?? Volume.Zero), change);
            change -= gone;
            var fee = lot.FeeTodayUsed.Minus(left?.FeeTodayUsed ?? Volume.Zero);
            foreach (var (lockId, locked) in bound.GetValueOrDefault(lot.Id, []))
            {
                var here = Volume.Min(locked, gone);
                gone -= here;
                Add(lot, here, lockId);
            }
            Add(lot, gone, null);

            void Add(Lot of, Volume volume, Guid? lockId)
            {
                if (volume.IsZero) return;
                var used = Volume.Min(fee, volume);
                fee -= used;
                removed.Add(new()
                {
                    LotId = of.Id, TakenAt = takenAt, Volume = volume, OpenedOn = of.OpenedOn, OpenedAt = of.OpenedAt, OpenPrice = of.OpenPrice, MarkBasis = of.MarkBasis,
                    FeeTodayUsed = used, LockId = lockId,
                });
            }
        }
        return removed;
    }

    /// <summary>Of every lot what was taken from locks whose own unlock, still at work, explains all that they miss.</summary>
    private Dictionary<Guid, List<(Guid LockId, Volume Volume)>> Bound(AccountBook account, Symbol symbol, Side side, IReadOnlyList<Lot> before, Dictionary<Guid, Lot> now)
    {
        var taken = before.ToDictionary(lot => lot.Id, lot => lot.LockedVolume.Minus(now.GetValueOrDefault(lot.Id)?.LockedVolume ?? Volume.Zero));
        var bound = new Dictionary<Guid, List<(Guid, Volume)>>();
        foreach (var held in locks.Of(account.Id, symbol))
        {
            var shares = new List<(Guid LotId, Volume Volume)>();
            foreach (var binding in held.Bindings.Where(binding => binding.Side == side))
            {
                var here = Volume.Min(taken.GetValueOrDefault(binding.LotId), binding.Volume);
                if (here.IsZero) continue;
                taken[binding.LotId] -= here;
                shares.Add((binding.LotId, here));
            }
            var missing = new Volume(shares.Sum(share => share.Volume.Value)) + account.Awaited(symbol, side, held.Id);
            if (held is not { Status: LockStatus.Active, Unlocking: not null } || missing > account.WorkingOf(held.Id, side)) continue;
            foreach (var (lotId, volume) in shares)
            {
                if (!bound.TryGetValue(lotId, out var list)) bound.Add(lotId, list = []);
                list.Add((held.Id, volume));
            }
        }
        return bound;
    }
}
