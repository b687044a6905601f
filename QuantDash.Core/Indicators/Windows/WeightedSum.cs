namespace QuantDash.Core.Indicators.Windows;

/// <summary>The last n numbers weighted 1 (oldest) to n (newest). Taken anew every so many numbers and whenever what went through since is large beside what is left, so rounding stays below
/// 1e-9 of the average.</summary>
internal struct WeightedSum(int length)
{
    private const double LargestLoss = 10_000;

    private readonly int _betweenRecounts = Math.Max(length, 256);
    private readonly double _weights = 0.5 * length * (length + 1.0);
    private Ring<double> _ring = new(length);
    private double _plain;
    private double _weighted;
    private double _largest;
    private int _untilRecount = Math.Max(length, 256);

    public readonly double Average => _weighted / _weights;

    public void Add(double value)
    {
        // Each weight falls by one, the oldest number's to nothing; an empty place counts as a zero.
        _weighted += (length * value) - _plain;
        _plain += value - _ring.Push(value);
        _largest = double.MaxNative(_largest, Math.Abs(_plain));
        if (--_untilRecount == 0 || _largest > LargestLoss * Math.Abs(_plain)) Recount();
    }

    private void Recount()
    {
        (_plain, _weighted) = (0, 0);
        for (var age = 0; age < length; age++)
        {
            _plain += _ring[age];
            _weighted += (age + 1) * _ring[age];
        }
        _largest = Math.Abs(_plain);
        _untilRecount = _betweenRecounts;
    }
}
