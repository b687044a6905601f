using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>Strategies for a play that waits for each answer: one whose code runs elsewhere is asked in step, because an answer that came some ticks later would make every run another.</summary>
internal sealed class InStepDefinitions(IStrategyDefinitions definitions) : IStrategyDefinitions, IDisposable
{
    private readonly List<IDisposable> _made = [];

    public IReadOnlyList<StrategyDefinition> All => [.. definitions.All.Select(InStep)];

    public StrategyDefinition? Find(string name) => definitions.Find(name) is { } found ? InStep(found) : null;

    public void Dispose() => _made.ForEach(one => one.Dispose());

    private StrategyDefinition InStep(StrategyDefinition definition) => definition with { Create = values => Made(definition.Create(values)) };

    private IStrategy Made(IStrategy strategy)
    {
        if (strategy is IDisposable process) _made.Add(process);
        return strategy is IStrategyRunner ? new Asked(strategy) : strategy;
    }

    /// <summary>Without the face of one that answers later.</summary>
    private sealed class Asked(IStrategy strategy) : IStrategy
    {
        public void OnStart(IStrategyContext context) => strategy.OnStart(context);

        public void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick) => strategy.OnTick(context, instrument, tick);

        public void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => strategy.OnBar(context, instrument, bar);

        public void OnOrder(IStrategyContext context, StrategyOrder order) => strategy.OnOrder(context, order);

        public void OnFill(IStrategyContext context, in StrategyFill fill) => strategy.OnFill(context, fill);

        public void OnTimer(IStrategyContext context, string name) => strategy.OnTimer(context, name);

        public void OnStop(IStrategyContext context) => strategy.OnStop(context);
    }
}
