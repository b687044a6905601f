using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What is done with strategies. Like every command of the engine it is for the trading thread.</summary>
public sealed class StrategyCommands
{
    private readonly StrategyDesk _desk;
    private readonly Action<DateTimeOffset> _at;
    private readonly Action _endStep;

    internal StrategyCommands(StrategyDesk desk, Action<DateTimeOffset> at, Action endStep) => (_desk, _at, _endStep) = (desk, at, endStep);

    /// <param name="nudge">Called, from any thread, when a strategy that runs elsewhere has answered: <see cref="TakeAnswers"/> carries it out. Without it answers wait for the next step.</param>
    public void OnAnswered(Action nudge) => _desk.OnAnswered(nudge);

    /// <summary>The instance of an id; null when there is none.</summary>
    public StrategyInstance? Find(Guid id) => _desk.Find(id)?.Instance;

    public Outcome<StrategyInstance> Create(StrategyRequest request, DateTimeOffset now) => Step(now, () => _desk.Create(request, now));

    /// <summary>What runs goes on with what it was started with: a change counts from the next start on. Account, contracts and mode stay while it runs or holds anything.</summary>
    public Outcome<StrategyInstance> Change(Guid id, StrategyRequest request, DateTimeOffset now) => Step(now, () => _desk.Change(id, request, now));

    /// <summary>Only one that is stopped and holds nothing; its runs and signals stay.</summary>
    public Outcome<StrategyInstance> Delete(Guid id, DateTimeOffset now) => Step(now, () => _desk.Delete(id));

    /// <param name="id">Which.</param>
    /// <param name="warmUp">Loaded before, from <see cref="IStrategyHistory"/>.</param>
    /// <param name="now">The machine's clock.</param>
    public Outcome<StrategyRun> Start(Guid id, StrategyWarmUp warmUp, DateTimeOffset now) => Step(now, () => _desk.Start(id, warmUp, now));

    /// <summary>Lets one that was running when the process ended go on (<see cref="StrategyView.AwaitsHistory"/>).</summary>
    public Outcome<StrategyRun> GoOn(Guid id, StrategyWarmUp warmUp, DateTimeOffset now) => Step(now, () => _desk.GoOn(id, warmUp, now));

    /// <summary>Cancels its orders and disarms its stops; what it holds it keeps.</summary>
    public Outcome<StrategyRun> Stop(Guid id, string reason, DateTimeOffset now) => Step(now, () => _desk.Stop(id, reason));

    /// <summary>It opens nothing more; what would open is cancelled. Stops and closes work on.</summary>
    public Outcome<StrategyRun> Pause(Guid id, DateTimeOffset now) => Step(now, () => _desk.Pause(id));

    public Outcome<StrategyRun> Resume(Guid id, DateTimeOffset now) => Step(now, () => _desk.Resume(id));

    /// <summary>Pauses it, cancels its orders and closes what it holds at the market.</summary>
    public Outcome<StrategyInstance> Flatten(Guid id, DateTimeOffset now) => Step(now, () => _desk.Flatten(id));

    /// <summary>Carries out what strategies elsewhere have answered.</summary>
    public void TakeAnswers(DateTimeOffset now)
    {
        _at(now);
        _endStep();
    }

    /// <summary>The engine is given up: whatever of it runs elsewhere ends. Nothing is told, and nothing is written down.</summary>
    public void Abandon() => _desk.Abandon();

    private Outcome<T> Step<T>(DateTimeOffset now, Func<Outcome<T>> work)
    {
        _at(now);
        var outcome = work();
        _endStep();
        return outcome;
    }
}
