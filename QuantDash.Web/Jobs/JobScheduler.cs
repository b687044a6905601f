using Microsoft.Extensions.Logging.Abstractions;
using Quartz;
using Quartz.Extensibility;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Jobs;

/// <summary>Runs Quartz, anew whenever its database was away at the start. A supervised loop like the others: its trouble ends nothing else.</summary>
internal sealed class JobScheduler(
    JobStore store, JobRoster roster, JobServing serving, JobMeter meter, IHostApplicationLifetime host, TimeProvider clock, ILoggerFactory logs, ILogger<JobScheduler> log)
    : ISupervisedLoop
{
    public const string Name = "quantdash";

    /// <summary>Prices and orders come first at a start; who asks for jobs earlier need not wait for it.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(3);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<RunningJobs> _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string ServiceName => "jobs";

    public bool IsNeeded => serving.TakesJobs;

    public TimeSpan? LongestTurn => TimeSpan.FromSeconds(60);

    /// <summary>Quartz, once it runs.</summary>
    public Task<RunningJobs> RunningAsync()
    {
        _asked.TrySetResult();
        return Volatile.Read(ref _running).Task;
    }

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        await StartedAsync(stop);
        foreach (var job in roster.All) meter.Know(job.Plan.Name);
        await store.PrepareAsync(stop);
        IExecutionHistoryStore? history = null;
        var factory = QuartzSchedulerBuilder.Create(q => Describe(q, found => history = found)).Build();
        try
        {
            var scheduler = await factory.GetScheduler(stop);
            await new JobPlanner(scheduler, roster, clock).PlanAsync(stop);
            await scheduler.Start(stop);
            Volatile.Read(ref _running).TrySetResult(new(scheduler, history ?? throw new InvalidOperationException("The jobs have no history.")));
            using var timer = new PeriodicTimer(Beat, clock);
            do pulse.Beat();
            while (await timer.WaitForNextTickAsync(stop));
        }
        finally
        {
            if (Volatile.Read(ref _running).Task.IsCompleted) Volatile.Write(ref _running, new(TaskCreationOptions.RunContinuationsAsynchronously));
            await EndAsync(factory);
        }
    }

    private async Task StartedAsync(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = host.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stop);
        await Task.WhenAny(_asked.Task, Task.Delay(Breath, clock, stop));
        stop.ThrowIfCancellationRequested();
    }

    private void Describe(IQuartzBuilder q, Action<IExecutionHistoryStore> found)
    {
        q.Services.AddSingleton(logs).AddSingleton(typeof(ILogger<>), typeof(Logger<>)).AddSingleton<ILoggerProvider>(NullLoggerProvider.Instance);
        q.Services.AddQuartzExecutionHistory(JobRetention.Apply);
        q.ConfigureScheduler(o =>
        {
            o.InstanceName = Name;
            o.InstanceId = serving.ServerName;
            o.IdleWaitTime = TimeSpan.FromSeconds(store.IsShared ? 3 : 30); // What another process queued is seen at such a look.
            o.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        if (serving.RefusedGroups is { Count: > 0 } refused) q.RefuseExecutionGroups([.. refused]);
        q.UseTimeProvider(clock);
        q.UseDefaultThreadPool(4);
        q.UseJobFactory(new ShellFactory(() => new(roster, meter, clock, logs.CreateLogger<JobShell>())));
        q.UsePersistentStore(store.Describe);
        q.AddPlugin(services => new HistoryFinder(services.GetRequiredService<IExecutionHistoryStore>(), found), nameof(HistoryFinder));
    }

    /// <summary>Asks what runs to stop, and waits for it as long as a stop of the process may wait.</summary>
    private async Task EndAsync(StandaloneSchedulerFactory factory)
    {
        try
        {
            foreach (var scheduler in await factory.GetAllSchedulers()) await scheduler.Shutdown(waitForJobsToComplete: true).AsTask().WaitAsync(Goodbye, clock);
            await factory.DisposeAsync().AsTask().WaitAsync(Goodbye, clock);
        }
        catch (Exception error)
        {
            log.LogWarning(error, "The jobs did not end in order; what ran is taken up again at the next start");
        }
    }

    private sealed class ShellFactory(Func<JobShell> make) : IJobFactory
    {
        public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) => ValueTask.FromResult(new JobScope(make(), null));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }

    /// <summary>The way to the history of a scheduler that has its own container.</summary>
    private sealed class HistoryFinder(IExecutionHistoryStore history, Action<IExecutionHistoryStore> found) : ISchedulerPlugin
    {
        public ValueTask Initialize(string pluginName, IScheduler scheduler, CancellationToken cancellationToken = default)
        {
            found(history);
            return ValueTask.CompletedTask;
        }

        public ValueTask Start(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask Shutdown(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}

/// <summary>Quartz as it runs now.</summary>
internal sealed record RunningJobs(IScheduler Scheduler, IExecutionHistoryStore History);
