using QuantDash.Core.Markets;
using QuantDash.Core.Orders;

namespace QuantDash.Core.Engine;

/// <summary>Limits of the engine; times are durations on the account's clock.</summary>
public sealed record EngineOptions
{
    public TickGateOptions Gate { get; init; } = new();

    /// <summary>A symbol silent for longer inside its session is stale.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a resting lock order waits before its price is looked at again.</summary>
    public TimeSpan ChaseInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Orders a firing may send; a stop goes on until it is filled or the session ends.</summary>
    public int ChaseTries { get; init; } = 10;

    /// <summary>An order that was not sent within this time of its decision is not sent any more, and what it was for is decided again; a firing that own orders
    /// still hold back after it is told as an alarm.</summary>
    public TimeSpan ExecuteWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An order whose outcome is still unknown after this time is told again, as an alarm that wakes.</summary>
    public TimeSpan UnknownPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often an account is compared with its venue when nothing else asks for it.</summary>
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>What an account is held to until somebody sets its limits.</summary>
    public RiskLimits DefaultLimits { get; init; } = RiskLimits.None;

    /// <summary>At most one strategy runs; another one's start is refused.</summary>
    public bool OneStrategyAtATime { get; init; }

    /// <summary>How long orders are on their way to the simulated venue; null: they arrive at once.</summary>
    public Simulation.OrderLatency? SimulatedLatency { get; init; }

    /// <summary>Closed triggers kept in memory for pages.</summary>
    public int RecentTriggers { get; init; } = 200;
}
