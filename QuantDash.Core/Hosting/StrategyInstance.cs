using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Hosting;

/// <summary>What becomes of the orders that a strategy asks for.</summary>
public enum StrategyMode
{
    /// <summary>They go to the account's venue, whatever that is.</summary>
    Live,

    /// <summary>As live, and only on an account whose venue is simulated.</summary>
    Paper,

    /// <summary>They are recorded, and filled on paper by the quotes that follow; nothing is ever sent.</summary>
    Shadow,
}

/// <summary>One strategy as the trader set it up: which, with what, on which account (table <c>strategy_configs</c>).</summary>
public sealed record StrategyInstance
{
    public required Guid Id { get; init; }

    /// <summary>The trader's own name for it; no two have the same.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its <see cref="Strategies.StrategyDefinition"/>.</summary>
    public required string Definition { get; init; }
    public required AccountId AccountId { get; init; }

    /// <summary>What it trades, in this order.</summary>
    public required IReadOnlyList<Symbol> Symbols { get; init; }

    /// <summary>Of the bars it runs on; longer ones follow from its definition.</summary>
    public required Timeframe BarLength { get; init; }

    /// <summary>Parameters as given; what is not among them has its default.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public StrategyMode Mode { get; init; } = StrategyMode.Paper;

    /// <summary>Of two that want opposite things of one contract in one account the higher one has its way; of equal ones the older.</summary>
    public int Priority { get; init; }
    public StrategySchedule Schedule { get; init; } = StrategySchedule.Always;

    /// <summary>False: it cannot be started.</summary>
    public bool IsActive { get; init; } = true;
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
