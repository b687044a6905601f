using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Audit;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Jobs;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Starts backtests on the compute lanes, follows them, and keeps what they came to. Several at a time run beside each other, and so do the pairs of a sweep.</summary>
public sealed class BacktestDesk(BacktestBench bench, BacktestShelf shelf, ComputeLanes lanes, IAuditLog audit, TimeProvider clock, ILogger<BacktestDesk> log)
{
    /// <summary>Waiting and running together.</summary>
    public const int MostAtATime = 100;

    private readonly ConcurrentDictionary<Guid, Going> _going = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BacktestRecord> Records => shelf.Records;

    public BacktestRecord? Find(Guid id) => shelf.Find(id);

    /// <summary>0 to 1 while it runs; null when it does not.</summary>
    public double? ProgressOf(Guid id) => _going.TryGetValue(id, out var going) ? going.Progress : null;

    /// <summary>Starts all of them, or none when one is wrong. Codes: those of <see cref="BacktestBench.Check"/>, <c>backtest_too_many</c>.</summary>
    public async Task<Outcome<IReadOnlyList<BacktestRecord>>> StartAsync(IReadOnlyList<BacktestRequest> requests, CancellationToken stop = default)
    {
        Acting.Demand(Scopes.Trade);
        var checks = requests.Select(bench.Check).ToList();
        var problems = checks.SelectMany((check, i) => check.Problems.Select(problem => requests.Count > 1 && problem.Field == "symbol" ? problem with { Field = $"symbols[{i}]" } : problem)).Distinct().ToList();
        if (problems.Count == 0 && _going.Count + requests.Count > MostAtATime) problems.Add(new("", "backtest_too_many", MostAtATime, _going.Count));
        if (problems.Count > 0) return Outcome<IReadOnlyList<BacktestRecord>>.Failure(problems);

        var records = new List<BacktestRecord>();
        foreach (var check in checks)
        {
            var record = new BacktestRecord
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), Request = check.Value.Request, State = BacktestState.Waiting, CreatedAt = clock.GetUtcNow(), By = Acting.Now.Name, Taken = check.Value.Market.Taken,
                Pairs = check.Value.Grid?.Pairs.Count,
            };
            shelf.Save(record);
            await RecordAsync("backtest.started", record, stop);
            records.Add(record);
            var going = _going[record.Id] = new();
            _ = Task.Run(() => FollowAsync(record, check.Value, going), CancellationToken.None);
        }

        return Outcome<IReadOnlyList<BacktestRecord>>.Success(records);
    }

    /// <summary>Ends once it has ended. Codes: <c>unknown_backtest</c>, <c>backtest_over</c>.</summary>
    public async Task<Outcome<BacktestRecord>> CancelAsync(Guid id, CancellationToken stop = default)
    {
        Acting.Demand(Scopes.Trade);
        if (shelf.Find(id) is not { } record) return Outcome<BacktestRecord>.Failure("id", "unknown_backtest", id);
        if (!_going.TryGetValue(id, out var going)) return Outcome<BacktestRecord>.Failure("id", "backtest_over", id);
        await going.CancelAsync();
        await RecordAsync("backtest.cancelled", record, stop);
        await going.Ended.WaitAsync(stop);
        return Outcome<BacktestRecord>.Success(shelf.Find(id) ?? record);
    }

    /// <summary>Codes: <c>unknown_backtest</c>, <c>backtest_running</c>.</summary>
    public async Task<Outcome<BacktestRecord>> RemoveAsync(Guid id, CancellationToken stop = default)
    {
        Acting.Demand(Scopes.Trade);
        if (shelf.Find(id) is not { } record) return Outcome<BacktestRecord>.Failure("id", "unknown_backtest", id);
        if (_going.ContainsKey(id)) return Outcome<BacktestRecord>.Failure("id", "backtest_running", id);
        shelf.Remove(id);
        await RecordAsync("backtest.deleted", record, stop);
        return Outcome<BacktestRecord>.Success(record);
    }

    /// <inheritdoc cref="BacktestShelf.Report"/>
    public Task<BacktestReport?> ReportAsync(Guid id) => Task.Run(() => shelf.Report(id));

    /// <inheritdoc cref="BacktestShelf.Sweep"/>
    public Task<SweepReport?> SweepAsync(Guid id) => Task.Run(() => shelf.Sweep(id));

    private async Task FollowAsync(BacktestRecord record, BacktestPlan plan, Going going)
    {
        try
        {
            var ended = plan.Grid is null ? await RunAsync(record, plan, going) : await SweepAsync(record, plan, going);
            shelf.Save(ended with { EndedAt = clock.GetUtcNow() });
        }
        catch (OperationCanceledException)
        {
            // The lanes end with the program; nobody asked for that.
            End(record, going.IsCancelled ? BacktestState.Cancelled : BacktestState.Interrupted, null);
        }
        catch (Exception error)
        {
            if (error is not StrategyFailedException) log.LogError(error, "The backtest {Id} failed", record.Id);
            End(record, BacktestState.Failed, error.Message);
        }
        finally
        {
            _going.TryRemove(record.Id, out _);
            going.End();
        }
    }

    private Task<BacktestRecord> RunAsync(BacktestRecord record, BacktestPlan plan, Going going) => lanes.RunAsync(
        $"backtest {plan.Request.Strategy} {plan.Request.Symbol}",
        turn =>
        {
            var begun = Begin(record);
            if (plan.Ticks is not null) return OfTicks(begun, bench.RunTicks(plan, new Told(turn, going), turn.Stop));
            var loaded = bench.Load(plan);
            if (!loaded.Succeeded) return Refused(begun, loaded.Problems);
            var result = BacktestBench.Run(plan, loaded.Value, new Told(turn, going), turn.Stop);
            var report = BacktestReporter.Of(result);
            shelf.SaveReport(record.Id, report);
            return begun with { State = BacktestState.Done, Bars = loaded.Value.Count, Statistics = report.Statistics };
        },
        going.Stop);

    private BacktestRecord OfTicks(BacktestRecord begun, Outcome<TickRun> ran)
    {
        if (!ran.Succeeded) return Refused(begun, ran.Problems);
        var (report, ticks, refused) = ran.Value;
        shelf.SaveReport(begun.Id, report);
        return begun with { State = BacktestState.Done, Bars = report.Market.Bars, Ticks = ticks, TicksRefused = refused, Statistics = report.Statistics };
    }

    /// <summary>One work on every lane, each taking the next pair that nobody has.</summary>
    private async Task<BacktestRecord> SweepAsync(BacktestRecord record, BacktestPlan plan, Going going)
    {
        var name = $"sweep {plan.Request.Strategy} {plan.Request.Symbol}";
        var begun = record;
        var loaded = await lanes.RunAsync(
            name,
            _ =>
            {
                begun = Begin(record);
                return bench.Load(plan);
            },
            going.Stop);
        if (!loaded.Succeeded) return Refused(begun, loaded.Problems);

        var pairs = plan.Grid!.Pairs;
        var cells = new SweepCell[pairs.Count];
        var (next, done) = (-1, 0);
        await Task.WhenAll(lanes.Lanes.Select(_ => lanes.RunAsync(
            name,
            turn =>
            {
                var told = new Told(turn, going);
                while (Interlocked.Increment(ref next) is var i && i < pairs.Count)
                {
                    cells[i] = BacktestBench.Pair(plan, loaded.Value, pairs[i], turn.Stop);
                    told.Report((double)Interlocked.Increment(ref done) / pairs.Count);
                }

                return true;
            },
            going.Stop)));
        shelf.SaveSweep(record.Id, BacktestBench.Swept(plan, cells));
        return begun with { State = BacktestState.Done, Bars = loaded.Value.Count };
    }

    private BacktestRecord Begin(BacktestRecord record)
    {
        var begun = record with { State = BacktestState.Running, StartedAt = clock.GetUtcNow() };
        shelf.Save(begun);
        return begun;
    }

    private static BacktestRecord Refused(BacktestRecord record, IReadOnlyList<Problem> problems) =>
        record with { State = BacktestState.Failed, Error = string.Join(' ', problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture))) };

    private void End(BacktestRecord record, BacktestState state, string? error)
    {
        if (shelf.Find(record.Id) is not { } latest) return;
        try
        {
            shelf.Save(latest with { State = state, Error = error, EndedAt = clock.GetUtcNow() });
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            log.LogError(refused, "The end of the backtest {Id} could not be written down", record.Id);
        }
    }

    private Task RecordAsync(string action, BacktestRecord record, CancellationToken stop) => audit.RecordAsync(
        new()
        {
            At = clock.GetUtcNow(), Actor = Acting.Now, Action = action, Subject = record.Id.ToString("D"),
            After = JsonSerializer.Serialize(new { record.Request.Strategy, record.Request.Symbol, record.Request.On }, ApiJson.Options),
        },
        stop);

    /// <summary>One that waits or runs.</summary>
#pragma warning disable CA1001, S2930 // Without a timer or a wait handle there is nothing to release, and whoever cancels may come when it is over.
    private sealed class Going
    {
        private readonly CancellationTokenSource _stop = new();
#pragma warning restore CA1001, S2930 // Of this one alone.
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private double _progress;

        public CancellationToken Stop => _stop.Token;
        public bool IsCancelled => _stop.IsCancellationRequested;
        public Task Ended => _ended.Task;

        public double Progress
        {
            get => Volatile.Read(ref _progress);
            set => Volatile.Write(ref _progress, value);
        }

        public Task CancelAsync() => _stop.CancelAsync();

        public void End() => _ended.TrySetResult();
    }

    /// <summary>Passes progress on at once, on the thread that reports it.</summary>
    private sealed class Told(ComputeTurn turn, Going going) : IProgress<double>
    {
        public void Report(double value)
        {
            going.Progress = value;
            turn.Report(value);
        }
    }
}
