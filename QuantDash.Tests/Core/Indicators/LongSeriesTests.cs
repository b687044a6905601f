using QuantDash.Core.Indicators;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Indicators;

/// <summary>What is carried on from bar to bar must not drift: after 113,176 real bars, with a jump from 4,000 to 46,000 in the middle, every value is that of looking at the window afresh.</summary>
public sealed class LongSeriesTests
{
    private delegate double Naive(ReadOnlySpan<decimal> window);

    [DataTheory]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(240)]
    public void Windows_OfARealSeries_AreThoseLookedAtAfresh(int period)
    {
        var bars = IndicatorSamples.Long();
        var closes = bars.Select(bar => (decimal)bar.Close).ToArray();
        var volumes = bars.Select(bar => (decimal)bar.Volume).ToArray();

        Hold(closes, new SimpleMovingAverage(period), 0, period, NaiveIndicators.Mean);
        Hold(volumes, new SimpleMovingAverage(period), 0, period, NaiveIndicators.Mean);
        Hold(closes, new WeightedMovingAverage(period), 0, period, NaiveIndicators.WeightedMean);
        Hold(volumes, new WeightedMovingAverage(period), 0, period, NaiveIndicators.WeightedMean);
        Hold(closes, new StandardDeviation(period), 0, period, NaiveIndicators.Deviation);
        Hold(volumes, new StandardDeviation(period), 0, period, NaiveIndicators.Deviation);
        Hold(closes, new KaufmanAdaptiveAverage(period), 0, period + 1, NaiveIndicators.Efficiency);
        // A slope of nearly nothing is a difference of large numbers: to the spread of the window.
        Hold(closes, new LinearSlope(period), 0, period, NaiveIndicators.Slope, (value, window) => Math.Max(Math.Abs(value), NaiveIndicators.Deviation(window) / window.Length));
        HoldChannels(bars, period);
        HoldCommodityChannel(bars, period);
    }

    private static void Hold(decimal[] numbers, SeriesIndicator indicator, int output, int length, Naive naive, Func<double, decimal[], double>? scale = null)
    {
        var row = new double?[8];
        for (var i = 0; i < numbers.Length; i++)
        {
            indicator.Add((double)numbers[i]);
            if (i < length - 1 || i % StrideOf(length) != 0) continue;
            indicator.Read(row);
            var window = numbers.AsSpan(i - length + 1, length);
            MustBeNear(row[output], naive(window), scale?.Invoke(naive(window), window.ToArray()), $"{indicator.GetType().Name}({length}) at {i}");
        }
    }

    private static void HoldChannels(IndicatorBar[] bars, int period)
    {
        var (donchian, stochastic, williams) = (new DonchianChannel(period), new StochasticOscillator(period, 1, 1), new WilliamsPercentRange(period));
        for (var i = 0; i < bars.Length; i++)
        {
            donchian.Add(bars[i]);
            stochastic.Add(bars[i]);
            williams.Add(bars[i]);
            if (i < period || i % StrideOf(period) != 0) continue;
            (donchian.Upper!.Value, donchian.Lower!.Value).ShouldBe(NaiveIndicators.Extremes(bars.AsSpan(i - period, period)));
            var (high, low) = NaiveIndicators.Extremes(bars.AsSpan(i - period + 1, period));
            var position = high > low ? 100 * (bars[i].Close - low) / (high - low) : 0;
            MustBeNear(stochastic.Value, position, Math.Max(1, position), $"stochastic({period}) at {i}");
            MustBeNear(williams.Value, position - 100, Math.Max(1, 100 - position), $"williams({period}) at {i}");
        }
    }

    private static void HoldCommodityChannel(IndicatorBar[] bars, int period)
    {
        var index = new CommodityChannelIndex(period);
        var typical = bars.Select(bar => ((decimal)bar.High + (decimal)bar.Low + (decimal)bar.Close) / 3).ToArray();
        for (var i = 0; i < bars.Length; i++)
        {
            index.Add(bars[i]);
            if (i < period - 1 || i % StrideOf(period) != 0) continue;
            var window = typical.AsSpan(i - period + 1, period);
            var deviation = NaiveIndicators.MeanDeviation(window);
            // Digits of the price are lost where it is large beside the deviation, for whoever counts in doubles.
            if (deviation < 1e-6 * bars[i].Close) continue;
            var expected = ((double)typical[i] - NaiveIndicators.Mean(window)) / (0.015 * deviation);
            MustBeNear(index.Value, expected, Math.Max(1, Math.Abs(expected)), $"cci({period}) at {i}");
        }
    }

    /// <summary>Looking afresh at every long window would take minutes; what drifts is off everywhere.</summary>
    private static int StrideOf(int length) => length > 100 ? 61 : 1;

    private static void MustBeNear(double? value, double expected, double? scale, string what)
    {
        if (value is { } number && Math.Abs(number - expected) <= 1e-9 * (scale ?? Math.Abs(expected))) return;
        throw new InvalidOperationException($"{what}: {value:R} instead of {expected:R}");
    }
}
