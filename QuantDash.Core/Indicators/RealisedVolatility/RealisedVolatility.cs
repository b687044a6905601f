using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>How returns are taken and spread out.</summary>
public enum VolatilityMethod
{
    /// <summary>Simple returns, population deviation.</summary>
    Simple,

    /// <summary>Logarithmic returns, sample deviation (n − 1).</summary>
    Logarithmic,

    /// <summary>Logarithmic returns around zero instead of their mean, ÷ n.</summary>
    ZeroMean,
}

/// <summary>Standard deviation of the last so many returns × √(periods a year): 0.2 is 20 % a year.</summary>
public sealed class RealisedVolatility(int period = 20, double periodsPerYear = 252, VolatilityMethod method = VolatilityMethod.Simple) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20, least: 2);
    private static readonly IndicatorParameter PerYear = IndicatorParameter.Number("periods_per_year", 252, 1, 40_000_000);
    private static readonly IndicatorParameter Method = IndicatorParameter.Choice("method", 0, last: (int)VolatilityMethod.ZeroMean);
    private readonly double _divisor = Method.Checked((int)method) == (int)VolatilityMethod.Logarithmic ? period - 1 : period;
    private readonly double _periodsPerYear = PerYear.Checked(periodsPerYear);
    private RunningMoments _returns = new(Period.Checked(period));
    private double? _before;

    public static IndicatorDeclaration Declaration { get; } = IndicatorDeclaration.OfSeries(
        "realised_volatility",
        [Period, PerYear, Method],
        ["realised_volatility"],
        settings => new RealisedVolatility(settings.Whole("period"), settings["periods_per_year"], (VolatilityMethod)settings.Whole("method")) { Source = settings.Source });

    public override int WarmUpBars => period + 1;

    public double? Value => !_returns.IsFull ? null : Math.Sqrt((method == VolatilityMethod.ZeroMean ? _returns.Squares : _returns.Spread) / _divisor * _periodsPerYear);

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    /// <exception cref="RefusedValueException">The number is not above zero: it has no return.</exception>
    protected internal override void Next(double value)
    {
        if (value <= 0) throw new RefusedValueException(nameof(value), value, "above 0 for a return");
        if (_before is { } before) _returns.Add(method == VolatilityMethod.Simple ? (value / before) - 1 : Math.Log(value / before));
        _before = value;
    }
}
