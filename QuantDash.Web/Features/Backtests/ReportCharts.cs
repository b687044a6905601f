using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Charts;

namespace QuantDash.Web.Features.Backtests;

/// <summary>The charts of a report that can be zoomed into. Pure.</summary>
internal static class ReportCharts
{
    /// <summary>Beyond it markers cover the candles: those of the largest results stay.</summary>
    public const int MostTrades = 150;

    /// <summary>The chart takes a longer pause for a closed market: leaving those out would leave nothing of longer candles.</summary>
    private static readonly TimeSpan LongestBar = TimeSpan.FromMinutes(20);

    public static ChartModel Equity(string key, BacktestReport report, string equity, string benchmark, string drawdown)
    {
        var values = report.Equity.Select(point => point.Equity).ToList();
        var falls = Drawdown.Of(values, (double)report.Statistics.InitialCash);
        var times = report.Equity.Select(point => ScreenTime.Axis(point.At)).ToList();
        return new()
        {
            Key = key,
            Places = 2,
            Series =
            [
                new(equity, SeriesKind.Line, Tone.Info, times, [.. values.Select(value => (double?)value)]),
                new(benchmark, SeriesKind.Line, Tone.Weak, times, Benchmark(report)),
                new(drawdown, SeriesKind.Area, Tone.Warn, times, [.. falls.Select(fall => (double?)(fall * 100))], Lower: true),
            ],
        };
    }

    public static ChartModel Trades(string key, BacktestReport report, string name, Func<ReportedTrade, bool, string> hover)
    {
        var candles = report.Candles;
        var times = candles.Select(candle => ScreenTime.Axis(candle.At)).ToList();
        var starts = candles.Select(candle => candle.At).ToList();
        var markers = new List<ChartMarker>();
        foreach (var trade in report.Trades.OrderByDescending(trade => Math.Abs(trade.Net)).Take(MostTrades).OrderBy(trade => trade.EntryTime))
        {
            var isLong = trade.Side == Side.Long;
            markers.Add(new(times[ReportDrawings.At(starts, trade.EntryTime)], (double)trade.EntryPrice, hover(trade, true), Tone.Info, isLong));
            markers.Add(new(times[ReportDrawings.At(starts, trade.ExitTime)], (double)trade.ExitPrice, hover(trade, false), Tones.Of(trade.Net), !isLong));
        }

        return new()
        {
            Key = key,
            Places = Figures.PlacesOf(report.Market.PriceTick),
            Step = (double)report.Market.PriceTick,
            HideGaps = starts.Zip(starts.Skip(1), (one, next) => next - one).DefaultIfEmpty(LongestBar).Min() <= LongestBar,
            Markers = markers,
            Series =
            [
                new(name, SeriesKind.Candles, Tone.None, times, [.. candles.Select(candle => (double?)candle.Close)])
                {
                    Open = [.. candles.Select(candle => candle.Open)], High = [.. candles.Select(candle => candle.High)], Low = [.. candles.Select(candle => candle.Low)],
                },
            ],
        };
    }

    /// <summary>A day's value holds from its end to the next day's.</summary>
    private static List<double?> Benchmark(BacktestReport report)
    {
        var values = new List<double?>(report.Equity.Count);
        var day = -1;
        foreach (var (at, _) in report.Equity.Select(point => (point.At, point.Equity)))
        {
            var today = DateOnly.FromDateTime(at.AddMilliseconds(-1).ToOffset(ScreenTime.ExchangeOffset).DateTime);
            while (day + 1 < report.Days.Count && report.Days[day + 1].Day <= today) day++;
            values.Add(day < 0 ? (double)report.Statistics.InitialCash : report.Benchmark[day]);
        }

        return values;
    }
}
