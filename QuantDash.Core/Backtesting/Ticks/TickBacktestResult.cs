using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>What the engine did over the ticks: its own records, oldest first.</summary>
public sealed record TickBacktestResult
{
    public required int Ticks { get; init; }

    /// <summary>Stored ticks that the gate did not let in.</summary>
    public required int Rejected { get; init; }
    public required IReadOnlyList<Order> Orders { get; init; }
    public required IReadOnlyList<Trade> Trades { get; init; }
    public required IReadOnlyList<LockTrigger> Triggers { get; init; }
    public required IReadOnlyList<StrategySignal> Signals { get; init; }
    public required IReadOnlyList<AccountSettlement> Settlements { get; init; }

    /// <summary>Once a minute of the ticks' time.</summary>
    public required IReadOnlyList<(DateTimeOffset At, decimal Equity)> Equity { get; init; }
    public required Funds Funds { get; init; }

    /// <summary>Time of the last tick; null: there was none.</summary>
    public required DateTimeOffset? LastAt { get; init; }

    /// <summary>Those that were played at least one tick of.</summary>
    public required IReadOnlyDictionary<Symbol, PlayedContract> Contracts { get; init; }

    /// <summary>Null without a strategy.</summary>
    public required StrategyView? Strategy { get; init; }
}
