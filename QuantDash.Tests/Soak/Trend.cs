namespace QuantDash.Tests.Soak;

/// <summary>The straight line through points by least squares: its slope, and the slope's standard error.</summary>
internal readonly record struct Trend(double Slope, double Error)
{
    public static Trend Of(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var width = points.Sum(point => (point.X - x) * (point.X - x));
        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / width;
        var left = points.Sum(point => Square(point.Y - y - (slope * (point.X - x))));
        return new(slope, points.Count > 2 ? Math.Sqrt(left / (points.Count - 2) / width) : double.PositiveInfinity);
    }

    private static double Square(double value) => value * value;
}
