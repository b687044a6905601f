namespace QuantDash.Core.Indicators.Windows;

/// <summary>The last so many of something; zeros before there were any.</summary>
internal struct Ring<T>(int length)
    where T : struct
{
    private readonly T[] _values = new T[length];
    private int _next;

    /// <summary>In no order of time.</summary>
    public readonly ReadOnlySpan<T> Values => _values;

    /// <summary>From the oldest on.</summary>
    public readonly T this[int age] => _values[age + _next < _values.Length ? age + _next : age + _next - _values.Length];

    /// <returns>What it pushes out.</returns>
    public T Push(T value)
    {
        var values = _values;
        var next = _next;
        var oldest = values[next];
        values[next] = value;
        _next = ++next == values.Length ? 0 : next;
        return oldest;
    }
}
