using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>Brings a stored series up to what its history has.</summary>
/// <param name="histories">The first that gives a source's bars is asked for them.</param>
public sealed class HistorySync(IEnumerable<IBarHistory> histories, IBarArchive archive)
{
    /// <summary>Everything that any of them keeps up to date.</summary>
    public IReadOnlyList<OfferedSeries> Series() => [.. histories.SelectMany(history => history.Series())];

    /// <param name="from">Null: from the day of the last stored bar on, which may have been stored unfinished; everything when nothing is stored.</param>
    public async Task<Outcome<BarMergeResult>> RunAsync(BarKey key, Contract contract, DateOnly? from, DateOnly to, CancellationToken stop = default)
    {
        if (histories.FirstOrDefault(given => given.Gives(key.Source)) is not { } history) return Outcome<BarMergeResult>.Failure("source", "bars_no_history", key.ToString());
        var bars = await history.BarsAsync(key, contract, from ?? LastDay(key) ?? DateOnly.MinValue, to, stop);
        return bars.Succeeded ? archive.Merge(bars.Value, BarMerge.Overlapping) : Outcome<BarMergeResult>.Failure(bars.Problems);
    }

    private DateOnly? LastDay(BarKey key) => archive.Catalogue(key.Source, key.Symbol).Series.FirstOrDefault(stored => stored.Key == key)?.LastDay;
}
