using QuantDash.Core.Markets.History;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>Builds the bars of a longer timeframe out of those a run walks over. They begin on the exchange clock and never span two trading days.</summary>
internal sealed class LongerBars
{
    private const long MinuteInMilliseconds = 60_000;

    private readonly BacktestBars _bars;
    private readonly BarShape _shape;
    private readonly long _length;
    private readonly long _offset;
    private readonly bool _isDay;
    private StrategyBar _open;
    private (int Day, long Number) _bucket;
    private bool _isOpen;
    private int _taken = -1;

    public LongerBars(BacktestBars bars, Timeframe timeframe, TimeSpan utcOffset)
    {
        if (timeframe.CompareTo(bars.Shape.Timeframe) <= 0) throw new ArgumentException($"{timeframe} is not longer than the bars of {bars.Shape.Timeframe}.", nameof(timeframe));
        (_bars, _shape, _isDay) = (bars, new BarShape(bars.Shape.Scale, timeframe), timeframe.IsDay);
        _length = (long)timeframe.Length.TotalMinutes * MinuteInMilliseconds;
        _offset = (long)utcOffset.TotalMilliseconds;
    }

    /// <summary>The bar that is known to be complete when a bar of the run is; null when none is. Asked until it says so.</summary>
    public StrategyBar? Take(int index)
    {
        if (_taken == index) return IsOver(index) ? Close() : null;
        _taken = index;
        ref readonly var bar = ref _bars.Rows[index];
        var bucket = BucketOf(index);
        var ended = _isOpen && bucket != _bucket ? Close() : (StrategyBar?)null;
        _open = _isOpen ? Extended(bar) : bar with { Shape = _shape };
        (_bucket, _isOpen) = (bucket, true);
        return ended ?? (IsOver(index) ? Close() : null);
    }

    private StrategyBar Close()
    {
        _isOpen = false;
        return _open;
    }

    private StrategyBar Extended(in StrategyBar bar) => _open with
    {
        End = bar.End,
        HighTicks = Math.Max(_open.HighTicks, bar.HighTicks),
        LowTicks = Math.Min(_open.LowTicks, bar.LowTicks),
        CloseTicks = bar.CloseTicks,
        Volume = _open.Volume + bar.Volume,
    };

    private (int Day, long Number) BucketOf(int index) =>
        (_bars.Columns.TradingDays.Span[index], _isDay ? 0 : (_bars.Columns.Starts.Span[index] + _offset) / _length);

    /// <summary>Its time is over with this bar, or its trading day is.</summary>
    private bool IsOver(int index)
    {
        if (!_isOpen) return false;
        if (!_isDay && _bars.Rows[index].End + _offset >= (_bucket.Number + 1) * _length) return true;
        return index + 1 == _bars.Count || _bars.Columns.TradingDays.Span[index + 1] != _bucket.Day;
    }
}
