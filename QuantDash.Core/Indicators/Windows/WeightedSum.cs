namespace QuantDash.Core.Indicators.Windows;

/// <summary>The last n numbers weighted 1 (oldest) to n (newest), and their plain sum, as exact as <see cref="RunningSum"/>.</summary>
internal struct WeightedSum(int length)
{
    private Ring _ring = new(length);
    private RunningSum _plain;
    private RunningSum _weighted;
    private int _count;

    public readonly bool IsFull => _count == length;

    /// <summary>Over the sum of the weights.</summary>
    public readonly double Average => _weighted.Value / (0.5 * length * (length + 1.0));

    public void Add(double value)
    {
        if (_count < length) _count++;
        var (sum, lost) = _plain.Parts;
        var product = length * value;
        // Each weight falls by one, the oldest number's to nothing; an empty place counts as a zero.
        _weighted.Add(product, Math.FusedMultiplyAdd(length, value, -product) - lost);
        _weighted.Add(-sum);
        _plain.Replace(_ring.Push(value), value);
    }
}
