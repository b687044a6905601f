namespace QuantDash.Core.Performance;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    /// <summary>Beyond it the rest is below the last digit of a double.</summary>
    private const double End = 38;

    /// <summary>From here on the continued fraction is the exact one of the two.</summary>
    private const double SeriesEnd = 3;

    private const int Steps = 100;

    /// <summary>Probability of a value up to <paramref name="x"/>, to about 15 digits.</summary>
    public static double Cumulative(double x)
    {
        var beyond = Math.Abs(x);
        if (beyond > End) return x > 0 ? 1 : 0;
        var tail = beyond < SeriesEnd ? 0.5 - (Density(beyond) * Series(beyond)) : Density(beyond) * Fraction(beyond);
        return x > 0 ? 1 - tail : tail;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>x + x³/3 + x⁵/(3·5) + …</summary>
    private static double Series(double x)
    {
        var (term, sum) = (x, x);
        for (var i = 1; i < Steps; i++)
        {
            term *= x * x / ((2 * i) + 1);
            sum += term;
        }

        return sum;
    }

    /// <summary>1/(x + 1/(x + 2/(x + 3/(x + …))))</summary>
    private static double Fraction(double x)
    {
        var rest = x;
        for (var i = Steps; i >= 1; i--) rest = x + (i / rest);
        return 1 / rest;
    }
}
