using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>All lock objects that are not over, and the pairs the trader declined to call locks.</summary>
internal sealed class LockBook(ChangeLog changes)
{
    private readonly Dictionary<Guid, PositionLock> _locks = [];

    /// <summary>Active and broken, in the order in which they were made.</summary>
    public IEnumerable<PositionLock> Held => _locks.Values.Where(held => held.Status is LockStatus.Active or LockStatus.Broken).OrderBy(held => held.CreatedAt).ThenBy(held => held.Id);

    public PositionLock? Find(Guid id) => _locks.GetValueOrDefault(id);

    /// <summary>Active and broken locks of one contract, oldest first.</summary>
    public IReadOnlyList<PositionLock> Of(AccountId account, Symbol symbol) => [.. Held.Where(held => held.AccountId == account && held.Symbol == symbol)];

    public PositionLock? Declined(AccountId account, Symbol symbol) =>
        _locks.Values.FirstOrDefault(held => held.Status == LockStatus.Declined && held.AccountId == account && held.Symbol == symbol);

    public void Restore(PositionLock restored)
    {
        if (restored.Status != LockStatus.Unlocked) _locks.Add(restored.Id, restored);
    }

    public void Save(PositionLock held)
    {
        changes.Add(new JournalChange.LockSaved(held, Find(held.Id)));
        if (held.Status == LockStatus.Unlocked) _locks.Remove(held.Id);
        else _locks[held.Id] = held;
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
