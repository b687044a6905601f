using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>What a venue says one leg holds.</summary>
internal sealed record ToldLeg
{
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }
    public required Volume Volume { get; init; }

    /// <summary>Null: not told, ours is kept as far as the volume allows and what is new counts as older.</summary>
    public required Volume? Today { get; init; }

    /// <summary>Open price average; null: not told, ours is kept and what is new has none.</summary>
    public required Price? AverageOpenPrice { get; init; }
    public required DateOnly TradingDay { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required Price? PreviousSettlement { get; init; }

    /// <summary>How far averages may differ and still be the same: venues print a rounded one.</summary>
    public required decimal Tolerance { get; init; }
}

/// <summary>Brings the lots of a leg in step with what a venue says: re-dates, removes (oldest first, free before locked) and adds lots, then moves open
/// prices so that their average is the one told.</summary>
internal static class LegAdoption
{
    public static IReadOnlyList<Lot> Apply(IReadOnlyList<Lot> lots, ToldLeg told)
    {
        var (today, yesterday) = Targets(lots, told);
        lots = Redated(lots, told, LotAge.Today, Held(lots, told, LotAge.Today).Minus(today), yesterday.Minus(Held(lots, told, LotAge.Yesterday)));
        lots = Redated(lots, told, LotAge.Yesterday, Held(lots, told, LotAge.Yesterday).Minus(yesterday), today.Minus(Held(lots, told, LotAge.Today)));
        lots = Resized(lots, told, LotAge.Yesterday, yesterday);
        lots = Resized(lots, told, LotAge.Today, today);
        return told.AverageOpenPrice is { } average && lots.Count > 0 ? Priced(lots, told, average) : lots;
    }

    private static (Volume Today, Volume Yesterday) Targets(IReadOnlyList<Lot> lots, ToldLeg told)
    {
        if (told.Today is { } says)
        {
            var today = Volume.Min(says, told.Volume);
            return (today, told.Volume - today);
        }
        var ours = Held(lots, told, LotAge.Today);
        var older = Held(lots, told, LotAge.Yesterday);
        var left = older.Minus((ours + older).Minus(told.Volume));
        if (told.Volume >= ours + older) return (ours, told.Volume - ours);
        return (told.Volume - left, left);
    }

    private static Volume Held(IReadOnlyList<Lot> lots, ToldLeg told, LotAge age) =>
        new(lots.Where(lot => lot.AgeOn(told.TradingDay) == age).Sum(lot => lot.Volume.Value));

    /// <summary>Moves volume that has the wrong age for the venue to the other one.</summary>
    private static List<Lot> Redated(IReadOnlyList<Lot> lots, ToldLeg told, LotAge from, Volume tooMany, Volume missing)
    {
        var moving = Volume.Min(tooMany, missing);
        var after = new List<Lot>(lots.Count);
        foreach (var lot in lots)
        {
            var part = lot.AgeOn(told.TradingDay) == from ? Volume.Min(lot.Volume, moving) : Volume.Zero;
            moving -= part;
            if (part.IsZero) after.Add(lot);
            else if (part == lot.Volume) after.Add(Dated(lot, told, Other(from)));
            else after.AddRange(Split(lot, part, told, Other(from)));
        }
        return after;
    }

    private static IEnumerable<Lot> Split(Lot lot, Volume part, ToldLeg told, LotAge to)
    {
        var rest = lot.Volume - part;
        yield return lot with { Volume = rest, LockedVolume = Volume.Min(lot.LockedVolume, rest), FeeTodayUsed = Volume.Min(lot.FeeTodayUsed, rest) };
        yield return Dated(lot with { Id = LotIds.From($"{lot.Id}|{told.Now.UtcTicks}|{to}"), Volume = part, LockedVolume = Volume.Zero }, told, to);
    }

    private static Lot Dated(Lot lot, ToldLeg told, LotAge age) => lot with
    {
        OpenedOn = age == LotAge.Today ? told.TradingDay : told.TradingDay.AddDays(-1),
        MarkBasis = age == LotAge.Today ? lot.OpenPrice : told.PreviousSettlement ?? lot.MarkBasis,
        FeeTodayUsed = Volume.Zero,
    };

    private static IReadOnlyList<Lot> Resized(IReadOnlyList<Lot> lots, ToldLeg told, LotAge age, Volume target)
    {
        var held = Held(lots, told, age);
        if (held > target) return LotClosing.Without(lots, LotClosing.Pick(lots, held - target, age, told.TradingDay, includeLocked: true));
        return held < target ? [.. lots, Added(lots, told, age, target - held)] : lots;
    }

    private static Lot Added(IReadOnlyList<Lot> lots, ToldLeg told, LotAge age, Volume volume)
    {
        var ordinal = 1;
        Guid id;
        do id = LotIds.From($"{told.AccountId}|{told.Symbol}|{told.Side}|{told.Now.UtcTicks}|{age}|{ordinal++}");
        while (lots.Any(lot => lot.Id == id));
        var lot = new Lot
        {
            Id = id,
            AccountId = told.AccountId,
            Symbol = told.Symbol,
            Side = told.Side,
            OpenedOn = told.TradingDay,
            OpenedAt = told.Now,
            Volume = volume,
        };
        return Dated(lot, told, age);
    }

    private static IReadOnlyList<Lot> Priced(IReadOnlyList<Lot> lots, ToldLeg told, Price average)
    {
        var total = lots.Sum(lot => lot.Volume.Value);
        var unknown = lots.Where(lot => lot.OpenPrice is null).Sum(lot => lot.Volume.Value);
        var known = lots.Sum(lot => (lot.OpenPrice?.Value ?? 0m) * lot.Volume.Value);
        if (unknown > 0)
        {
            var solved = new Price(((average.Value * total) - known) / unknown);
            return Repriced(lots, told, average, lot => lot.OpenPrice ?? solved);
        }
        var off = average.Value - (known / total);
        return Math.Abs(off) <= told.Tolerance ? lots : Repriced(lots, told, average, lot => lot.OpenPrice!.Value + new Points(off));
    }

    /// <summary>Lots at their new open prices; all at the average where that would put one at or below zero.</summary>
    private static IReadOnlyList<Lot> Repriced(IReadOnlyList<Lot> lots, ToldLeg told, Price average, Func<Lot, Price> price)
    {
        var sane = lots.All(lot => price(lot).Value > 0);
        return [.. lots.Select(lot => At(lot, told, sane ? price(lot) : average))];
    }

    private static Lot At(Lot lot, ToldLeg told, Price price) =>
        lot with { OpenPrice = price, MarkBasis = lot.AgeOn(told.TradingDay) == LotAge.Today ? price : lot.MarkBasis };

    private static LotAge Other(LotAge age) => age == LotAge.Today ? LotAge.Yesterday : LotAge.Today;
}
