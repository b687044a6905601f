using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>锁仓回测: what rules would have done over the ticks of a span. No matching and no deciding of its own: the engine that runs them live is started on a scene.
/// The same scene, ticks and rules give the same answer every time.</summary>
public sealed class LockBacktest(ContractCatalog catalog, TradingCalendar calendar, EngineOptions options)
{
    /// <summary>Why no answer could be given; empty: one can.</summary>
    public static IReadOnlyList<Problem> Check(LockScene scene, LockTicks ticks, IReadOnlyList<LockRule> rules)
    {
        List<Problem> problems = [];
        if (ticks.Count == 0) problems.Add(new("from", "lock_backtest_no_ticks", scene.Contract.Symbol));
        if (rules.Any(rule => rule.Unlocks)) problems.Add(new("action", "lock_backtest_unlocks"));
        if (rules.Any(rule => rule.Symbol != scene.Contract.Symbol)) problems.Add(new("symbol", "lock_backtest_one_contract", scene.Contract.Symbol));
        if (scene.Lots.All(lot => lot.Volume.IsZero)) problems.Add(new("volume", "lock_backtest_flat"));
        return problems;
    }

    /// <summary>Would they have fired, and what came of it.</summary>
    /// <param name="scene">What it begins with.</param>
    /// <param name="ticks">The span.</param>
    /// <param name="confirmation">What the trader does.</param>
    /// <param name="rules">All of one contract.</param>
    /// <param name="report">Told how far it is; whoever takes the work back throws.</param>
    public Outcome<LockBacktestResult> Run(LockScene scene, LockTicks ticks, LockConfirmation confirmation, IReadOnlyList<LockRule> rules, Action<double>? report = null) =>
        Run(scene, ticks, confirmation, rules, detail: true, report);

    /// <summary>Rules as they stand against the same rules with other values.</summary>
    public Outcome<LockChange> Change(LockScene scene, LockTicks ticks, LockConfirmation confirmation, IReadOnlyList<LockRule> before, IReadOnlyList<LockRule> after, Action<double>? report = null)
    {
        var old = Run(scene, ticks, confirmation, before, share => report?.Invoke(share / 2));
        if (!old.Succeeded) return Outcome<LockChange>.Failure(old.Problems);
        var changed = Run(scene, ticks, confirmation, after, share => report?.Invoke(0.5 + (share / 2)));
        return changed.Succeeded ? Outcome<LockChange>.Success(new(old.Value, changed.Value)) : Outcome<LockChange>.Failure(changed.Problems);
    }

    /// <summary>The rules with their leg locked, with it closed, and the leg held without any rule.</summary>
    public Outcome<LockComparison> Compare(LockScene scene, LockTicks ticks, LockConfirmation confirmation, IReadOnlyList<LockRule> rules, Action<double>? report = null)
    {
        var locked = Run(scene, ticks, confirmation, With(rules, LockAction.Lock), share => report?.Invoke(share / 3));
        var closed = Run(scene, ticks, confirmation, With(rules, LockAction.Reduce), share => report?.Invoke((1 + share) / 3));
        if (!closed.Succeeded) return Outcome<LockComparison>.Failure(closed.Problems);
        var held = Run(scene, ticks, confirmation, [], share => report?.Invoke((2 + share) / 3));
        return held.Succeeded
            ? Outcome<LockComparison>.Success(new(locked.Succeeded ? locked.Value : null, locked.Problems, closed.Value, held.Value))
            : Outcome<LockComparison>.Failure(held.Problems);
    }

    /// <summary>One cell of a sweep.</summary>
    /// <param name="scene">What it begins with.</param>
    /// <param name="ticks">The span.</param>
    /// <param name="confirmation">What the trader does.</param>
    /// <param name="rules">The first one's values are varied; the others run beside it.</param>
    /// <param name="point">Those values.</param>
    /// <param name="report">Told how far it is.</param>
    public LockSweepCell Sweep(LockScene scene, LockTicks ticks, LockConfirmation confirmation, IReadOnlyList<LockRule> rules, LockSweepPoint point, Action<double>? report = null)
    {
        var ran = Run(scene, ticks, confirmation, [point.On(rules[0]), .. rules.Skip(1)], detail: false, report);
        return ran.Succeeded
            ? new(point.X, point.Y, ran.Value.Firings.Count, ran.Value.FinalEquity, ran.Value.Profit, ran.Value.Fees, ran.Value.MaxDrawdown, null)
            : new(point.X, point.Y, 0, null, null, null, null, ran.Problems[0]);
    }

    private Outcome<LockBacktestResult> Run(LockScene scene, LockTicks ticks, LockConfirmation confirmation, IReadOnlyList<LockRule> rules, bool detail, Action<double>? report)
    {
        if (Check(scene, ticks, rules) is { Count: > 0 } problems) return Outcome<LockBacktestResult>.Failure(problems);
        return new LockStage(scene, ticks, confirmation, catalog, calendar, options, detail).Play(rules, report);
    }

    private static IReadOnlyList<LockRule> With(IReadOnlyList<LockRule> rules, LockAction action) => [.. rules.Select(rule => rule with { Action = action })];
}
