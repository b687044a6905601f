using QuantDash.Core.Primitives;

namespace QuantDash.Core.Hosting;

/// <summary>Signals and runs of the past, as they are stored.</summary>
public interface IStrategyArchive
{
    /// <summary>Newest first; null <paramref name="instance"/>: of all.</summary>
    Task<Page<StrategySignal>> SignalsAsync(Guid? instance, SignalResult? result, PageRequest page, CancellationToken stop);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<StrategyRun>> RunsAsync(Guid instance, int most, CancellationToken stop);
}
