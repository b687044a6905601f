namespace QuantDash.Core.Indicators.Windows;

/// <summary>Wilder's average: the mean of the first n numbers, then 1/n of the way to each further one.</summary>
internal struct WilderAverage(int length)
{
    private readonly double _share = 1.0 / length;
    private int _count;

    public readonly bool IsWarm => _count == length;
    public double Value { get; private set; }

    public void Add(double value)
    {
        if (_count == length)
        {
            Value += (value - Value) * _share;
            return;
        }

        Value += value;
        if (++_count == length) Value /= length;
    }
}
