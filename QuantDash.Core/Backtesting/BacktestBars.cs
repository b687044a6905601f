using QuantDash.Core.Markets.History;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>Bars made ready to be walked over: as rows, with the span of each trading day. Made once, shared by any number of runs at a time.</summary>
public sealed class BacktestBars
{
    private BacktestBars(BarColumns columns, BarShape shape, StrategyBar[] rows, TradingDaySpan[] days) =>
        (Columns, Shape, Rows, Days) = (columns, shape, rows, days);

    public BarColumns Columns { get; }
    public int Count => Rows.Length;

    internal BarShape Shape { get; }
    internal StrategyBar[] Rows { get; }
    internal TradingDaySpan[] Days { get; }

    /// <summary>The end of a bar.</summary>
    public DateTimeOffset EndOf(int bar) => DateTimeOffset.FromUnixTimeMilliseconds(Rows[bar].End);

    public static BacktestBars Of(BarColumns columns)
    {
        var shape = new BarShape(new PriceScale(columns.PriceTick), columns.Key.Timeframe);
        var rows = new StrategyBar[columns.Count];
        var days = new List<TradingDaySpan>();
        for (var i = 0; i < rows.Length; i++)
        {
            var bar = columns[i];
            if (bar.Contradiction(columns.PriceTick) is { } wrong) throw new ArgumentException($"Bar {i}: {wrong.Field} {wrong.Code}.", nameof(columns));
            if (bar.Low <= 0) throw new ArgumentException($"Bar {i}: a price is not above zero.", nameof(columns));
            rows[i] = new(shape, bar.End, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);
            var day = DateOnly.FromDayNumber(bar.TradingDay);
            if (days.Count == 0 || days[^1].Day != day) days.Add(new(day, i, i));
            else days[^1] = days[^1] with { Last = i };
        }
        return new(columns, shape, rows, [.. days]);
    }
}

/// <summary>The bars of one trading day.</summary>
internal readonly record struct TradingDaySpan(DateOnly Day, int First, int Last);
