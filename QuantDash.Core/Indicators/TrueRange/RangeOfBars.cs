namespace QuantDash.Core.Indicators;

/// <summary>The true range from bar to bar.</summary>
internal struct RangeOfBars
{
    /// <summary>What the first bar gives.</summary>
    public const double None = -1;

    private double _close;
    private bool _hasClose;

    public double Next(double high, double low, double close)
    {
        var (before, known) = (_close, _hasClose);
        (_close, _hasClose) = (close, true);
        return known ? double.MaxNative(high - low, double.MaxNative(Math.Abs(high - before), Math.Abs(low - before))) : None;
    }
}
