namespace QuantDash.Core.Markets.History;

/// <summary>Makes longer bars of shorter ones, on the exchange clock and never over two trading days. Pure.</summary>
public static class BarResampling
{
    private const long MinuteInMilliseconds = 60_000;

    /// <summary>Whether whole bars of one timeframe make up one of the other.</summary>
    public static bool CanMake(Timeframe of, Timeframe wanted) =>
        of == wanted || (of < wanted && (wanted.IsDay || (wanted.Length.Ticks % of.Length.Ticks) == 0));

    /// <summary>The same prices in longer bars. A bar begins with its first part and ends with its last; what a gap leaves of one is a bar all the same.</summary>
    /// <param name="utcOffset">Of the exchange's clock.</param>
    public static BarColumns Resample(BarColumns bars, Timeframe timeframe, TimeSpan utcOffset)
    {
        if (bars.Key.Timeframe == timeframe) return bars;
        if (!CanMake(bars.Key.Timeframe, timeframe)) throw new ArgumentException($"Bars of {bars.Key.Timeframe} do not make up {timeframe}.", nameof(timeframe));
        var longer = new List<HistoryBar>();
        var bucket = (Day: 0, Number: -1L);
        foreach (var bar in bars.Bars())
        {
            var own = BucketOf(bar, timeframe, utcOffset);
            if (longer.Count > 0 && own == bucket) longer[^1] = Extended(longer[^1], bar);
            else longer.Add(bar);
            bucket = own;
        }

        return BarColumns.Of(bars.Key with { Timeframe = timeframe }, bars.PriceTick, longer);
    }

    private static (int Day, long Number) BucketOf(in HistoryBar bar, Timeframe timeframe, TimeSpan utcOffset) =>
        (bar.TradingDay, timeframe.IsDay ? 0 : (bar.Start + (long)utcOffset.TotalMilliseconds) / ((long)timeframe.Length.TotalMinutes * MinuteInMilliseconds));

    private static HistoryBar Extended(in HistoryBar open, in HistoryBar bar) => open with
    {
        End = bar.End,
        High = Math.Max(open.High, bar.High),
        Low = Math.Min(open.Low, bar.Low),
        Close = bar.Close,
        Volume = open.Volume + bar.Volume,
        OpenInterest = bar.OpenInterest,
    };
}
