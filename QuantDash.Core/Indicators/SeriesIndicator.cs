namespace QuantDash.Core.Indicators;

/// <summary>An indicator of one series of numbers, such as closes.</summary>
public abstract class SeriesIndicator : Indicator
{
    /// <summary>Which number of a bar it follows.</summary>
    public BarField Source { get; init; } = BarField.Close;

    public sealed override void Add(in IndicatorBar bar) => Next(Source == BarField.Close ? bar.Close : bar.Of(Source));

    /// <summary>Takes the next number.</summary>
    /// <exception cref="RefusedValueException">It is not a number, infinite or beyond ±<see cref="IndicatorBar.Largest"/>. Nothing has changed.</exception>
    public void Add(double value) => Next(IndicatorBar.Checked(value));

    /// <summary>Takes a number that was checked.</summary>
    protected internal abstract void Next(double value);
}
