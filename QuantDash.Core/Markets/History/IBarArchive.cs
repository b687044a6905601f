using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>One stored series: a row of the catalogue.</summary>
/// <param name="From">First millisecond of its first bar since 1970-01-01 UTC; 0 when it is empty.</param>
/// <param name="To">First millisecond after its last bar.</param>
/// <param name="Bytes">What it takes on disk.</param>
public sealed record StoredBars(BarKey Key, decimal PriceTick, int Count, long From, long To, long Bytes)
{
    /// <summary>Trading day of the first bar; null when it is empty.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>Trading day of the last bar; null when it is empty.</summary>
    public DateOnly? LastDay { get; init; }
}

/// <summary>Every stored series, by source, symbol and timeframe.</summary>
/// <param name="Damaged">Files that cannot be read, and why.</param>
public sealed record BarCatalogue(IReadOnlyList<StoredBars> Series, IReadOnlyList<string> Damaged);

/// <summary>What becomes of stored bars where others come in.</summary>
public enum BarMerge
{
    /// <summary>A stored bar that shares any time with a new one is replaced; all others stay.</summary>
    Overlapping,

    /// <summary>Everything stored from the first new bar to the last is replaced: what the new ones lack is gone.</summary>
    WholeSpan,
}

/// <summary>What a merge did.</summary>
/// <param name="Added">Bars at times that had none.</param>
/// <param name="Replaced">Stored bars that gave way to a different one.</param>
/// <param name="Unchanged">Bars that were stored already just so.</param>
/// <param name="KeptInside">Stored bars between the first and the last new one that the new ones do not have, and that stayed.</param>
/// <param name="Removed">The same, where they did not stay.</param>
public sealed record BarMergeResult(int Added, int Replaced, int Unchanged, int KeptInside, int Removed);

/// <summary>The bar store: one series for each source, symbol and timeframe. A series never overlaps itself, and two sources are never mixed.</summary>
public interface IBarArchive
{
    /// <summary>What there is; null: of all.</summary>
    BarCatalogue Catalogue(SourceName? source = null, Symbol? symbol = null);

    /// <summary>The bars that begin within [<paramref name="from"/>, <paramref name="to"/>), milliseconds since 1970-01-01 UTC; null when nothing was ever stored.
    /// Throws <see cref="InvalidDataException"/> when its file is damaged.</summary>
    BarColumns? Read(BarKey key, long from = long.MinValue, long to = long.MaxValue);

    /// <summary>Puts bars into their series, all of them or, after a crash, none. Code <c>bars_other_price_tick</c> when the series was begun in other units,
    /// <c>bars_busy</c> while another process writes to it.</summary>
    Outcome<BarMergeResult> Merge(BarColumns bars, BarMerge how);

    /// <summary>Removes a series; false when there is none. Throws <see cref="IOException"/> while another process writes to it.</summary>
    bool Remove(BarKey key);
}
