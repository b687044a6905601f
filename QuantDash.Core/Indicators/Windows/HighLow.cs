using System.Runtime.Intrinsics;

namespace QuantDash.Core.Indicators.Windows;

/// <summary>Highest high and lowest low of the last n bars. Bars come in blocks of n: a window is the end of one block and the beginning of the next, so its extreme is that of the old block from
/// a place to its end, worked out once a block, or that of the new block so far. No branch depends on prices; the low is kept negated beside the high, and both are compared at once.</summary>
internal struct HighLow
{
    // Places before _next hold bars of this block, the others extremes of the last block from there to its end; after the last place there is nothing.
    private readonly Vector128<double>[] _places;
    private Vector128<double> _newest = Vector128.Create(double.NegativeInfinity);
    private Vector128<double> _both;
    private int _next;

    public HighLow(int length)
    {
        _places = new Vector128<double>[length + 1];
        Array.Fill(_places, _newest);
    }

    public readonly double High => _both.ToScalar();
    public readonly double Low => -_both.GetElement(1);
    public readonly double Middle => (_both.ToScalar() - _both.GetElement(1)) / 2;

    public void Add(double high, double low)
    {
        var places = _places;
        var next = _next;
        var value = Vector128.Create(high, -low);
        places[next++] = value;
        var newest = Vector128.MaxNative(value, _newest);
        _both = Vector128.MaxNative(newest, places[next]);
        _newest = newest;
        _next = next;
        if (next == places.Length - 1) EndBlock();
    }

    private void EndBlock()
    {
        for (var place = _places.Length - 3; place >= 0; place--) _places[place] = Vector128.MaxNative(_places[place], _places[place + 1]);
        _next = 0;
        _newest = Vector128.Create(double.NegativeInfinity);
    }
}
