using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>All lock objects that are not over, and the pairs the trader declined to call locks.</summary>
internal sealed class LockBook(ChangeLog changes)
{
    private readonly Dictionary<Guid, PositionLock> _locks = [];
    private readonly Dictionary<(AccountId, Symbol), IReadOnlyList<PositionLock>> _heldOf = [];
    private IReadOnlyList<PositionLock>? _held;

    /// <summary>Active and broken, in the order in which they were made. A picture: what changes later is not in it.</summary>
    public IReadOnlyList<PositionLock> Held => _held ??= InOrder(_locks.Values);

    public PositionLock? Find(Guid id) => _locks.GetValueOrDefault(id);

    /// <summary>Active and broken locks of one contract, oldest first.</summary>
    public IReadOnlyList<PositionLock> Of(AccountId account, Symbol symbol) => _heldOf.GetValueOrDefault((account, symbol), []);

    public PositionLock? Declined(AccountId account, Symbol symbol) =>
        _locks.Values.FirstOrDefault(held => held.Status == LockStatus.Declined && held.AccountId == account && held.Symbol == symbol);

    public void Restore(PositionLock restored)
    {
        if (restored.Status == LockStatus.Unlocked) return;
        _locks.Add(restored.Id, restored);
        Sort(restored);
    }

    public void Save(PositionLock held)
    {
        changes.Add(new JournalChange.LockSaved(held, Find(held.Id)));
        if (held.Status == LockStatus.Unlocked) _locks.Remove(held.Id);
        else _locks[held.Id] = held;
        Sort(held);
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

    private void Sort(PositionLock changed)
    {
        _held = null;
        var contract = (changed.AccountId, changed.Symbol);
        var others = Of(changed.AccountId, changed.Symbol).Where(held => held.Id != changed.Id);
        _heldOf[contract] = InOrder(_locks.ContainsKey(changed.Id) ? others.Append(changed) : others);
    }

    private static IReadOnlyList<PositionLock> InOrder(IEnumerable<PositionLock> locks) =>
        [.. locks.Where(held => held.Status is LockStatus.Active or LockStatus.Broken).OrderBy(held => held.CreatedAt).ThenBy(held => held.Id)];

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
