using System.Globalization;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Backtests;

/// <summary>The pictures of a report as SVG. Pure: the same report gives the same drawing.</summary>
internal static class ReportDrawings
{
    public const int RollingWindow = 63;
    private const int Bins = 30;
    private const int MostPoints = 3_000;
    private const double Tall = 280;
    private const double Low = 180;

    public static string Equity(BacktestReport report, string label) => Curve(
        label, Tall, [.. report.Equity.Select(point => (Seconds(point.At), (double?)point.Equity))],
        [.. report.Days.Zip(report.Benchmark, (day, equity) => (Seconds(EndOf(day.Day, report)), (double?)equity))], Money);

    public static string Fall(BacktestReport report, string label)
    {
        var falls = Drawdown.Of([.. report.Equity.Select(point => point.Equity)], (double)report.Statistics.InitialCash);
        return Curve(label, Low, [.. report.Equity.Zip(falls, (point, fall) => (Seconds(point.At), (double?)fall))], [], Share, "down", isArea: true);
    }

    public static string Exposure(BacktestReport report, string label, double width = SvgFrame.Wide) => Curve(
        label, Low, [.. report.Days.Zip(report.Exposure, (day, share) => (Seconds(EndOf(day.Day, report)), (double?)share))], [], Share, isArea: true, width: width);

    public static string RollingSharpe(BacktestReport report, string label, double width = SvgFrame.Wide) => Curve(
        label, Low, [.. report.Days.Zip(DailyReturns.RollingSharpe(report.Days, RollingWindow), (day, sharpe) => (Seconds(EndOf(day.Day, report)), sharpe))], [], value => value.ToString("0.##", CultureInfo.InvariantCulture), width: width);

    public static string Returns(BacktestReport report, string label, double width = SvgFrame.Wide) => Bars(Histogram.Of(DailyReturns.Of(report.Days), Bins), label, value => Figures.Percent((decimal)value, 1), width);

    public static string TradeResults(BacktestReport report, string label, double width = SvgFrame.Wide) => Bars(Histogram.Of([.. report.Trades.Select(trade => (double)trade.Net)], Bins), label, Money, width);

    /// <summary>Each round trip by what stood against it (across) and what came of it (up).</summary>
    public static string Excursions(IReadOnlyList<ReportedTrade> trades, string label, Func<ReportedTrade, decimal> across, double width = SvgFrame.Wide)
    {
        var shown = trades.Count <= MostPoints ? trades : [.. trades.Skip(trades.Count - MostPoints)];
        var frame = new SvgFrame(label, width, Tall, Span(shown.Select(trade => (double)across(trade)).Append(0)), Span(shown.Select(trade => (double)trade.Net).Append(0)));
        frame.ValueAxis(Money);
        frame.CrossAxis(Money);
        foreach (var trade in shown)
            frame.Point((double)across(trade), (double)trade.Net, trade.Net > 0 ? "up" : "down", $"{ScreenTime.DayAndTime(trade.EntryTime)} {Money((double)across(trade))} → {Money((double)trade.Net)}");
        return frame.ToString();
    }

    /// <summary>Candles with where was bought and sold.</summary>
    public static string Trades(BacktestReport report, string label, int most)
    {
        var candles = report.Candles;
        var frame = new SvgFrame(label, SvgFrame.Wide, Tall + 80, (-1, candles.Count), Span(candles.SelectMany(candle => (double[])[candle.High, candle.Low])));
        frame.ValueAxis(value => value.ToString("#,0.####", CultureInfo.InvariantCulture));
        frame.CrossAxis(Marks(frame.Marks, candles.Count, i => candles[i].At));
        for (var i = 0; i < candles.Count; i++) frame.Candle(i, 0.35, candles[i].Open, candles[i].High, candles[i].Low, candles[i].Close);
        var times = candles.Select(candle => candle.At).ToList();
        foreach (var trade in report.Trades.OrderByDescending(trade => Math.Abs(trade.Net)).Take(most))
        {
            var isLong = trade.Side == Side.Long;
            frame.Arrow(At(times, trade.EntryTime), (double)trade.EntryPrice, isLong, "info", ScreenTime.DayAndTime(trade.EntryTime));
            frame.Arrow(At(times, trade.ExitTime), (double)trade.ExitPrice, !isLong, trade.Net > 0 ? "up" : "down", $"{ScreenTime.DayAndTime(trade.ExitTime)} {Money((double)trade.Net)}");
        }

        return frame.ToString();
    }

    /// <summary>Two equity curves from one start.</summary>
    public static string Both(BacktestReport first, BacktestReport second, string label) => Curve(
        label, Tall, [.. first.Equity.Select(point => (Seconds(point.At), (double?)(point.Equity / (double)first.Statistics.InitialCash) - 1))],
        [.. second.Equity.Select(point => (Seconds(point.At), (double?)(point.Equity / (double)second.Statistics.InitialCash) - 1))], Share, second: "warn");

    /// <summary>Index of the candle an instant lies in.</summary>
    internal static int At(List<DateTimeOffset> starts, DateTimeOffset end)
    {
        // Fills are dated by the end of their bar, which is no longer within it.
        var found = starts.BinarySearch(end.AddMilliseconds(-1));
        return Math.Max(0, found >= 0 ? found : ~found - 1);
    }

    private static string Curve(
        string label, double height, IReadOnlyList<(double X, double? Y)> points, IReadOnlyList<(double X, double? Y)> other, Func<double, string> text, string css = "info", bool isArea = false, string second = "weak", double width = SvgFrame.Wide)
    {
        var all = points.Concat(other).Where(point => point.Y is not null).ToList();
        var values = Span(all.Select(point => point.Y!.Value).Concat(isArea ? [0d] : []));
        var frame = new SvgFrame(label, width, height, Span(all.Select(point => point.X)), values);
        frame.ValueAxis(text);
        var (from, to) = Span(all.Select(point => point.X));
        frame.CrossAxis(Enumerable.Range(0, frame.Marks).Select(i => from + ((to - from) * (i + 0.5) / frame.Marks)).Select(at => (at, Day(DateTimeOffset.FromUnixTimeSeconds((long)at)))));
        frame.Line(other, second);
        frame.Line(points, css, isArea);
        return frame.ToString();
    }

    private static string Bars(IReadOnlyList<HistogramBin> bins, string label, Func<double, string> text, double width)
    {
        if (bins.Count == 0) return "";
        var frame = new SvgFrame(label, width, Low + 40, (bins[0].From, bins[^1].To), (0, bins.Max(bin => bin.Count)));
        frame.ValueAxis(value => value == Math.Floor(value) ? value.ToString("0", CultureInfo.InvariantCulture) : "");
        frame.CrossAxis(text);
        foreach (var bin in bins) frame.Bar(bin.From, bin.To, bin.Count, bin.From >= 0 ? "up" : "down", $"{text(bin.From)} – {text(bin.To)}: {bin.Count}");
        return frame.ToString();
    }

    private static IEnumerable<(double Value, string Text)> Marks(int marks, int count, Func<int, DateTimeOffset> at) =>
        Enumerable.Range(0, marks).Select(i => (int)((i + 0.5) / marks * count)).Where(i => i < count).Distinct().Select(i => ((double)i, Day(at(i))));

    private static (double From, double To) Span(IEnumerable<double> values)
    {
        var (from, to) = (double.MaxValue, double.MinValue);
        foreach (var value in values) (from, to) = (Math.Min(from, value), Math.Max(to, value));
        return from > to ? (0, 1) : (from, to);
    }

    /// <summary>A day's last moment within the run.</summary>
    private static DateTimeOffset EndOf(DateOnly day, BacktestReport report)
    {
        var end = new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), ScreenTime.ExchangeOffset);
        return end < report.Market.To ? end : report.Market.To;
    }

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000d;

    private static string Day(DateTimeOffset at) => at.ToOffset(ScreenTime.ExchangeOffset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Money(double value) => Figures.Number((decimal)value, Math.Abs(value) < 10 ? 2 : 0);

    private static string Share(double value) => Figures.Percent((decimal)value, 1);
}
