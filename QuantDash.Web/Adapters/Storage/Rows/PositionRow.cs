using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>positions</c>: one row per account and symbol for those who read with SQL. The truth is in <c>lots</c>.</summary>
internal sealed class PositionRow
{
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }

    /// <summary>long, short, both or flat.</summary>
    public required string Direction { get; set; }
    public decimal LongPosition { get; set; }
    public decimal LongToday { get; set; }
    public decimal? LongAvgPrice { get; set; }
    public decimal? LongProfit { get; set; }
    public decimal LongMargin { get; set; }
    public DateTimeOffset? LongOpenTime { get; set; }

    /// <summary>Wholly locked; part of it is <see cref="LongLockedVolume"/>.</summary>
    public bool IsLongLocked { get; set; }
    public decimal LongLockedVolume { get; set; }
    public decimal ShortPosition { get; set; }
    public decimal ShortToday { get; set; }
    public decimal? ShortAvgPrice { get; set; }
    public decimal? ShortProfit { get; set; }
    public decimal ShortMargin { get; set; }
    public DateTimeOffset? ShortOpenTime { get; set; }
    public bool IsShortLocked { get; set; }
    public decimal ShortLockedVolume { get; set; }

    /// <summary>How far each leg has been in its favour and against it since it was opened, in money and in ticks: read back after a restart.</summary>
    public decimal? LongMaxProfit { get; set; }
    public decimal? LongMaxProfitTicks { get; set; }
    public decimal? LongMinProfit { get; set; }
    public decimal? LongMinProfitTicks { get; set; }
    public decimal? ShortMaxProfit { get; set; }
    public decimal? ShortMaxProfitTicks { get; set; }
    public decimal? ShortMinProfit { get; set; }
    public decimal? ShortMinProfitTicks { get; set; }
    public decimal? LastPrice { get; set; }
    public decimal Margin { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static PositionRow From(PositionView position, DateTimeOffset at) => new()
    {
        AccountId = position.AccountId.Value,
        Symbol = position.Contract.Symbol.ToString(),
        Direction = DirectionOf(position),
        LongPosition = position.Long.Volume.Value,
        LongToday = position.Long.TodayVolume.Value,
        LongAvgPrice = position.Long.AverageOpenPrice?.Value,
        LongProfit = position.Long.FloatingPnl,
        LongMargin = position.Long.Margin,
        LongOpenTime = position.Long.OpenedAt,
        IsLongLocked = IsWhollyLocked(position.Long),
        LongLockedVolume = position.Long.LockedVolume.Value,
        ShortPosition = position.Short.Volume.Value,
        ShortToday = position.Short.TodayVolume.Value,
        ShortAvgPrice = position.Short.AverageOpenPrice?.Value,
        ShortProfit = position.Short.FloatingPnl,
        ShortMargin = position.Short.Margin,
        ShortOpenTime = position.Short.OpenedAt,
        IsShortLocked = IsWhollyLocked(position.Short),
        ShortLockedVolume = position.Short.LockedVolume.Value,
        LongMaxProfit = position.Long.Excursion?.Favourable,
        LongMaxProfitTicks = position.Long.Excursion?.FavourableTicks,
        LongMinProfit = position.Long.Excursion?.Adverse,
        LongMinProfitTicks = position.Long.Excursion?.AdverseTicks,
        ShortMaxProfit = position.Short.Excursion?.Favourable,
        ShortMaxProfitTicks = position.Short.Excursion?.FavourableTicks,
        ShortMinProfit = position.Short.Excursion?.Adverse,
        ShortMinProfitTicks = position.Short.Excursion?.AdverseTicks,
        LastPrice = position.Mark?.Value,
        Margin = position.Margin,
        UpdatedAt = at,
    };

    public IEnumerable<StoredExcursion> Excursions()
    {
        var symbol = Core.Primitives.Symbol.ParseCanonical(Symbol);
        if (LongMaxProfit is { } longMost && LongMinProfit is { } longLeast) yield return new(new(AccountId), symbol, Side.Long, new(longMost, LongMaxProfitTicks ?? 0m, longLeast, LongMinProfitTicks ?? 0m));
        if (ShortMaxProfit is { } shortMost && ShortMinProfit is { } shortLeast) yield return new(new(AccountId), symbol, Side.Short, new(shortMost, ShortMaxProfitTicks ?? 0m, shortLeast, ShortMinProfitTicks ?? 0m));
    }

    private static string DirectionOf(PositionView position) => (position.Long.Volume.IsZero, position.Short.Volume.IsZero) switch
    {
        (false, false) => "both",
        (false, true) => "long",
        (true, false) => "short",
        (true, true) => "flat",
    };

    private static bool IsWhollyLocked(LegView leg) => !leg.Volume.IsZero && leg.LockedVolume == leg.Volume;
}
