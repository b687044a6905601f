using QuantDash.Core.Hosting;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>What is played: a strategy, lock rules, or both, over stored ticks.</summary>
public sealed record TickBacktestRequest
{
    /// <summary>Under which the ticks are stored, and what it overrides.</summary>
    public required Source Source { get; init; }

    /// <summary>All of them are fed, in order of time.</summary>
    public required IReadOnlyList<Symbol> Symbols { get; init; }

    /// <summary>First and last trading day.</summary>
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required Money Cash { get; init; }

    /// <summary>Null: rules alone.</summary>
    public TickBacktestStrategy? Strategy { get; init; }

    /// <summary>Of the one account there is: whatever account they name.</summary>
    public IReadOnlyList<LockRule> Rules { get; init; } = [];

    /// <summary>Null: orders arrive at once. Either way a strategy's order is not filled by the quote that caused it.</summary>
    public OrderLatency? Latency { get; init; }
}

/// <param name="Symbols">What it trades; of those that are fed.</param>
/// <param name="Parameters">As texts; what is missing has its default.</param>
public sealed record TickBacktestStrategy(string Definition, IReadOnlyList<Symbol> Symbols, Timeframe BarLength, IReadOnlyDictionary<string, string> Parameters)
{
    public StrategyWarmUp WarmUp { get; init; } = StrategyWarmUp.None;
}
