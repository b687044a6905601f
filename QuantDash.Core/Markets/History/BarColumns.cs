namespace QuantDash.Core.Markets.History;

/// <summary>Bars of one series as columns, oldest first, without overlaps: what a backtest walks over. Immutable; the n-th entries of all columns are one bar.</summary>
/// <remarks>Prices are whole ticks of <see cref="PriceTick"/>, which is the contract's own, or finer where prices were adjusted by a ratio.</remarks>
public sealed class BarColumns
{
    private readonly long[] _starts, _ends, _opens, _highs, _lows, _closes;
    private readonly int[] _tradingDays;
    private readonly double[] _volumes, _openInterests;

    /// <summary>Takes the arrays over: nobody writes to them any more. That the bars are in order is the caller's word; <see cref="Of"/> looks.</summary>
    public BarColumns(BarKey key, decimal priceTick, ColumnArrays arrays)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priceTick);
        (Key, PriceTick) = (key, priceTick);
        (_starts, _ends, _tradingDays) = (arrays.Starts, arrays.Ends, arrays.TradingDays);
        (_opens, _highs, _lows, _closes) = (arrays.Opens, arrays.Highs, arrays.Lows, arrays.Closes);
        (_volumes, _openInterests) = (arrays.Volumes, arrays.OpenInterests);
    }

    public BarKey Key { get; }

    /// <summary>What one whole tick is worth in price, &gt; 0.</summary>
    public decimal PriceTick { get; }

    public int Count => _starts.Length;

    /// <summary>First millisecond of each bar since 1970-01-01 UTC, rising.</summary>
    public ReadOnlyMemory<long> Starts => _starts;

    /// <summary>First millisecond after each bar; never past the next bar's start.</summary>
    public ReadOnlyMemory<long> Ends => _ends;

    /// <summary>The trading day of each bar as <see cref="DateOnly.DayNumber"/>.</summary>
    public ReadOnlyMemory<int> TradingDays => _tradingDays;

    /// <summary>In price ticks.</summary>
    public ReadOnlyMemory<long> Opens => _opens;

    /// <inheritdoc cref="Opens"/>
    public ReadOnlyMemory<long> Highs => _highs;

    /// <inheritdoc cref="Opens"/>
    public ReadOnlyMemory<long> Lows => _lows;

    /// <inheritdoc cref="Opens"/>
    public ReadOnlyMemory<long> Closes => _closes;

    public ReadOnlyMemory<double> Volumes => _volumes;

    /// <summary>At the end of each bar; 0 where the source has none.</summary>
    public ReadOnlyMemory<double> OpenInterests => _openInterests;

    public HistoryBar this[int index] => new()
    {
        Start = _starts[index],
        End = _ends[index],
        TradingDay = _tradingDays[index],
        Open = _opens[index],
        High = _highs[index],
        Low = _lows[index],
        Close = _closes[index],
        Volume = _volumes[index],
        OpenInterest = _openInterests[index],
    };

    public static BarColumns Empty(BarKey key, decimal priceTick) => new(key, priceTick, new(0));

    /// <summary>Throws when a bar begins before the one before it has ended: a series has no overlaps.</summary>
    public static BarColumns Of(BarKey key, decimal priceTick, IReadOnlyList<HistoryBar> bars)
    {
        var arrays = new ColumnArrays(bars.Count);
        for (var i = 0; i < bars.Count; i++)
        {
            if (i > 0 && bars[i].Start < bars[i - 1].End) throw new ArgumentException($"Bar {i} begins at {bars[i].Start}, before the one before it has ended.", nameof(bars));
            arrays.Set(i, bars[i]);
        }

        return new(key, priceTick, arrays);
    }

    /// <summary>The bars that begin within [<paramref name="from"/>, <paramref name="to"/>), milliseconds since 1970-01-01 UTC.</summary>
    public BarColumns Between(long from, long to)
    {
        var (first, end) = (IndexAtOrAfter(from), IndexAtOrAfter(to));
        return first == 0 && end == Count ? this : new(Key, PriceTick, Arrays().Slice(first, Math.Max(first, end)));
    }

    /// <summary>Index of the first bar that begins at or after an instant; <see cref="Count"/> when none does.</summary>
    public int IndexAtOrAfter(long start)
    {
        var found = Array.BinarySearch(_starts, start);
        return found >= 0 ? found : ~found;
    }

    public IEnumerable<HistoryBar> Bars()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    private ColumnArrays Arrays() => new(_starts, _ends, _tradingDays, _opens, _highs, _lows, _closes, _volumes, _openInterests);
}
