using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>One strategy as it stands: what its card and its page show.</summary>
public sealed record StrategyView
{
    public required StrategyInstance Instance { get; init; }
    public required StrategyRunState State { get; init; }

    /// <summary>The present run or the last one; null before the first.</summary>
    public StrategyRun? Run { get; init; }

    /// <summary>It was running when the process ended, and goes on once bars of the past are there: whoever loads them calls <see cref="StrategyCommands.GoOn"/>.</summary>
    public bool AwaitsHistory { get; init; }

    /// <summary>Bars until it may order; 0: none.</summary>
    public int WarmUpBarsLeft { get; init; }

    /// <summary>It was changed since it was started: the change counts from the next start on.</summary>
    public bool ChangesAtRestart { get; init; }

    /// <summary>Its account's feed is the clock: REPLAY.</summary>
    public bool Replay { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>Since the trading day began, after fees, what it holds at the latest price; null while a price is missing.</summary>
    public required decimal? PnlToday { get; init; }

    /// <summary>Over all its runs.</summary>
    public required decimal? PnlTotal { get; init; }
    public IReadOnlyList<StrategyBookView> Books { get; init; } = [];

    /// <summary>Signals that are not over: orders that work and stops that wait, oldest first.</summary>
    public IReadOnlyList<StrategySignal> Working { get; init; } = [];

    /// <summary>The latest signals, newest first.</summary>
    public IReadOnlyList<StrategySignal> Signals { get; init; } = [];
    public required StrategyDayCounters Counters { get; init; }

    /// <summary>The latest lines, newest first; gone with the process.</summary>
    public IReadOnlyList<StrategyLogLine> Log { get; init; } = [];

    /// <summary>P&amp;L of the day from minute to minute, oldest first; gone with the process.</summary>
    public IReadOnlyList<StrategyEquityPoint> Equity { get; init; } = [];
}

/// <summary>What a strategy holds of one contract.</summary>
/// <param name="Last">Latest price; null without one.</param>
/// <param name="FloatingPnl">Null without a price.</param>
public sealed record StrategyBookView(StrategyBook Book, Price? Last, decimal? FloatingPnl);

public sealed record StrategyLogLine(DateTimeOffset At, string Message);

public readonly record struct StrategyEquityPoint(DateTimeOffset At, decimal Pnl);
