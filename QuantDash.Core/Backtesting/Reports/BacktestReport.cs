using QuantDash.Core.Orders;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting.Reports;

/// <summary>A run as it is kept and shown: everything that can be counted anew from days, trades and curves is left to pure functions.</summary>
public sealed record BacktestReport
{
    public required ReportedMarket Market { get; init; }
    public required BacktestStatistics Statistics { get; init; }

    /// <summary>One for each trading day, at its settlement.</summary>
    public required IReadOnlyList<DailyResult> Days { get; init; }

    /// <summary>Value of the net position ÷ equity at each day's last close, below zero when short; as many as <see cref="Days"/>.</summary>
    public required IReadOnlyList<double> Exposure { get; init; }

    /// <summary>Equity of buying and holding at each day's last close; as many as <see cref="Days"/>.</summary>
    public required IReadOnlyList<double> Benchmark { get; init; }

    /// <summary>Thinned to a few thousand points that keep every high and low one can see.</summary>
    public required IReadOnlyList<ReportedEquity> Equity { get; init; }

    /// <summary>The bars, several in one where there are very many.</summary>
    public required IReadOnlyList<ReportedCandle> Candles { get; init; }
    public required IReadOnlyList<ReportedTrade> Trades { get; init; }
    public required IReadOnlyList<ReportedOrder> Orders { get; init; }
    public required IReadOnlyList<ReportedLeg> OpenPosition { get; init; }

    /// <summary>The latest lines where there are very many.</summary>
    public required IReadOnlyList<BacktestLogLine> Log { get; init; }

    /// <summary>How many lines were logged.</summary>
    public required int LogLines { get; init; }
}

/// <summary>What was traded, over what.</summary>
/// <param name="From">Start of the first bar.</param>
/// <param name="To">End of the last bar.</param>
public sealed record ReportedMarket(string Symbol, string Timeframe, DateTimeOffset From, DateTimeOffset To, int Bars, string Currency, decimal PriceTick, decimal Multiplier, decimal VolumeStep);

public readonly record struct ReportedEquity(DateTimeOffset At, double Equity);

/// <param name="At">Start of its first bar.</param>
public readonly record struct ReportedCandle(DateTimeOffset At, double Open, double High, double Low, double Close);

/// <summary>A round trip. Times are the ends of the bars within which it was filled.</summary>
/// <param name="Bars">From the bar of its entry to that of its exit.</param>
/// <param name="Mae">Most against it in money, ≤ 0.</param>
/// <param name="Mfe">Most in its favour, ≥ 0.</param>
public sealed record ReportedTrade(
    Side Side, decimal Volume, DateTimeOffset EntryTime, decimal EntryPrice, DateTimeOffset ExitTime, decimal ExitPrice, DateOnly ExitDay, int Bars, decimal Pnl, decimal Fee, decimal Net, decimal Mae, decimal Mfe);

/// <param name="Price">Limit or stop level; null for a market order.</param>
/// <param name="Reason">Why it was refused or cancelled; null otherwise.</param>
public sealed record ReportedOrder(
    int Number, OrderSide Side, Offset Offset, StrategyOrderType Type, decimal? Price, decimal Volume, decimal FilledVolume, StrategyOrderState State, string? Reason)
{
    /// <summary>When it was sent; null over bars, which have no times within them.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Of its fills; null over bars, and without any.</summary>
    public decimal? AveragePrice { get; init; }
}

/// <summary>What was still held at the end.</summary>
public sealed record ReportedLeg(Side Side, decimal Volume, decimal? AverageOpenPrice);
