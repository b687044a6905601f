using QuantDash.Core.Indicators;

namespace QuantDash.Tests.Core.Indicators;

/// <summary>Windows looked at afresh for every bar, in exact decimals: slow, and with nothing carried on that could drift.</summary>
internal static class NaiveIndicators
{
    public static double Mean(ReadOnlySpan<decimal> window) => (double)(Sum(window) / window.Length);

    public static double WeightedMean(ReadOnlySpan<decimal> window)
    {
        decimal sum = 0;
        for (var i = 0; i < window.Length; i++) sum += (i + 1) * window[i];
        return (double)(sum / (window.Length * (window.Length + 1) / 2m));
    }

    public static double Deviation(ReadOnlySpan<decimal> window) => Math.Sqrt((double)(Spread(window) / window.Length));

    /// <summary>Of the least-squares line.</summary>
    public static double Slope(ReadOnlySpan<decimal> window)
    {
        var (mean, middle) = (Sum(window) / window.Length, (window.Length - 1) / 2m);
        decimal both = 0, places = 0;
        for (var i = 0; i < window.Length; i++)
        {
            both += (i - middle) * (window[i] - mean);
            places += (i - middle) * (i - middle);
        }
        return (double)(both / places);
    }

    public static double MeanDeviation(ReadOnlySpan<decimal> window)
    {
        var mean = Sum(window) / window.Length;
        decimal sum = 0;
        foreach (var value in window) sum += Math.Abs(value - mean);
        return (double)(sum / window.Length);
    }

    public static (double High, double Low) Extremes(ReadOnlySpan<IndicatorBar> window)
    {
        var (high, low) = (double.MinValue, double.MaxValue);
        foreach (var bar in window) (high, low) = (Math.Max(high, bar.High), Math.Min(low, bar.Low));
        return (high, low);
    }

    /// <summary>Net change ÷ the way walked.</summary>
    public static double Efficiency(ReadOnlySpan<decimal> window)
    {
        decimal way = 0;
        for (var i = 1; i < window.Length; i++) way += Math.Abs(window[i] - window[i - 1]);
        return way == 0 ? 0 : (double)(Math.Abs(window[^1] - window[0]) / way);
    }

    private static decimal Spread(ReadOnlySpan<decimal> window)
    {
        var mean = Sum(window) / window.Length;
        decimal sum = 0;
        foreach (var value in window) sum += (value - mean) * (value - mean);
        return sum;
    }

    private static decimal Sum(ReadOnlySpan<decimal> window)
    {
        decimal sum = 0;
        foreach (var value in window) sum += value;
        return sum;
    }
}
