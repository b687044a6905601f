using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>What was bound: the lots that changed, and which volume of which lot now belongs to the lock. May be less than asked for when the leg
/// has no more free volume.</summary>
public sealed record LotsBound(IReadOnlyList<Lot> ChangedLots, IReadOnlyList<LotBinding> Bindings)
{
    public Volume Volume => new(Bindings.Sum(binding => binding.Volume.Value));
}

/// <summary>Binds lots to locks and lets them go again.</summary>
internal static class LotLocking
{
    /// <summary>Binds free volume, oldest lot first, or only from <paramref name="only"/>.</summary>
    public static (IReadOnlyList<Lot> Lots, IReadOnlyList<LotBinding> Bindings) Bind(IReadOnlyList<Lot> lots, Volume volume, Guid? only)
    {
        var after = new List<Lot>(lots.Count);
        var bindings = new List<LotBinding>();
        foreach (var lot in lots)
        {
            var bound = only is { } id && lot.Id != id ? Volume.Zero : Volume.Min(lot.FreeVolume, volume);
            volume -= bound;
            after.Add(bound.IsZero ? lot : lot with { LockedVolume = lot.LockedVolume + bound });
            if (!bound.IsZero) bindings.Add(new(lot.Id, lot.Side, bound));
        }
        return (after, bindings);
    }

    /// <summary>Lots that are gone already are passed over.</summary>
    public static IReadOnlyList<Lot> Release(IReadOnlyList<Lot> lots, IReadOnlyList<LotBinding> bindings)
    {
        var after = new List<Lot>(lots.Count);
        foreach (var lot in lots)
        {
            var released = new Volume(bindings.Where(binding => binding.LotId == lot.Id).Sum(binding => binding.Volume.Value));
            after.Add(released.IsZero ? lot : lot with { LockedVolume = lot.LockedVolume.Minus(released) });
        }
        return after;
    }
}
