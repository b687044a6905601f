using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>What a strategy sees and does in the trading engine.</summary>
internal sealed class HostedContext(HostedStrategy strategy, StrategyOrderDesk orders) : IStrategyContext
{
    public DateTimeOffset Now { get; set; }
    public DateOnly TradingDay { get; set; }
    public bool IsWarmingUp => strategy.WarmUpLeft > 0;
    public IReadOnlyList<IStrategyInstrument> Instruments { get; } = [.. strategy.Instruments];

    /// <summary>Unknown counts as nothing: who sizes by it orders nothing.</summary>
    public decimal Equity => strategy.Account.Ledger.Funds().Equity ?? 0m;
    public decimal Available => strategy.Account.Ledger.Funds().Available ?? 0m;
    public StrategyState State => strategy.Notes;

    public StrategyOrder Place(in OrderIntent intent)
    {
        strategy.CountAsking();
        return orders.Ask(strategy, intent).Order;
    }

    public void Cancel(StrategyOrder order)
    {
        if (strategy.Orders.Values.FirstOrDefault(hosted => hosted.Order == order) is { } hosted) orders.Cancel(hosted, StrategyWords.ByStrategy);
    }

    public void MoveTo(IStrategyInstrument instrument, decimal net)
    {
        strategy.CountAsking();
        if (instrument is HostedInstrument hosted && hosted.Owner == strategy && !IsWarmingUp) orders.MoveTo(hosted, net);
        else if (net - instrument.Net is not 0m and var missing) orders.Ask(strategy, missing < 0m ? OrderIntent.SellOpen(instrument, -missing) : OrderIntent.BuyOpen(instrument, missing));
    }

    public void SetTimer(string name, DateTimeOffset due)
    {
        strategy.Timers.RemoveAll(timer => timer.Name == name);
        strategy.Timers.Add(new(name, due));
        strategy.TimersVersion++;
    }

    public void Log(string message) => strategy.Note(new StrategyLogLine(Now, message));
}
