using QuantDash.Core.Engine;

namespace QuantDash.Web.Supervision;

/// <summary>Runs one loop in the host: starts it again when it fails, and stops or starts it when somebody says so. Nothing it throws reaches the host, which would end
/// the process, or any other loop.</summary>
public sealed class SupervisedLoopHost : BackgroundService
{
    public static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A run this long is a good one: the next failure is paused for as briefly as the first.</summary>
    public static readonly TimeSpan GoodRun = TimeSpan.FromMinutes(5);

    private readonly ISupervisedLoop _loop;
    private readonly LoopRoster _roster;
    private readonly TimeProvider _clock;
    private readonly ILogger<SupervisedLoopHost> _log;
    private readonly LoopPulse _pulse;
    private readonly Lock _gate = new();
    private CancellationTokenSource _run = new();
    private TaskCompletionSource _wanted = Done();
    private string _state = Stopped;
    private string? _lastError;
    private int _restarts;

    private const string Running = "running";
    private const string Failed = "failed";
    private const string Stopped = "stopped";
    private const string Off = "off";

    public SupervisedLoopHost(ISupervisedLoop loop, LoopRoster roster, TimeProvider clock, ILogger<SupervisedLoopHost> log)
    {
        (_loop, _roster, _clock, _log, _pulse) = (loop, roster, clock, log, new(clock));
        roster.Enter(this);
    }

    public string Name => _loop.ServiceName;

    public ServiceStatus Status => new(Name, StateNow(), _pulse.LastBeat, _loop.Trouble ?? Volatile.Read(ref _lastError), Volatile.Read(ref _restarts));

    /// <summary>False when it runs already, or has nothing to do.</summary>
    public bool Start()
    {
        lock (_gate)
        {
            if (!_loop.IsNeeded || _wanted.Task.IsCompleted) return false;
            _wanted.TrySetResult();
            return true;
        }
    }

    /// <summary>False when it does not run. It stays so until it is started, or the process is.</summary>
    public bool Stop()
    {
        lock (_gate)
        {
            if (!_loop.IsNeeded || !_wanted.Task.IsCompleted) return false;
            _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = _run.CancelAsync(); // Its callbacks are the loop's own, and not to run under our lock.
            return true;
        }
    }

    /// <summary>Ends the run that is under way, and any pause after a failure; the next one begins at once. False when it is stopped.</summary>
    public bool Restart()
    {
        lock (_gate)
        {
            if (!_loop.IsNeeded || !_wanted.Task.IsCompleted) return false;
            _ = _run.CancelAsync(); // As above.
            return true;
        }
    }

    public override void Dispose()
    {
        _run.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_loop.IsNeeded)
        {
            Volatile.Write(ref _state, Off);
            return;
        }

        var pause = ShortestPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Wanted().WaitAsync(stoppingToken);
            var since = _clock.GetTimestamp();
            using var run = NewRun(stoppingToken);
            if (await RunOnceAsync(run.Token)) pause = ShortestPause;
            else pause = await PauseAsync(_clock.GetElapsedTime(since) >= GoodRun ? ShortestPause : pause, run.Token);
        }
    }

    /// <summary>True when it was ended from outside, false when it failed.</summary>
    private async Task<bool> RunOnceAsync(CancellationToken stop)
    {
        try
        {
            _pulse.Beat();
            Volatile.Write(ref _state, Running);
            await _loop.RunAsync(_pulse, stop);
            if (!stop.IsCancellationRequested) throw new InvalidOperationException($"The loop {Name} ended by itself.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whoever cancelled it knows.
        }
        catch (Exception error)
        {
            _log.LogError(error, "The loop {Service} failed and is started again", Name);
            Volatile.Write(ref _lastError, error.Message);
            Volatile.Write(ref _state, Failed);
            Interlocked.Increment(ref _restarts);
            _roster.Tell(Status);
            return false;
        }

        Volatile.Write(ref _state, Stopped);
        Volatile.Write(ref _lastError, null);
        return true;
    }

    /// <summary>Waits, unless somebody is impatient; the next pause is twice as long.</summary>
    private async Task<TimeSpan> PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, _clock, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped or restarted by hand, or the process ends.
        }

        return pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }

    private Task Wanted()
    {
        lock (_gate) return _wanted.Task;
    }

    private CancellationTokenSource NewRun(CancellationToken stop)
    {
        lock (_gate)
        {
            _run.Dispose();
            _run = new();
            if (!_wanted.Task.IsCompleted) _run.Cancel(); // Stopped again before it began.
            return CancellationTokenSource.CreateLinkedTokenSource(stop, _run.Token);
        }
    }

    private string StateNow() => Volatile.Read(ref _state) switch
    {
        Running when _loop.IsIdle => Off,
        Running when _loop.Trouble is not null => Failed,
        Running when _loop.LongestTurn is { } longest && _clock.GetUtcNow() - _pulse.LastBeat > longest => ServiceStatus.Stalled,
        var state => state,
    };

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        done.SetResult();
        return done;
    }
}
