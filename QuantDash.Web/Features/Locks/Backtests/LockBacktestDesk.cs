using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Web.Jobs;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>Runs lock backtests on threads that give way and remembers the latest ones. They are kept in memory and nowhere else: the stored ticks give the same answer again in seconds.</summary>
public sealed class LockBacktestDesk(
    LockBacktestPlanner planner, ContractCatalog catalog, TradingCalendar calendar, EngineOptions options, ComputeLanes lanes, TimeProvider clock, ILogger<LockBacktestDesk> log) : ILockBacktestDesk, IDisposable
{
    public const int MostRemembered = 20;
    public const int MostRunning = 4;

    private readonly Lock _gate = new();
    private readonly List<LockBacktestRun> _runs = [];
    private readonly LockBacktest _backtest = new(catalog, calendar, options);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<LockBacktestStatus> Runs
    {
        get { lock (_gate) return [.. Enumerable.Reverse(_runs).Select(run => run.Status.Current)]; }
    }

    public IReadOnlyList<StoredPrices> Stored(Symbol symbol) => planner.Stored(symbol);

    public LiveState<LockBacktestStatus>? Find(Guid id) => Lookup(id)?.Status;

    public Outcome<LockBacktestStatus> Start(LockBacktestAsk ask, EngineSnapshot snapshot)
    {
        var plan = planner.Plan(ask, snapshot);
        if (!plan.Succeeded) return Outcome<LockBacktestStatus>.Failure(plan.Problems);
        var begin = new LockBacktestStatus(Guid.NewGuid(), plan.Value, LockBacktestState.Running, 0, clock.GetUtcNow(), null, null, [], null);
        var run = new LockBacktestRun(begin);
        lock (_gate)
        {
            if (_runs.Count(one => !one.Status.Current.IsOver) >= MostRunning) return Outcome<LockBacktestStatus>.Failure("id", "lock_backtest_busy", MostRunning);
            Forget();
            _runs.Add(run);
        }

        _ = RunAsync(run, plan.Value);
        return Outcome<LockBacktestStatus>.Success(begin);
    }

    public bool Cancel(Guid id)
    {
        if (Lookup(id) is not { } run) return false;
        run.Cancel();
        return true;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var run in _runs) run.Cancel();
        }
    }

    private async Task RunAsync(LockBacktestRun run, LockBacktestPlan plan)
    {
        try
        {
            var outcome = plan.Ask.Question == LockQuestion.Sweep
                ? await SweepAsync(run, plan)
                : await lanes.RunAsync("lock backtest", turn => Answer(plan, Told(run, turn)), run.Stopping);
            End(run, status => outcome.Succeeded
                ? status with { State = LockBacktestState.Finished, Progress = 1, Outcome = outcome.Value }
                : status with { State = LockBacktestState.Failed, Problems = outcome.Problems });
        }
        catch (OperationCanceledException)
        {
            End(run, status => status with { State = LockBacktestState.Cancelled });
        }
        catch (Exception e)
        {
            log.LogError(e, "Lock backtest of {Symbol} failed", plan.Ask.Rule.Symbol);
            End(run, status => status with { State = LockBacktestState.Failed, Error = e.Message });
        }
    }

    private Outcome<LockBacktestOutcome> Answer(LockBacktestPlan plan, Action<double> report)
    {
        report(0);
        var (ticks, rule, beside) = (plan.Read(), plan.Ask.Rule, plan.Ask.Beside);
        return plan.Ask.Question switch
        {
            LockQuestion.Fire => As(_backtest.Run(plan.Scene, ticks, plan.Confirmation, [rule, .. beside], report), result => new() { Fired = result }),
            LockQuestion.Compare => As(_backtest.Compare(plan.Scene, ticks, plan.Confirmation, [rule, .. beside], report), result => new() { Comparison = result }),
            LockQuestion.Change => As(_backtest.Change(plan.Scene, ticks, plan.Confirmation, [rule, .. beside], [plan.Ask.Changed ?? rule, .. beside], report), result => new() { Change = result }),
            _ => throw new InvalidOperationException($"Unknown question {plan.Ask.Question}."),
        };
    }

    /// <summary>As many points at a time as there are threads, and no more in the queue: others get their turn in between.</summary>
    private async Task<Outcome<LockBacktestOutcome>> SweepAsync(LockBacktestRun run, LockBacktestPlan plan)
    {
        var ticks = await lanes.RunAsync("lock sweep", _ => plan.Read(), run.Stopping);
        var held = await lanes.RunAsync("lock sweep", turn => _backtest.Run(plan.Scene, ticks, plan.Confirmation, [], _ => turn.Stop.ThrowIfCancellationRequested()), run.Stopping);
        if (!held.Succeeded) return Outcome<LockBacktestOutcome>.Failure(held.Problems);
        using var turns = new SemaphoreSlim(lanes.Lanes.Count);
        var done = 0;
        var cells = await Task.WhenAll(plan.Points.Select(async point =>
        {
            await turns.WaitAsync(run.Stopping);
            try
            {
                var cell = await lanes.RunAsync("lock sweep", turn => _backtest.Sweep(plan.Scene, ticks, plan.Confirmation, [plan.Ask.Rule, .. plan.Ask.Beside], point, _ => turn.Stop.ThrowIfCancellationRequested()), run.Stopping);
                run.Report((double)Interlocked.Increment(ref done) / plan.Points.Count);
                return cell;
            }
            finally
            {
                turns.Release();
            }
        }));
        IReadOnlyList<decimal> rows = [.. plan.Points.Select(point => point.Y).OfType<decimal>().Distinct()];
        return Outcome<LockBacktestOutcome>.Success(new()
        {
            Sweep = new(plan.Points[0].XOf, [.. plan.Points.Select(point => point.X).Distinct()], plan.Points[0].YOf, rows, cells, held.Value),
        });
    }

    private static Action<double> Told(LockBacktestRun run, ComputeTurn turn) => share =>
    {
        turn.Report(share);
        run.Report(share);
    };

    private static Outcome<LockBacktestOutcome> As<T>(Outcome<T> outcome, Func<T, LockBacktestOutcome> of) =>
        outcome.Succeeded ? Outcome<LockBacktestOutcome>.Success(of(outcome.Value)) : Outcome<LockBacktestOutcome>.Failure(outcome.Problems);

    private void End(LockBacktestRun run, Func<LockBacktestStatus, LockBacktestStatus> change)
    {
        run.Status.Publish(change(run.Status.Current) with { EndedAt = clock.GetUtcNow() });
    }

    private LockBacktestRun? Lookup(Guid id)
    {
        lock (_gate) return _runs.Find(run => run.Status.Current.Id == id);
    }

    private void Forget()
    {
        while (_runs.Count >= MostRemembered && _runs.Find(run => run.Status.Current.IsOver) is { } oldest)
        {
            _runs.Remove(oldest);
            oldest.Dispose();
        }
    }
}
