using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Jobs;

/// <summary>Jobs without an application around them, on a store that outlives them.</summary>
internal sealed class JobsRig : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Meter _meter = new("test");
    private readonly JobScheduler _scheduler;
    private readonly Task _run;

    public JobsRig(JobStore store, params IBackgroundJob[] jobs)
        : this(store, new JobServing(TakesJobs: true, [JobPlace.Trader, JobPlace.Anywhere], "one"), jobs)
    {
    }

    public JobsRig(JobStore store, JobServing serving, params IBackgroundJob[] jobs)
        : this(store, serving, TimeProvider.System, jobs)
    {
    }

    public JobsRig(JobStore store, TimeSpan later, params IBackgroundJob[] jobs)
        : this(store, new(TakesJobs: true, [JobPlace.Trader, JobPlace.Anywhere], "one"), new LaterTime(later), jobs)
    {
    }

    public JobsRig(JobStore store, TimeProvider clock, params IBackgroundJob[] jobs)
        : this(store, new(TakesJobs: true, [JobPlace.Trader, JobPlace.Anywhere], "one"), clock, jobs)
    {
    }

    private JobsRig(JobStore store, JobServing serving, TimeProvider clock, IBackgroundJob[] jobs)
    {
        Roster = new(jobs);
        Roster.Failed += (id, error) => Failures.Add((id, error));
        _scheduler = new(store, Roster, serving, new(_meter), new Started(), clock, NullLoggerFactory.Instance, NullLogger<JobScheduler>.Instance);
        Jobs = new QuartzJobs(_scheduler, Roster, clock) { Patience = TimeSpan.FromSeconds(90) };
        _run = _scheduler.RunAsync(new(clock), _stop.Token);
        _ = _scheduler.RunningAsync();
    }

    public IJobs Jobs { get; }

    public JobRoster Roster { get; }

    public ConcurrentBag<(JobId Id, string Error)> Failures { get; } = [];

    public async Task<JobStanding> StandingAsync(string id) => (await Jobs.LookAsync(_stop.Token)).Value.Jobs.Single(job => job.Id.ToString() == id);

    public async Task<IReadOnlyList<PastRun>> HistoryAsync(JobFilter? filter = null) => (await Jobs.HistoryAsync(filter ?? new() { WithIdle = true }, _stop.Token)).Value.Runs;

    /// <summary>The history, once it has that many runs.</summary>
    public Task<IReadOnlyList<PastRun>> HistoryOfAsync(int runs, JobFilter? filter = null) => UntilAsync(() => HistoryAsync(filter), found => found.Count >= runs);

    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var found = await look();
            if (holds(found)) return found;
            TimeProvider.System.GetElapsedTime(until).ShouldBeLessThan(TimeSpan.FromSeconds(60), $"{found}");
            await Task.Delay(30);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _run;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        _stop.Dispose();
        _meter.Dispose();
    }

    /// <summary>The machine's clock after some time has gone by.</summary>
    private sealed class LaterTime(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }

    private sealed class Started : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted { get; } = new(canceled: true);

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}

/// <summary>A job whose every run waits to be told how to end.</summary>
internal sealed class SampleJob(JobPlan plan) : IBackgroundJob
{
    private readonly ConcurrentQueue<TaskCompletionSource<JobReport>> _ends = [];
    private readonly SemaphoreSlim _begun = new(0);

    public JobPlan Plan => plan;

    public ConcurrentQueue<JobRun> Runs { get; } = [];

    public bool Listens { get; init; } = true;

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var end = new TaskCompletionSource<JobReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        Runs.Enqueue(run);
        _ends.Enqueue(end);
        _begun.Release();
        return await end.Task.WaitAsync(Listens ? stop : CancellationToken.None);
    }

    /// <summary>Waits for a run to have begun, and takes its end into the hand.</summary>
    public async Task<TaskCompletionSource<JobReport>> BegunAsync()
    {
        (await _begun.WaitAsync(TimeSpan.FromSeconds(120))).ShouldBeTrue("no run began");
        _ends.TryDequeue(out var end).ShouldBeTrue();
        return end!;
    }

    public bool HasBegun => _begun.CurrentCount > 0;
}
