namespace QuantDash.Core.Performance;

/// <summary>Statistics of a series of simple returns (0.01 = 1 %), one a period. Formulas and vectors: DOMAIN.md 5, items 1 to 4. Null: too few
/// returns, or a division by nothing; never infinity.</summary>
public static class ReturnStatistics
{
    /// <summary>Trading days of a year.</summary>
    public const int DaysOfYear = 252;

    /// <summary>mean(r − risk free) ÷ sample deviation × √periods; 1 period: not annualised.</summary>
    /// <param name="riskFree">A period's riskless return.</param>
    public static double? Sharpe(IReadOnlyList<double> returns, double riskFree = 0, int periods = DaysOfYear) =>
        SampleDeviation(returns) is { } deviation and > 0 ? (returns.Average() - riskFree) / deviation * Math.Sqrt(periods) : null;

    /// <summary>√(mean of squared shortfalls below <paramref name="target"/>) × √periods, over all returns.</summary>
    public static double? DownsideDeviation(IReadOnlyList<double> returns, double target = 0, int periods = DaysOfYear) =>
        returns.Count == 0 ? null : Math.Sqrt(returns.Average(r => Math.Pow(Math.Min(r - target, 0), 2))) * Math.Sqrt(periods);

    /// <summary>Annual mean above <paramref name="target"/> ÷ annual downside deviation.</summary>
    public static double? Sortino(IReadOnlyList<double> returns, double target = 0, int periods = DaysOfYear) =>
        DownsideDeviation(returns, target, periods) is { } deviation and > 0 ? (returns.Average() - target) * periods / deviation : null;

    /// <summary>Sample deviation × √periods.</summary>
    public static double? AnnualVolatility(IReadOnlyList<double> returns, int periods = DaysOfYear) => SampleDeviation(returns) * Math.Sqrt(periods);

    /// <summary>The deepest fall of compounded returns below their highest so far, the start included; ≤ 0.</summary>
    public static double MaxDrawdown(IReadOnlyList<double> returns)
    {
        double value = 1, highest = 1, deepest = 0;
        foreach (var r in returns)
        {
            value *= 1 + r;
            highest = Math.Max(highest, value);
            deepest = Math.Min(deepest, (value / highest) - 1);
        }
        return deepest;
    }

    /// <summary>Π(1 + r) − 1.</summary>
    public static double TotalReturn(IEnumerable<double> returns) => returns.Aggregate(1.0, (value, r) => value * (1 + r)) - 1;

    /// <summary>Π(1 + r)^(periods of a year ÷ periods of the series) − 1; null for an empty series or one that lost everything.</summary>
    /// <param name="count">Periods of the series where it is not the number of returns.</param>
    public static double? AnnualReturn(IReadOnlyList<double> returns, int periods = DaysOfYear, int? count = null)
    {
        var years = (double)(count ?? returns.Count) / periods;
        var grown = TotalReturn(returns) + 1;
        if (years <= 0 || grown <= 0) return null;
        return Math.Pow(grown, 1 / years) - 1 is var annual && double.IsFinite(annual) ? annual : null;
    }

    /// <summary>Annual return ÷ |deepest fall|; null when nothing was ever lost.</summary>
    public static double? Calmar(IReadOnlyList<double> returns, int periods = DaysOfYear, int? count = null) =>
        MaxDrawdown(returns) is var fall and < 0 ? AnnualReturn(returns, periods, count) / -fall : null;

    /// <summary>Σ gains ÷ |Σ losses|; null when nothing was lost.</summary>
    public static double? ProfitFactor(IReadOnlyList<double> results) =>
        results.Where(r => r < 0).Sum() is var lost and < 0 ? results.Where(r => r > 0).Sum() / -lost : null;

    /// <summary>Σ above <paramref name="target"/> ÷ Σ below it; null when nothing fell below.</summary>
    public static double? Omega(IReadOnlyList<double> returns, double target = 0) =>
        returns.Sum(r => Math.Max(target - r, 0)) is var below and > 0 ? returns.Sum(r => Math.Max(r - target, 0)) / below : null;

    private static double? SampleDeviation(IReadOnlyList<double> values)
    {
        if (values.Count < 2) return null;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
