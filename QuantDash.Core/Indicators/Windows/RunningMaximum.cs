namespace QuantDash.Core.Indicators.Windows;

/// <summary>The largest of the last n numbers. Numbers come in blocks of n: a window is the end of one block and the beginning of the next, so it is the larger of the
/// maximum from a place of the old block to its end, worked out once a block, and that of the new block so far. No branch depends on the numbers.</summary>
internal struct RunningMaximum
{
    // Places before _next hold numbers of this block, the others maxima of the last block from there to its end; after the last place there is nothing.
    private readonly double[] _places;
    private int _next;
    private double _newest = double.NegativeInfinity;

    public RunningMaximum(int length)
    {
        _places = new double[length + 1];
        Array.Fill(_places, double.NegativeInfinity);
    }

    public double Add(double value)
    {
        var places = _places;
        var next = _next;
        places[next] = value;
        var newest = value > _newest ? value : _newest;
        var older = places[++next];
        _newest = newest;
        _next = next;
        if (next == places.Length - 1) EndBlock();
        return newest > older ? newest : older;
    }

    private void EndBlock()
    {
        for (var place = _places.Length - 3; place >= 0; place--) _places[place] = Math.Max(_places[place], _places[place + 1]);
        _next = 0;
        _newest = double.NegativeInfinity;
    }
}
