namespace QuantDash.Core.Strategies;

/// <summary>The sum of the last so many whole numbers.</summary>
internal sealed class RollingSum(int length)
{
    private readonly long[] _values = new long[length];
    private int _next;

    public int Length => _values.Length;
    public long Sum { get; private set; }

    /// <summary>As many were added as it holds.</summary>
    public bool IsFull { get; private set; }

    public void Add(long value)
    {
        var values = _values;
        var next = _next;
        Sum += value - values[next];
        values[next] = value;
        if (++next == values.Length) (next, IsFull) = (0, true);
        _next = next;
    }
}
