namespace QuantDash.Core.Indicators.Windows;

/// <summary>The last so many numbers; zeros before there were any.</summary>
internal struct Ring(int length)
{
    private readonly double[] _values = new double[length];
    private int _next;

    /// <summary>In no order of time.</summary>
    public readonly ReadOnlySpan<double> Values => _values;

    /// <summary>From the oldest on.</summary>
    public readonly double this[int age] => _values[age + _next < _values.Length ? age + _next : age + _next - _values.Length];

    /// <returns>The number it pushes out.</returns>
    public double Push(double value)
    {
        var values = _values;
        var next = _next;
        var oldest = values[next];
        values[next] = value;
        _next = ++next == values.Length ? 0 : next;
        return oldest;
    }
}
