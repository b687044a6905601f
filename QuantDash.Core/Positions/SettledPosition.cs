using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>A leg as a trading day left it, at its settlement price, before its lots took that price for their basis.</summary>
public sealed record SettledPosition
{
    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }
    public required Volume Volume { get; init; }

    /// <summary>Opened on that day.</summary>
    public required Volume TodayVolume { get; init; }

    /// <summary>开仓均价; null when unknown.</summary>
    public decimal? AverageOpenPrice { get; init; }

    /// <summary>持仓均价: what the day's holding P&amp;L was counted from; null when unknown.</summary>
    public decimal? AverageBasis { get; init; }

    /// <summary>结算价; null when the contract had no price.</summary>
    public decimal? SettlementPrice { get; init; }
    public decimal? FloatingPnl { get; init; }
    public decimal? HoldingPnl { get; init; }

    /// <summary>Of this leg alone, before single-side relief.</summary>
    public required decimal Margin { get; init; }

    public static SettledPosition Of(LegBook leg, Price? price, decimal margin) => new()
    {
        Symbol = leg.Symbol,
        Side = leg.Side,
        Volume = leg.Volume,
        TodayVolume = leg.TodayVolume,
        AverageOpenPrice = leg.OpenCost / leg.Volume.Value,
        AverageBasis = leg.MarkCost / leg.Volume.Value,
        SettlementPrice = price?.Value,
        FloatingPnl = leg.FloatingPnl(price),
        HoldingPnl = leg.HoldingPnl(price),
        Margin = margin,
    };
}
