using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>One order of an unlock: the leg it closes, its flag, and which bound lots it takes.</summary>
public sealed record UnlockPart(Guid LockId, Side Leg, Offset Offset, Volume Volume, IReadOnlyList<LotBinding> Lots);

/// <summary>Says which orders let go of a lock's lots: the oldest first, with the flag their age needs (DOMAIN.md 2.1).</summary>
public static class UnlockPlanner
{
    /// <summary>As few orders as the exchange needs for <paramref name="volume"/> of the lots that <paramref name="held"/> binds on one side; less when it binds less.</summary>
    /// <param name="book">That leg as it stands.</param>
    /// <param name="tradingDay">What "today" means.</param>
    public static IReadOnlyList<UnlockPart> Plan(PositionLock held, Side leg, Volume volume, LegBook book, ContractTerms terms, DateOnly? tradingDay)
    {
        var parts = new List<UnlockPart>(2);
        foreach (var (lot, taken) in Oldest(held, leg, volume, book))
        {
            var offset = OffsetOf(lot, terms, tradingDay);
            var binding = new LotBinding(lot.Id, leg, taken);
            if (parts.Count > 0 && parts[^1].Offset == offset) parts[^1] = With(parts[^1], binding);
            else parts.Add(new(held.Id, leg, offset, taken, [binding]));
        }
        return parts;
    }

    /// <summary>The bound lots of one side in the order in which they are let go.</summary>
    public static IEnumerable<(Lot Lot, Volume Volume)> Oldest(PositionLock held, Side leg, Volume volume, LegBook book)
    {
        foreach (var (place, bound) in Bound(held, book))
        {
            var lot = book.Lots[place];
            var taken = Volume.Min(bound, volume);
            if (taken.IsZero) continue;
            volume -= taken;
            yield return (lot, taken);
        }
    }

    private static IEnumerable<(int Place, Volume Volume)> Bound(PositionLock held, LegBook book) =>
        from binding in held.Bindings
        let place = book.PlaceOf(binding.LotId)
        where place is not null
        group binding.Volume.Value by place.Value into lot
        orderby lot.Key
        select (lot.Key, new Volume(lot.Sum()));

    private static Offset OffsetOf(Lot lot, ContractTerms terms, DateOnly? tradingDay) =>
        !terms.DistinguishesToday ? Offset.Close : lot.AgeOn(tradingDay) == LotAge.Today ? Offset.CloseToday : Offset.CloseYesterday;

    private static UnlockPart With(UnlockPart part, LotBinding binding) => part with { Volume = part.Volume + binding.Volume, Lots = [.. part.Lots, binding] };
}
