using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>Which lots a close takes: the oldest first (先开先平), free ones before those that belong to locks (DOMAIN.md 2.1; the lock is our own object,
/// the exchange does not know it, and equity is the same whichever lot goes).</summary>
internal static class LotClosing
{
    /// <summary>Volume taken from one lot.</summary>
    internal readonly record struct Share(Lot Lot, Volume Free, Volume Locked)
    {
        public Volume Volume => Free + Locked;
    }

    /// <summary>Shares that make up <paramref name="volume"/>, or fewer when the lots do not hold that much: what is bound as <paramref name="first"/> says,
    /// then free volume, then what belongs to any lock.</summary>
    public static IReadOnlyList<Share> Pick(
        IReadOnlyList<Lot> lots, Volume volume, LotAge? takes, DateOnly? tradingDay, bool includeLocked, IReadOnlyList<LotBinding>? first = null)
    {
        var shares = new List<Share>();
        var missing = volume;
        foreach (var lot in lots)
        {
            if (takes is { } age && lot.AgeOn(tradingDay) != age) continue;
            var wanted = first is null ? 0m : first.Where(binding => binding.LotId == lot.Id).Sum(binding => binding.Volume.Value);
            var bound = Volume.Min(Volume.Min(lot.LockedVolume, new(wanted)), missing);
            missing -= bound;
            shares.Add(new(lot, Volume.Zero, bound));
        }
        for (var i = 0; i < shares.Count && !missing.IsZero; i++)
        {
            var free = Volume.Min(shares[i].Lot.FreeVolume, missing);
            missing -= free;
            shares[i] = shares[i] with { Free = free };
        }
        for (var i = 0; includeLocked && i < shares.Count && !missing.IsZero; i++)
        {
            var locked = Volume.Min(shares[i].Lot.LockedVolume - shares[i].Locked, missing);
            missing -= locked;
            shares[i] = shares[i] with { Locked = shares[i].Locked + locked };
        }
        shares.RemoveAll(share => share.Volume.IsZero);
        return shares;
    }

    /// <summary>The lots without the shares; empty ones are gone.</summary>
    public static IReadOnlyList<Lot> Without(IReadOnlyList<Lot> lots, IReadOnlyList<Share> shares)
    {
        var left = new List<Lot>(lots.Count);
        foreach (var lot in lots)
        {
            var share = shares.FirstOrDefault(s => s.Lot.Id == lot.Id);
            if (share.Lot is null) left.Add(lot);
            else if (lot.Volume > share.Volume) left.Add(Reduced(lot, share));
        }
        return left;
    }

    /// <summary>Notes how much of today's lots has been charged as close-today: always the volume of today less what may still be charged so.</summary>
    public static IReadOnlyList<Lot> WithFeeTodayUsed(IReadOnlyList<Lot> lots, Volume used, DateOnly? tradingDay)
    {
        var noted = new List<Lot>(lots.Count);
        foreach (var lot in lots)
        {
            if (lot.AgeOn(tradingDay) != LotAge.Today)
            {
                noted.Add(lot);
                continue;
            }
            var here = Volume.Min(lot.Volume, used);
            used -= here;
            noted.Add(lot.FeeTodayUsed == here ? lot : lot with { FeeTodayUsed = here });
        }
        return noted;
    }

    private static Lot Reduced(Lot lot, Share share)
    {
        var volume = lot.Volume - share.Volume;
        return lot with { Volume = volume, LockedVolume = lot.LockedVolume - share.Locked, FeeTodayUsed = Volume.Min(lot.FeeTodayUsed, volume) };
    }
}
