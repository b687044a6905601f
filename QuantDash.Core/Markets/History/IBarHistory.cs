using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>Where past bars come from: a venue, a vendor, a folder of files, or what was recorded here. Single files come in by import instead.</summary>
public interface IBarHistory
{
    /// <summary>Whether bars of a source come from here.</summary>
    bool Gives(SourceName source);

    /// <summary>What is kept up to date from here every day.</summary>
    IReadOnlyList<OfferedSeries> Series();

    /// <summary>The bars of trading days <paramref name="from"/> to <paramref name="to"/>, finished ones only. Code <c>bars_no_history</c> when it has none.</summary>
    Task<Outcome<BarColumns>> BarsAsync(BarKey key, Contract contract, DateOnly from, DateOnly to, CancellationToken stop = default);
}

/// <summary>A series that a history has.</summary>
/// <param name="AsOf">A day on which its contract traded.</param>
public sealed record OfferedSeries(BarKey Key, DateOnly AsOf);
