using System.Globalization;
using System.Runtime.CompilerServices;
using QuantDash.Core.Markets;

namespace QuantDash.Core.Indicators;

/// <summary>A completed bar as indicators take it: statistics, so <c>double</c>. Checked when it is made and trusted afterwards.</summary>
public readonly record struct IndicatorBar
{
    /// <summary>Beyond this, up or down, sums of squares and of price × volume would leave what a <c>double</c> holds.</summary>
    public const double Largest = 1e30;

    /// <param name="day">The trading day's number (<see cref="DateOnly.DayNumber"/>); only indicators that start anew with a day look at it.</param>
    /// <exception cref="RefusedValueException">A value is not a number, infinite or beyond ±<see cref="Largest"/>; the low is above the high; the volume is negative.</exception>
    public IndicatorBar(double open, double high, double low, double close, double volume, int day = 0)
    {
        Open = Checked(open);
        High = Checked(high);
        Low = low <= high ? Checked(low) : throw new RefusedValueException(nameof(low), low, string.Create(CultureInfo.InvariantCulture, $"at most the high, {high:R}"));
        Close = Checked(close);
        Volume = volume >= 0 ? Checked(volume) : throw new RefusedValueException(nameof(volume), volume, string.Create(CultureInfo.InvariantCulture, $"0 to {Largest:R}"));
        Day = day;
    }

    public double Open { get; }
    public double High { get; }
    public double Low { get; }
    public double Close { get; }
    public double Volume { get; }
    public int Day { get; }

    /// <summary>(high + low + close) ÷ 3.</summary>
    public double Typical => (High + Low + Close) / 3;

    /// <summary>Where prices leave exact numbers: nothing that is counted from here on is money.</summary>
    public static IndicatorBar Of(Bar bar) =>
        new((double)bar.Open.Value, (double)bar.High.Value, (double)bar.Low.Value, (double)bar.Close.Value, (double)bar.Volume, bar.TradingDay.DayNumber);

    public double Of(BarField field) => field switch
    {
        BarField.Close => Close,
        BarField.Open => Open,
        BarField.High => High,
        BarField.Low => Low,
        BarField.Volume => Volume,
        BarField.Median => (High + Low) / 2,
        BarField.Typical => Typical,
        BarField.Average => (Open + High + Low + Close) / 4,
    };

    /// <summary>The value itself; refused when it is not a number, infinite or too large.</summary>
    internal static double Checked(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        => Math.Abs(value) <= Largest ? value : throw new RefusedValueException(name, value, string.Create(CultureInfo.InvariantCulture, $"a number from {-Largest:R} to {Largest:R}"));
}
