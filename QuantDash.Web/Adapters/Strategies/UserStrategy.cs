using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>A strategy of the trader's: a host that waits for answers (a backtest) is served in step, one that connects (the trading engine) is answered later.</summary>
internal sealed class UserStrategy(string name, ParameterValues values, StrategyProgram program) : IStrategyRunner, IBatchedStrategy
{
    private readonly SandboxedStrategy _inStep = new(name, values, program.Start);
    private StrategyRunner? _later;

    private IStrategy Strategy => _later is null ? _inStep : _later;

    public void Connect(IStrategyAnswers answers) => _later = new(name, values, program, answers);

    public void OnStart(IStrategyContext context) => Strategy.OnStart(context);

    public void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick) => Strategy.OnTick(context, instrument, tick);

    public void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => Strategy.OnBar(context, instrument, bar);

    public void OnOrder(IStrategyContext context, StrategyOrder order) => Strategy.OnOrder(context, order);

    public void OnFill(IStrategyContext context, in StrategyFill fill) => Strategy.OnFill(context, fill);

    public void OnTimer(IStrategyContext context, string name) => Strategy.OnTimer(context, name);

    public void OnStop(IStrategyContext context) => Strategy.OnStop(context);

    public int OnBars(IStrategyContext context, IStrategyInstrument instrument, ReadOnlySpan<BarAhead> bars) => _inStep.OnBars(context, instrument, bars);

    public void Act(IStrategyContext context) => _inStep.Act(context);

    public void Dispose()
    {
        _inStep.Dispose();
        _later?.Dispose();
    }
}
