using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>One leg of a contract as it stands at one moment: its lots, oldest first, and the sums over them. Immutable.</summary>
public sealed class LegBook
{
    private Dictionary<Guid, int>? _places;

    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }

    /// <summary>Money per point and unit of volume.</summary>
    public required decimal Multiplier { get; init; }
    public required IReadOnlyList<Lot> Lots { get; init; }
    public Volume Volume { get; init; }
    public Volume TodayVolume { get; init; }
    public Volume YesterdayVolume => Volume - TodayVolume;

    /// <summary>What belongs to locks.</summary>
    public Volume LockedVolume { get; init; }
    public Volume FreeVolume => Volume - LockedVolume;

    /// <summary>Today's part of <see cref="FreeVolume"/>.</summary>
    public Volume FreeTodayVolume { get; init; }

    /// <summary>Σ open price × volume of all lots; null when one of them is unknown.</summary>
    public decimal? OpenCost { get; init; }

    /// <summary>Σ open price × volume of the free part of the lots; null when one of them is unknown.</summary>
    public decimal? FreeCost { get; init; }

    /// <summary>Σ mark basis × volume (CTP: PositionCost ÷ multiplier); null when one of them is unknown.</summary>
    public decimal? MarkCost { get; init; }

    /// <summary>How much a close would still be charged as close-today (DOMAIN.md 2.1).</summary>
    public Volume FeeTodayVolume { get; init; }

    /// <summary>When the oldest lot was opened; null when flat.</summary>
    public DateTimeOffset? OpenedAt => Lots.Count == 0 ? null : Lots[0].OpenedAt;

    /// <summary>开仓均价 of all lots; null when flat or unknown.</summary>
    public Price? AverageOpenPrice => OpenCost is { } cost && !Volume.IsZero ? new(cost / Volume.Value) : null;

    /// <summary>浮动盈亏 (逐笔) of all lots at <paramref name="mark"/>; zero when flat, null when the mark or an open price is unknown.</summary>
    public decimal? FloatingPnl(Price? mark) => PnlAgainst(OpenCost, mark);

    /// <summary>持仓盈亏 (盯市) of all lots at <paramref name="mark"/>; zero when flat, null when the mark or a basis is unknown.</summary>
    public decimal? HoldingPnl(Price? mark) => PnlAgainst(MarkCost, mark);

    /// <summary>Where a lot stands in <see cref="Lots"/>; null when it is not of this leg. Thousands of locks ask for theirs at once: none looks through the others' lots.</summary>
    public int? PlaceOf(Guid lotId) => (_places ??= Places()).TryGetValue(lotId, out var place) ? place : null;

    /// <summary>The sums over <paramref name="lots"/> on <paramref name="tradingDay"/>.</summary>
    public static LegBook Of(Symbol symbol, Side side, decimal multiplier, IReadOnlyList<Lot> lots, DateOnly? tradingDay)
    {
        decimal volume = 0, today = 0, locked = 0, freeToday = 0, feeToday = 0;
        decimal? open = 0, free = 0, mark = 0;
        foreach (var lot in lots)
        {
            volume += lot.Volume.Value;
            locked += lot.LockedVolume.Value;
            open += lot.OpenPrice?.Value * lot.Volume.Value;
            mark += lot.MarkBasis?.Value * lot.Volume.Value;
            if (!lot.FreeVolume.IsZero) free += lot.OpenPrice?.Value * lot.FreeVolume.Value;
            if (lot.AgeOn(tradingDay) != LotAge.Today) continue;
            today += lot.Volume.Value;
            freeToday += lot.FreeVolume.Value;
            feeToday += lot.Volume.Value - lot.FeeTodayUsed.Value;
        }
        return new()
        {
            Symbol = symbol,
            Side = side,
            Multiplier = multiplier,
            Lots = lots,
            Volume = new(volume),
            TodayVolume = new(today),
            LockedVolume = new(locked),
            FreeTodayVolume = new(freeToday),
            OpenCost = open,
            FreeCost = free,
            MarkCost = mark,
            FeeTodayVolume = new(feeToday),
        };
    }

    private Dictionary<Guid, int> Places()
    {
        var places = new Dictionary<Guid, int>(Lots.Count);
        for (var i = 0; i < Lots.Count; i++) places.Add(Lots[i].Id, i);
        return places;
    }

    private decimal? PnlAgainst(decimal? cost, Price? mark) =>
        Volume.IsZero ? 0m : ((mark?.Value * Volume.Value) - cost) * Multiplier * Side.Sign();
}
