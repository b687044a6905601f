using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>How the lots of an account differ after a step: what to save, what to remove, and what locks lost by it.</summary>
/// <param name="LockedTaken">Volume that belonged to locks and is gone: those locks are broken by that much.</param>
public sealed record LotChanges(IReadOnlyList<Lot> ChangedLots, IReadOnlyList<Guid> RemovedLots, IReadOnlyList<LotBinding> LockedTaken)
{
    public static LotChanges None { get; } = new([], [], []);

    public bool IsEmpty => ChangedLots.Count == 0 && RemovedLots.Count == 0;

    internal static LotChanges Between(IReadOnlyList<Lot> before, IReadOnlyList<Lot> after)
    {
        var now = after.ToDictionary(lot => lot.Id);
        var then = before.ToDictionary(lot => lot.Id);
        var taken = new List<LotBinding>();
        foreach (var lot in before)
        {
            var left = now.TryGetValue(lot.Id, out var same) ? same.LockedVolume : Volume.Zero;
            if (left < lot.LockedVolume) taken.Add(new(lot.Id, lot.Side, lot.LockedVolume - left));
        }
        return new(
            [.. after.Where(lot => !then.TryGetValue(lot.Id, out var old) || old != lot)],
            [.. before.Where(lot => !now.ContainsKey(lot.Id)).Select(lot => lot.Id)],
            taken);
    }

    internal LotChanges And(LotChanges other) =>
        new([.. ChangedLots, .. other.ChangedLots], [.. RemovedLots, .. other.RemovedLots], [.. LockedTaken, .. other.LockedTaken]);
}
