using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>A leg from which lots are taken out again that a snapshot had added: their own trade is about to be booked at <paramref name="price"/>.</summary>
internal sealed class LegUndo(IReadOnlyList<Lot> lots, Price price)
{
    private readonly List<Lot> _lots = [.. lots];

    public IReadOnlyList<Lot> Lots => _lots;

    /// <summary>What was bound of the lots that the trade's own lot replaces.</summary>
    public List<LotBinding> Moved { get; } = [];

    /// <summary>What was bound of other lots, which stood in for some that are not known.</summary>
    public List<LotBinding> LockedTaken { get; } = [];

    /// <returns>What the lot does not hold any more.</returns>
    public Volume Withdraw(Guid lotId, Volume volume)
    {
        var at = _lots.FindIndex(lot => lot.Id == lotId);
        if (at < 0) return volume;
        var lot = _lots[at];
        var here = Volume.Min(lot.Volume, volume);
        var locked = here.Minus(lot.FreeVolume);
        if (!locked.IsZero) Add(Moved, lot, locked);
        Shrink(at, here, locked, added: true);
        return volume - here;
    }

    /// <summary>Lots that nobody remembers (an older version of ours noted the volume alone): the oldest free ones, then bound ones.</summary>
    /// <returns>What the leg does not hold any more.</returns>
    public Volume WithdrawAny(Volume volume)
    {
        for (var at = 0; at < _lots.Count && !volume.IsZero;)
        {
            var here = Volume.Min(_lots[at].FreeVolume, volume);
            volume -= here;
            if (here.IsZero || !Shrink(at, here, Volume.Zero)) at++;
        }
        for (var at = 0; at < _lots.Count && !volume.IsZero;)
        {
            var here = Volume.Min(_lots[at].LockedVolume, volume);
            volume -= here;
            if (!here.IsZero) Add(LockedTaken, _lots[at], here);
            if (here.IsZero || !Shrink(at, here, here)) at++;
        }
        return volume;
    }

    /// <returns>Whether the lot is gone.</returns>
    private bool Shrink(int at, Volume volume, Volume locked, bool added = false)
    {
        var lot = _lots[at];
        if (lot.Volume == volume)
        {
            _lots.RemoveAt(at);
            return true;
        }
        var left = lot.Volume - volume;
        _lots[at] = (added ? Repriced(lot, volume) : lot) with { Volume = left, LockedVolume = lot.LockedVolume - locked, FeeTodayUsed = Volume.Min(lot.FeeTodayUsed, left) };
        return false;
    }

    /// <summary>An added lot's price is the average of all that it stands for: the rest gets what makes it so still.</summary>
    private Lot Repriced(Lot lot, Volume volume)
    {
        if (lot.OpenPrice is not { } open) return lot;
        var rest = new Price(((open.Value * lot.Volume.Value) - (price.Value * volume.Value)) / (lot.Volume - volume).Value);
        return rest.Value <= 0 ? lot : lot with { OpenPrice = rest, MarkBasis = lot.MarkBasis == lot.OpenPrice ? rest : lot.MarkBasis };
    }

    private static void Add(List<LotBinding> list, Lot lot, Volume volume)
    {
        var at = list.FindIndex(binding => binding.LotId == lot.Id);
        if (at < 0) list.Add(new(lot.Id, lot.Side, volume));
        else list[at] = list[at] with { Volume = list[at].Volume + volume };
    }
}
