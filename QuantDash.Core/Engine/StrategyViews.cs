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

    /// <summary>After a restart by time alone: where a feed is the clock that may take a strategy for changed.</summary>
    private static bool IsChanged(HostedStrategy strategy, StrategyRun run) =>
        strategy.BegunWith is { } then ? !ReferenceEquals(then, strategy.Instance) : strategy.Instance.UpdatedAt > run.StartedAt;
}
