namespace QuantDash.Core.Performance;

/// <summary>How likely the true Sharpe ratio is above a benchmark, given how many returns there are and how far they are from normal (Bailey and López de Prado; DOMAIN.md 5, item 17).</summary>
public static class ProbabilisticSharpe
{
    /// <summary>Fewer returns have no kurtosis worth the name.</summary>
    private const int FewestReturns = 4;

    /// <summary>Raw kurtosis of the normal distribution.</summary>
    private const double NormalKurtosis = 3;

    /// <param name="sharpe">Of one period, not annualised.</param>
    /// <param name="kurtosis">Raw: 3 is normal.</param>
    /// <param name="benchmark">Of one period.</param>
    public static double? Of(double sharpe, int count, double skew = 0, double kurtosis = NormalKurtosis, double benchmark = 0)
    {
        var variance = 1 - (skew * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
        return count < 2 || variance <= 0 ? null : NormalDistribution.Cumulative((sharpe - benchmark) * Math.Sqrt(count - 1) / Math.Sqrt(variance));
    }

    /// <summary>Null: too few returns, or all the same.</summary>
    public static double? Of(IReadOnlyList<double> returns) =>
        returns.Count >= FewestReturns && ReturnStatistics.Sharpe(returns, periods: 1) is { } sharpe && Skew(returns) is { } skew && Kurtosis(returns) is { } kurtosis
            ? Of(sharpe, returns.Count, skew, kurtosis)
            : null;

    /// <summary>Third standardised moment; null when all are the same.</summary>
    public static double? Skew(IReadOnlyList<double> returns) => Moment(returns, 3);

    /// <summary>Fourth standardised moment, 3 for the normal distribution; null when all are the same.</summary>
    public static double? Kurtosis(IReadOnlyList<double> returns) => Moment(returns, 4);

    private static double? Moment(IReadOnlyList<double> values, int order)
    {
        if (values.Count < 2) return null;
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return deviation > 0 ? values.Average(v => Math.Pow((v - mean) / deviation, order)) : null;
    }
}
