using QuantDash.Core.Primitives;

namespace QuantDash.Core.Hosting;

public enum StrategyRunState
{
    Stopped,

    /// <summary>It has not seen enough bars yet, or waits for those of the past: it is told everything and orders nothing.</summary>
    WarmingUp,
    Running,

    /// <summary>It is told everything, and may only reduce what it holds.</summary>
    Paused,

    /// <summary>It is told nothing more; its orders are being cancelled.</summary>
    Stopping,

    /// <summary>It broke, and was stopped.</summary>
    Failed,
}

/// <summary>A strategy from one start to its stop, with what it ran with. Kept when its parameters change (table <c>strategy_runs</c>).</summary>
public sealed record StrategyRun
{
    public required Guid Id { get; init; }
    public required Guid InstanceId { get; init; }
    public required string Definition { get; init; }

    /// <summary>Of the definition's code.</summary>
    public required string Version { get; init; }
    public required StrategyMode Mode { get; init; }
    public required AccountId AccountId { get; init; }

    /// <summary>Every parameter, defaults too.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }
    public required StrategyRunState State { get; init; }

    /// <summary>Why it was stopped, or what broke; null while it runs.</summary>
    public string? Reason { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Realised P&amp;L less fees within this run.</summary>
    public decimal RealisedPnl { get; init; }
    public int Signals { get; init; }
    public int Fills { get; init; }

    /// <summary>It is told events, or would be if its warm-up had come.</summary>
    public bool IsOn => State is StrategyRunState.WarmingUp or StrategyRunState.Running or StrategyRunState.Paused;
}
