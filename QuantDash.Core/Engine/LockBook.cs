using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>All lock objects that are not over, and the pairs the trader declined to call locks.</summary>
internal sealed class LockBook(ChangeLog changes)
{
    private readonly Dictionary<Guid, PositionLock> _locks = [];
    private readonly Dictionary<(AccountId, Symbol), SortedDictionary<(DateTimeOffset, Guid), PositionLock>> _heldOf = [];
    private readonly Dictionary<(AccountId, Symbol), PositionLock> _declined = [];
    private readonly HashSet<(AccountId, Symbol)> _ended = [];
    private IReadOnlyList<PositionLock>? _held;

    /// <summary>Active and broken, in the order in which they were made. A picture: what changes later is not in it.</summary>
    public IReadOnlyList<PositionLock> Held => _held ??= InOrder(_locks.Values);

    public PositionLock? Find(Guid id) => _locks.GetValueOrDefault(id);

    /// <summary>Active and broken locks of one contract, oldest first.</summary>
    public IReadOnlyList<PositionLock> Of(AccountId account, Symbol symbol) => _heldOf.TryGetValue((account, symbol), out var held) ? [.. held.Values] : [];

    /// <summary>What of a contract's pair the trader declined to call a lock; there is one at most.</summary>
    public PositionLock? Declined(AccountId account, Symbol symbol) => _declined.GetValueOrDefault((account, symbol));

    public void Restore(PositionLock restored)
    {
        if (restored.Status == LockStatus.Unlocked) return;
        _locks.Add(restored.Id, restored);
        Sort(null, restored);
    }

    public void Save(PositionLock held)
    {
        var before = Find(held.Id);
        changes.Add(new JournalChange.LockSaved(held, before));
        if (held.Status == LockStatus.Unlocked) _locks.Remove(held.Id);
        else _locks[held.Id] = held;
        Sort(before, held);
        if (held.Status is LockStatus.Unlocked or LockStatus.Broken) _ended.Add((held.AccountId, held.Symbol));
    }

    /// <summary>Contracts of which a lock was let go, or broke, since this was last asked.</summary>
    public IReadOnlyList<(AccountId Account, Symbol Symbol)> TakeEnded()
    {
        if (_ended.Count == 0) return [];
        List<(AccountId, Symbol)> taken = [.. _ended];
        _ended.Clear();
        return taken;
    }

    /// <summary>Frozen profit of what both sides hold: its newest lots where one side holds more, since the oldest are let go first; null when an open price is
    /// unknown.</summary>
    public static decimal? FrozenOf(PositionLock held, AccountBook account, decimal multiplier)
    {
        var covered = held.Covered;
        if (covered.IsZero) return 0m;
        return (Cost(Side.Short) - Cost(Side.Long)) * multiplier;

        decimal? Cost(Side side) => account.Ledger.CostOf(Newest(held, side, covered));
    }

    private void Sort(PositionLock? before, PositionLock after)
    {
        _held = null;
        if (before is { Status: LockStatus.Declined }) _declined.Remove((before.AccountId, before.Symbol));
        if (after.Status == LockStatus.Declined) _declined[(after.AccountId, after.Symbol)] = after;
        if (!_heldOf.TryGetValue((after.AccountId, after.Symbol), out var held)) _heldOf.Add((after.AccountId, after.Symbol), held = []);
        if (before is not null) held.Remove((before.CreatedAt, before.Id));
        if (IsHeld(after)) held[(after.CreatedAt, after.Id)] = after;
    }

    private static bool IsHeld(PositionLock one) => one.Status is LockStatus.Active or LockStatus.Broken;

    private static IReadOnlyList<PositionLock> InOrder(IEnumerable<PositionLock> locks) =>
        [.. locks.Where(IsHeld).OrderBy(held => held.CreatedAt).ThenBy(held => held.Id)];

    private static IEnumerable<LotBinding> Newest(PositionLock held, Side side, Volume volume)
    {
        foreach (var binding in held.Bindings.Where(binding => binding.Side == side).Reverse())
        {
            var taken = Volume.Min(binding.Volume, volume);
            volume -= taken;
            if (!taken.IsZero) yield return binding with { Volume = taken };
        }
    }
}
