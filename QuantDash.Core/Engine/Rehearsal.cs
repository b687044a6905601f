using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>An account as it stands, to be rehearsed with.</summary>
public sealed record RehearsalBooks(RecoveredState State, AccountId AccountId, IReadOnlyList<RehearsalQuote> Quotes);

/// <summary>The latest price of a contract.</summary>
/// <param name="TradableAt">Now, or where its market is closed when it opens next; null: it does not any more.</param>
/// <param name="PriceLimit">涨跌停 by the table, where the feed carries none; null: not known.</param>
public sealed record RehearsalQuote(Contract Contract, RawTick Tick, DateTimeOffset? TradableAt, Ratio? PriceLimit);

public enum RehearsalScenario
{
    /// <summary>Everything opens lower, and trades there.</summary>
    GapDown,

    /// <summary>Everything opens higher, and trades there.</summary>
    GapUp,

    /// <summary>At the lower limit, and nobody buys.</summary>
    LimitDown,

    /// <summary>At the upper limit, and nobody sells.</summary>
    LimitUp,

    /// <summary>Prices stay, and margin rates are higher.</summary>
    MarginStep,
}

/// <summary>What is asked.</summary>
/// <param name="Gap">Of the gap, as a ratio of the last price, above 0.</param>
/// <param name="MarginStep">Points added to every margin rate, as a ratio.</param>
public sealed record RehearsalRequest(AccountId AccountId, Ratio Gap, Ratio MarginStep);

/// <summary>What would become of an account in one scenario: computed by an engine of its own, started with the account's books, its venue simulated.</summary>
/// <param name="Prices">Of each contract, before and in the scenario.</param>
/// <param name="Left">Contracts that are not moved, because no limit of theirs is known or their market does not open again.</param>
public sealed record RehearsalOutcome(
    RehearsalScenario Scenario, Funds Before, Funds After, IReadOnlyList<RehearsedPrice> Prices, IReadOnlyList<Symbol> Left, IReadOnlyList<RehearsedRule> Rules, IReadOnlyList<RehearsedLock> Locks, IReadOnlyList<RehearsedLeg> Legs);

public sealed record RehearsedPrice(Symbol Symbol, Price Before, Price After);

public enum RehearsedDeed
{
    /// <summary>Its level was not reached.</summary>
    Nothing,

    /// <summary>It asks for a click.</summary>
    Asks,

    /// <summary>All of it was locked or closed.</summary>
    Done,

    /// <summary>Some of it was.</summary>
    InPart,

    /// <summary>Its order waits: nobody trades there.</summary>
    Works,

    /// <summary>It came to nothing.</summary>
    Failed,
}

/// <summary>What a rule does.</summary>
/// <param name="Condition">The condition that fired; null: none did.</param>
/// <param name="Wanted">Lots it asked for.</param>
/// <param name="Says">Why not all of it; in the engine's words.</param>
public sealed record RehearsedRule(Guid RuleId, Symbol Symbol, Side Direction, RehearsedDeed Deed, ConditionKind? Condition, Volume Wanted, Volume Filled, string? Says);

/// <summary>What becomes of a lock.</summary>
/// <param name="IsNew">It was made in the scenario.</param>
public sealed record RehearsedLock(Guid LockId, Symbol Symbol, Side LockedSide, Volume Covered, decimal? Frozen, LockStatus Status, bool IsNew);

/// <summary>A leg before and after.</summary>
public sealed record RehearsedLeg(Symbol Symbol, Side Side, Volume Before, Volume After, decimal? PnlBefore, decimal? PnlAfter);

/// <summary>预演: what every rule, margin and lock does at a gap, at the limit with no fill, and after margin rates rise. No arithmetic of its own: an engine of the same code is started on a copy.</summary>
public sealed class Rehearsal(ContractCatalog catalog, TradingCalendar calendar, EngineOptions options)
{
    private const decimal Least = 0.001m;
    private const decimal LargestGap = 0.3m;
    private const decimal LargestStep = 0.5m;

    /// <summary>Problems of a request.</summary>
    public static IReadOnlyList<Problem> Check(RehearsalRequest request)
    {
        var problems = new List<Problem>();
        if (request.Gap.Value < Least || request.Gap.Value > LargestGap) problems.Add(new("gap_percent", "out_of_range", Least * 100m, LargestGap * 100m, request.Gap.Value * 100m));
        if (request.MarginStep.Value < Least || request.MarginStep.Value > LargestStep) problems.Add(new("margin_step_percent", "out_of_range", Least * 100m, LargestStep * 100m, request.MarginStep.Value * 100m));
        return problems;
    }

    /// <param name="books">What it begins with.</param>
    /// <param name="request">How far prices and rates move.</param>
    /// <param name="report">Told how far it is before each scenario; whoever takes the work back throws.</param>
    public IReadOnlyList<RehearsalOutcome> Run(RehearsalBooks books, RehearsalRequest request, Action<double>? report = null)
    {
        RehearsalScenario[] moves = [RehearsalScenario.GapDown, RehearsalScenario.GapUp, RehearsalScenario.LimitDown, RehearsalScenario.LimitUp];
        var moved = new List<RehearsalOutcome>();
        foreach (var scenario in moves)
        {
            report?.Invoke((double)moved.Count / (moves.Length + 1));
            moved.Add(new RehearsalStage(books, scenario, request, catalog, calendar, options).Play());
        }

        report?.Invoke((double)moves.Length / (moves.Length + 1));
        var dearer = new RehearsalStage(books, RehearsalScenario.MarginStep, request, Dearer(request.MarginStep), calendar, options).Play();
        // It is charged the higher rates from its first moment on: what is charged now the others know.
        return [.. moved, dearer with { Before = moved[0].Before }];
    }

    private ContractCatalog Dearer(Ratio step) => new([.. catalog.Products.Select(product => product with { Terms = [.. product.Terms.Select(terms => Dearer(terms, step))] })], calendar);

    private static ContractTerms Dearer(ContractTerms terms, Ratio step) =>
        terms with { LongMargin = new(terms.LongMargin.Value + step.Value), ShortMargin = new(terms.ShortMargin.Value + step.Value) };
}
