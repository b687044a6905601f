using System.Collections;

namespace QuantDash.Core.Backtesting;

/// <summary>Round trips in the order they were closed, in blocks: a long run's never have to be moved because there are more of them.</summary>
internal sealed class TradeLog : IReadOnlyList<BacktestTrade>
{
    private const int BlockLength = 1024;

    private readonly List<BacktestTrade[]> _blocks = [];
    /// <summary>The first is short, as most runs are.</summary>
    private BacktestTrade[] _last = new BacktestTrade[16];
    private int _used;

    public TradeLog() => _blocks.Add(_last);

    public int Count { get; private set; }

    public BacktestTrade this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            if (index < _blocks[0].Length) return _blocks[0][index];
            var beyond = index - _blocks[0].Length;
            return _blocks[1 + (beyond / BlockLength)][beyond % BlockLength];
        }
    }

    public void Add(in BacktestTrade trade)
    {
        if (_used == _last.Length)
        {
            _last = GC.AllocateUninitializedArray<BacktestTrade>(BlockLength);
            _blocks.Add(_last);
            _used = 0;
        }

        _last[_used++] = trade;
        Count++;
    }

    public IEnumerator<BacktestTrade> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
