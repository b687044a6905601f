using QuantDash.Core.Primitives;

namespace QuantDash.Core.Hosting;

/// <summary>Signals and runs of the past, as they are stored.</summary>
public interface IStrategyArchive
{
    /// <summary>In the order that the filter asks for. A cursor belongs to one order: any other refuses it.</summary>
    Task<Page<StrategySignal>> SignalsAsync(SignalFilter filter, PageRequest page, CancellationToken stop);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<StrategyRun>> RunsAsync(Guid instance, int most, CancellationToken stop);
}
