using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks.Backtests;

public enum LockQuestion
{
    /// <summary>Would it have fired?</summary>
    Fire,

    /// <summary>Lock, close or hold?</summary>
    Compare,

    /// <summary>What would other values have changed?</summary>
    Change,

    /// <summary>Which values?</summary>
    Sweep,
}

/// <summary>What is asked of a lock backtest; null is the usual.</summary>
public sealed record LockBacktestAsk
{
    /// <summary>Days that are looked at unless said otherwise: the latest that are stored.</summary>
    public const int UsualDays = 5;

    public required LockQuestion Question { get; init; }
    public required LockRule Rule { get; init; }

    /// <summary>Other rules of the same leg that run beside it.</summary>
    public IReadOnlyList<LockRule> Beside { get; init; } = [];

    /// <summary>The rule with other values; of a change only.</summary>
    public LockRule? Changed { get; init; }

    /// <summary>Where the ticks, or bars, were stored; null: the source that the rule's account hears.</summary>
    public SourceName? Source { get; init; }

    /// <summary>The first trading day; null: <see cref="Days"/> stored ones back from <see cref="To"/>.</summary>
    public DateOnly? From { get; init; }
    public int Days { get; init; } = UsualDays;

    /// <summary>The last trading day; null: the latest stored.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Bars that stand in for ticks; null: ticks as they were stored.</summary>
    public Timeframe? Bars { get; init; }
    public BarPath Path { get; init; } = BarPath.Pessimistic;
    public int SpreadTicks { get; init; } = 1;

    /// <summary>What is held at the beginning; null: what of the leg is held now and belongs to no lock.</summary>
    public Volume? Volume { get; init; }

    /// <summary>Null: as it is held now; where <see cref="Volume"/> says otherwise, at the first tick.</summary>
    public Price? OpenPrice { get; init; }

    /// <summary>Entered at the first tick, whatever is held.</summary>
    public bool AtFirstTick { get; init; }
    public DateOnly? OpenedOn { get; init; }

    /// <summary>Null: what the account is worth now without its floating P&amp;L.</summary>
    public decimal? Cash { get; init; }

    /// <summary>Where the rule asks: the seconds after which somebody confirms; null: nobody does.</summary>
    public int? ConfirmAfterSeconds { get; init; }

    /// <summary>Of a sweep.</summary>
    public LockAxisAsk? X { get; init; }
    public LockAxisAsk? Y { get; init; }

    /// <summary>The enabled rules that lock or close the same leg.</summary>
    public static IReadOnlyList<LockRule> OthersOf(LockRule rule, EngineSnapshot snapshot) =>
    [
        .. snapshot.Rules.Select(view => view.Rule).Where(other => other.Id != rule.Id && other.AccountId == rule.AccountId && other.Symbol == rule.Symbol && other.Direction == rule.Direction && other is { IsEnabled: true, Shadow: false, Unlocks: false })
            .OrderBy(other => other.CreatedAt),
    ];
}

/// <summary>One axis as it was asked for.</summary>
public sealed record LockAxisAsk(LockParameter Parameter, decimal From, decimal To, int Count);
