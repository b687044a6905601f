namespace QuantDash.Core.Indicators.Windows;

/// <summary>Highest high and lowest low of the last n bars.</summary>
internal struct HighLow(int length)
{
    private RunningMaximum _high = new(length);
    private RunningMaximum _low = new(length);
    private int _count;

    public readonly bool IsFull => _count == length;
    public double High { get; private set; }
    public double Low { get; private set; }
    public readonly double Middle => (High + Low) / 2;

    public void Add(double high, double low)
    {
        if (_count < length) _count++;
        High = _high.Add(high);
        Low = -_low.Add(-low);
    }
}
