namespace QuantDash.Core.Indicators.Windows;

/// <summary>Mean, spread and straight line of the last n numbers. Sums are those of distances from an anchor near the mean, or squares of prices would drown a small spread; they are
/// taken anew every so many numbers and whenever what went through them since is large beside what is left, so rounding stays below 1e-9 of the spread.</summary>
internal struct RunningMoments(int length)
{
    private const double LargestLoss = 1000;

    private readonly int _betweenRecounts = Math.Max(length, 256);
    private readonly double _share = 1.0 / length;
    private readonly double _spreadOfPlaces = length * ((double)length * length - 1) / 12;
    private Ring<double> _ring = new(length);
    private int _count;
    private int _untilRecount;
    private double _anchor;
    private double _sum;
    private double _squares;
    private double _weighted;
    private double _largest;

    public readonly bool IsFull => _count == length;
    public readonly double Mean => _anchor + (_sum * _share);

    /// <summary>Σ(x − mean)².</summary>
    public double Spread { get; private set; }

    /// <summary>Σx².</summary>
    public readonly double Squares => Spread + (length * Mean * Mean);

    /// <summary>Of the least-squares line, per number.</summary>
    public readonly double Slope => (_weighted - ((length + 1) * 0.5 * _sum)) / _spreadOfPlaces;

    /// <summary>Σ(i − mean of i)² of the places 1 to n.</summary>
    public readonly double SpreadOfPlaces => _spreadOfPlaces;

    public void Add(double value)
    {
        var (came, went) = (value - _anchor, _ring.Push(value) - _anchor);
        if (_count < length)
        {
            if (++_count == length) Recount();
            return;
        }

        var change = came - went;
        _weighted += (length * came) - _sum;
        _sum += change;
        _squares += change * (came + went);
        _largest = _squares > _largest ? _squares : _largest;
        Spread = _squares - (_sum * _sum * _share);
        if (--_untilRecount == 0 || _largest > LargestLoss * Spread) Recount();
    }

    private void Recount()
    {
        var newest = _ring[length - 1];
        double distance = 0;
        foreach (var value in _ring.Values) distance += value - newest;
        // Exactly the number itself where all are the same.
        _anchor = newest + (distance * _share);
        (_sum, _squares, _weighted) = (0, 0, 0);
        for (var age = 0; age < length; age++)
        {
            var value = _ring[age] - _anchor;
            _sum += value;
            _squares += value * value;
            _weighted += (age + 1) * value;
        }
        _largest = _squares;
        Spread = Math.Max(0, _squares - (_sum * _sum * _share));
        _untilRecount = _betweenRecounts;
    }
}
