using QuantDash.Core.Hosting;

namespace QuantDash.Core.Engine;

/// <summary>Pictures of strategies for pages and programs.</summary>
internal sealed class StrategyViews(StrategyRegister register)
{
    public IReadOnlyList<StrategyView> Build() => register.Count == 0 ? [] : [.. register.All.Select(View)];

    private static StrategyView View(HostedStrategy strategy) => new()
    {
        Instance = strategy.Instance,
        State = strategy.State,
        Run = strategy.Run,
        AwaitsHistory = strategy.AwaitsHistory,
        WarmUpBarsLeft = strategy.IsOn ? strategy.WarmUpLeft : 0,
        ChangesAtRestart = strategy is { IsOn: true, Run: { } run } && IsChanged(strategy, run),
        Replay = strategy.Account.Source.IsReplay,
        Currency = strategy.Account.Account.Currency,
        PnlToday = strategy.PnlToday,
        PnlTotal = strategy.PnlTotal,
        Books = [.. strategy.Instruments.Select(one => new StrategyBookView(one.Book, one.Lane.LastPrice, one.FloatingPnl))],
        Working = [.. strategy.Orders.Values.Select(hosted => hosted.Signal).OrderBy(signal => signal.Number)],
        Signals = [.. strategy.Signals],
        Counters = strategy.Counters,
        Log = [.. strategy.Log],
        Equity = [.. strategy.Points],
    };

    /// <summary>After a restart by time; where a feed is the clock its times and ours do not compare, and what was given counts.</summary>
    private static bool IsChanged(HostedStrategy strategy, StrategyRun run)
    {
        if (strategy.BegunWith is { } then) return !ReferenceEquals(then, strategy.Instance);
        return strategy.Account.Source.IsReplay ? Differs(strategy.Instance, run) : strategy.Instance.UpdatedAt > run.StartedAt;
    }

    private static bool Differs(StrategyInstance instance, StrategyRun run) =>
        instance.Mode != run.Mode || instance.Definition != run.Definition || instance.Parameters.Any(given => run.Parameters.TryGetValue(given.Key, out var then) && then != given.Value);
}
