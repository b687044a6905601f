using QuantDash.Core.Backtesting.Reports;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>The equity of a backtest over ticks from minute to minute, ending with the last. Pure.</summary>
internal sealed class TickEquity
{
    private readonly List<(DateTimeOffset At, decimal Equity)> _points;
    private readonly decimal _cash;

    public TickEquity(TickBacktestRequest request, TickBacktestResult result)
    {
        (_cash, _points) = (request.Cash.Amount, [.. result.Equity]);
        Final = result.Funds.Equity ?? (_points.Count > 0 ? _points[^1].Equity : _cash);
        if (result.LastAt is { } last && (_points.Count == 0 || last > _points[^1].At)) _points.Add((last, Final));
        else if (_points.Count > 0) _points[^1] = (_points[^1].At, Final);
        Fall();
    }

    public decimal Final { get; }

    /// <summary>≤ 0.</summary>
    public double MaxDrawdown { get; private set; }
    public double MaxDrawdownMoney { get; private set; }

    /// <summary>As last seen up to then.</summary>
    public decimal At(DateTimeOffset at)
    {
        var found = _points.BinarySearch((at, decimal.MaxValue));
        var next = found >= 0 ? found : ~found;
        return next == 0 ? _cash : _points[next - 1].Equity;
    }

    public IReadOnlyList<ReportedEquity> Thinned()
    {
        var values = _points.Select(point => (double)point.Equity).ToArray();
        return [.. Thinning.Of(values, BacktestReporter.MostEquityPoints).Select(i => new ReportedEquity(_points[i].At, Math.Round(values[i], 4)))];
    }

    private void Fall()
    {
        var top = (double)_cash;
        foreach (var (_, equity) in _points)
        {
            top = Math.Max(top, (double)equity);
            MaxDrawdownMoney = Math.Min(MaxDrawdownMoney, (double)equity - top);
            if (top > 0) MaxDrawdown = Math.Min(MaxDrawdown, ((double)equity / top) - 1);
        }
    }
}
