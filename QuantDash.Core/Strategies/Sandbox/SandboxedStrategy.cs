namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>A strategy that runs in a process of its own, for hosts that wait for each answer: backtests.</summary>
/// <param name="name">Of the definition.</param>
/// <param name="values">Bound by it.</param>
/// <param name="start">Starts its process; called once.</param>
public sealed class SandboxedStrategy(string name, ParameterValues values, Func<IStrategyProcess> start) : IStrategy, IBatchedStrategy, IDisposable
{
    private readonly StrategyRemote _remote = new(name, values.Texts);
    private IStrategyProcess? _process;
    private ReadOnlyMemory<byte> _unapplied;

    public void OnStart(IStrategyContext context)
    {
        _process = start();
        _remote.ApplyStart(context, _process.Ask(_remote.Start(context)));
    }

    public void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick)
    {
        if (_remote.HearsTicks) Apply(context, _remote.Tick(context, instrument, tick));
    }

    public void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        if (_remote.HearsBars) Apply(context, _remote.Bar(context, instrument, bar));
    }

    public void OnOrder(IStrategyContext context, StrategyOrder order)
    {
        if (_remote.HearsOrders) Apply(context, _remote.Order(context, order));
    }

    public void OnFill(IStrategyContext context, in StrategyFill fill)
    {
        if (_remote.HearsFills) Apply(context, _remote.Fill(context, fill));
    }

    public void OnTimer(IStrategyContext context, string name)
    {
        if (_remote.HearsTimers) Apply(context, _remote.Timer(context, name));
    }

    public void OnStop(IStrategyContext context)
    {
        Apply(context, _remote.Stop(context));
        Dispose();
    }

    public int OnBars(IStrategyContext context, IStrategyInstrument instrument, ReadOnlySpan<BarAhead> bars)
    {
        if (!_remote.HearsBars) return bars.Length;
        _unapplied = Process.Ask(_remote.Bars(context, instrument, bars));
        var told = StrategyRemote.BarsOf(_unapplied);
        return told >= 1 && told <= bars.Length ? told : throw new FormatException($"It was told {told} of {bars.Length} bars.");
    }

    public void Act(IStrategyContext context)
    {
        if (_unapplied.IsEmpty) return;
        _remote.Apply(context, _unapplied);
        _unapplied = default;
    }

    public void Dispose() => _process?.Dispose();

    private IStrategyProcess Process => _process ?? throw new InvalidOperationException("It was never started.");

    private void Apply(IStrategyContext context, ReadOnlyMemory<byte> request) => _remote.Apply(context, Process.Ask(request));
}
