using System.Globalization;
using QuantDash.Core.Indicators;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Indicators;

/// <summary>Series to feed indicators with.</summary>
internal static class IndicatorSamples
{
    /// <summary>Series D of the reference data: 502 daily bars.</summary>
    public static IndicatorBar[] Daily() => Read("reference/skender/quotes/default.csv.gz", cells => Bar(cells, 1));

    /// <summary>Index future, 5 minutes, six years, then a perpetual by the minute, whose price is ten times as high: 113,176 bars.</summary>
    public static IndicatorBar[] Long() =>
    [
        .. Read("cn_futures/CFFEX.IF.HOT_m5_2014_2019.csv.gz", cells => Bar(cells, 2)),
        .. Read("crypto/BTC-PERP_1m_20211231_20220201.csv.gz", cells => Bar(cells, 1)),
    ];

    /// <summary>A walk with gaps, bars that do not move, and stretches without any trade.</summary>
    public static IndicatorBar[] Walk(int seed, int length, double start = 100)
    {
        var random = new Random(seed);
        var bars = new IndicatorBar[length];
        var price = start;
        for (var i = 0; i < length; i++)
        {
            var still = random.Next(20) == 0;
            var open = still ? price : price * (1 + ((random.NextDouble() - 0.5) * 0.02));
            var close = still ? open : open * (1 + ((random.NextDouble() - 0.5) * 0.02));
            var (high, low) = still ? (open, open) : (Math.Max(open, close) * (1 + (random.NextDouble() * 0.005)), Math.Min(open, close) * (1 - (random.NextDouble() * 0.005)));
            bars[i] = new(open, high, low, close, still ? 0 : random.Next(1, 10_000), day: i / 48);
            price = close;
        }
        return bars;
    }

    public static IndicatorBar[] Flat(double price, int length, double volume = 10) => [.. Enumerable.Repeat(new IndicatorBar(price, price, price, price, volume), length)];

    public static IReadOnlyDictionary<string, double> Settings(string text) => text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => Number(pair[1]), StringComparer.Ordinal);

    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static IndicatorBar Bar(string[] cells, int first) =>
        new(Number(cells[first]), Number(cells[first + 1]), Number(cells[first + 2]), Number(cells[first + 3]), Number(cells[first + 4]));

    public static IEnumerable<string[]> Rows(string file)
    {
        using var reader = TestData.Open(file);
        while (reader.ReadLine() is { } line) yield return line.Split(',');
    }

    private static IndicatorBar[] Read(string file, Func<string[], IndicatorBar> bar) => [.. Rows(file).Skip(1).Select(bar)];
}
