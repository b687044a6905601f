namespace QuantDash.Core.Indicators.Windows;

/// <summary>A sum that numbers come into and go out of for ever. What rounding took from it is kept beside it (two-sum), so it neither drifts nor remembers a spike.</summary>
internal struct RunningSum
{
    private double _sum;
    private double _lost;

    public readonly double Value => _sum + _lost;

    public void Add(double value)
    {
        var sum = _sum + value;
        _lost += Lost(_sum, value, sum);
        _sum = sum;
    }

    public void Replace(double gone, double value)
    {
        var more = _sum + value;
        var sum = more - gone;
        _lost += Lost(_sum, value, more) + Lost(more, -gone, sum);
        _sum = sum;
    }

    private static double Lost(double a, double b, double sum)
    {
        var part = sum - a;
        return a - (sum - part) + (b - part);
    }
}
