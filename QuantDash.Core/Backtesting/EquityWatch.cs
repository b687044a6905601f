namespace QuantDash.Core.Backtesting;

/// <summary>How far equity fell below its highest, seen bar by bar.</summary>
internal sealed class EquityWatch(double start)
{
    private double _highest = start;

    /// <summary>The deepest fall in money, ≥ 0.</summary>
    public double Deepest { get; private set; }

    /// <summary>The least that was left of the highest, 1: it never fell.</summary>
    public double DeepestRatio { get; private set; } = 1;

    public int InMarket { get; set; }

    public void See(double equity)
    {
        if (equity >= _highest)
        {
            _highest = equity;
            return;
        }
        if (_highest - equity > Deepest) Deepest = _highest - equity;
        if (equity < _highest * DeepestRatio) DeepestRatio = equity / _highest;
    }
}
