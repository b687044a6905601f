using QuantDash.Core.Backtesting;
using QuantDash.Tests.Core.Backtesting;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>Bars made up for strategies: the same from the same seed, on every machine.</summary>
internal static class StrategyBars
{
    /// <summary>One-minute bars that wander up and down around a price, in trends and in calm, with bursts of volume.</summary>
    public static BacktestBars Walk(int seed, int count, int perDay, long price)
    {
        var random = new Random(seed);
        var (mean, drift) = (price, 0);
        var bars = new (long Open, long High, long Low, long Close, double Volume)[count];
        for (var i = 0; i < count; i++)
        {
            if (random.Next(40) == 0) drift = random.Next(-2, 3);
            var open = Math.Max(20, price + random.Next(-1, 2) + (i % perDay == 0 ? random.Next(-15, 16) : 0));
            var close = Math.Max(20, open + drift + random.Next(-5, 6) + Math.Sign(mean - open) * random.Next(2));
            bars[i] = (open, Math.Max(open, close) + random.Next(4), Math.Min(open, close) - random.Next(4), close, 100 + random.Next(100) + (random.Next(12) == 0 ? 400 : 0));
            price = close;
        }
        return BacktestSamples.Bars(1m, perDay, bars);
    }

    /// <summary>The silver contract's day session begins at nine, Chinese time.</summary>
    public static DateTimeOffset OpenOf(NaiveBar bar) => new(bar.Day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(8));
}
