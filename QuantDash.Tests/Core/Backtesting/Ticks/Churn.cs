using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Backtesting.Ticks;

/// <summary>Trades a lot by simple numbers: positions that turn round, limits that rest and are taken back, stops that wait.</summary>
internal sealed class Churn : Strategy
{
    private static readonly decimal[] Targets = [2m, -1m, 0m, 3m, -2m];
    private int _ticks;
    private int _bars;

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "churn", Description = "A test's.", Parameters = [], Create = _ => new Churn(), WarmUpBars = _ => 0,
    };

    public override void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick)
    {
        _ticks++;
        if (_ticks % 40 == 0) context.MoveTo(instrument, Targets[_ticks / 40 % Targets.Length]);
        if (_ticks % 40 == 15 && instrument.Net > 0m) context.Place(OrderIntent.SellClose(instrument, 1m).AtStop(tick.LastTicks - 3));
        if (_ticks % 40 == 20 && instrument.Net == 0m) context.Place(OrderIntent.BuyOpen(instrument, 1m).AtLimit(tick.LastTicks - 1));
        if (_ticks % 40 == 30)
            foreach (var order in instrument.WorkingOrders) context.Cancel(order);
    }

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        if (++_bars % 2 == 0) context.SetTimer("half", context.Now.AddSeconds(30));
    }

    public override void OnTimer(IStrategyContext context, string name)
    {
        var instrument = context.Instruments[0];
        if (instrument.Short.Volume > 0m) context.Place(OrderIntent.BuyClose(instrument, 1m));
    }

    internal sealed class Definitions : IStrategyDefinitions
    {
        public IReadOnlyList<StrategyDefinition> All { get; } = [Definition];

        public StrategyDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);
    }
}
