namespace QuantDash.Core.Hosting;

/// <summary>What a strategy did on one trading day.</summary>
public sealed record StrategyDayCounters(DateOnly? Day, int Signals = 0, int Orders = 0, int Fills = 0, int Refused = 0);

/// <summary>What a strategy is given back after a restart (one row an instance).</summary>
public sealed record StrategyMemory
{
    public required Guid InstanceId { get; init; }

    /// <summary>Its own notes.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public IReadOnlyList<StrategyTimer> Timers { get; init; } = [];
    public StrategyDayCounters Counters { get; init; } = new(null);
    public required DateTimeOffset UpdatedAt { get; init; }
}

public sealed record StrategyTimer(string Name, DateTimeOffset Due);
