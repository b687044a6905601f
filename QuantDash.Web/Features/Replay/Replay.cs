using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Replay;

/// <summary>Plays ticks in order, at a pace that can be changed while it runs. Nothing waits in a loop: it sleeps until the next tick is due or somebody
/// pauses, resumes, seeks or changes the speed.</summary>
internal sealed class Replay
{
    private const int LargestBatch = 512;

    /// <summary>At most this long between two batches, so that many small gaps do not mean as many timers.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<SymbolTick> _ticks;
    private readonly TimeProvider _clock;
    private readonly Func<SourceName, IReadOnlyList<SymbolTick>, CancellationToken, Task<TickBatchResult>> _push;
    private int _next;
    private bool _paused;
    private double? _speed;
    private DateTimeOffset _anchorTick;
    private DateTimeOffset _anchorWall;
    private TaskCompletionSource _changed = Signal();

    public Replay(
        ReplayStatus start, IReadOnlyList<SymbolTick> ticks, TimeProvider clock,
        Func<SourceName, IReadOnlyList<SymbolTick>, CancellationToken, Task<TickBatchResult>> push)
    {
        (_ticks, _clock, _push, _speed) = (ticks, clock, push, start.Speed);
        Status = new(start);
        Anchor();
    }

    public LiveState<ReplayStatus> Status { get; }

    public void Pause() => Change(() => _paused = true);

    public void Resume() => Change(() => _paused = false);

    public void SetSpeed(double? speed) => Change(() => _speed = speed);

    /// <summary>Goes on with the first tick at or after <paramref name="at"/>, which must lie ahead: what was decided cannot be taken back.
    /// False when it does not.</summary>
    public bool Seek(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_next < _ticks.Count && at < _ticks[_next].Tick.Timestamp) return false;
            while (_next < _ticks.Count && _ticks[_next].Tick.Timestamp < at) _next++;
        }

        Change(() => { });
        return true;
    }

    /// <summary>Plays to the end; cancelling stops it.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var (batch, wait, changed) = Due();
            if (batch is null && wait is null && !IsPaused) break;
            if (batch is { } ticks) Count(ticks, await _push(Status.Current.Request.To, ticks, stop));
            else await SleepAsync(wait, changed, stop);
        }

        Publish(s => s with { State = ReplayState.Finished, EndedAt = _clock.GetUtcNow() });
    }

    public void End(ReplayState state, string? error) => Publish(s => s with { State = state, Error = error, EndedAt = _clock.GetUtcNow() });

    private bool IsPaused
    {
        get { lock (_gate) return _paused; }
    }

    /// <summary>What is due now, or how long until something is; neither when paused or at the end.</summary>
    private (IReadOnlyList<SymbolTick>? Batch, TimeSpan? Wait, Task Changed) Due()
    {
        lock (_gate)
        {
            if (_paused || _next == _ticks.Count) return (null, null, _changed.Task);
            var until = _speed is { } speed ? _anchorTick + ((_clock.GetUtcNow() - _anchorWall) * speed) : DateTimeOffset.MaxValue;
            var first = _next;
            while (_next < _ticks.Count && _next - first < LargestBatch && _ticks[_next].Tick.Timestamp <= until) _next++;
            if (_next > first) return ([.. _ticks.Skip(first).Take(_next - first)], null, _changed.Task);
            var gap = (_ticks[_next].Tick.Timestamp - until) / _speed!.Value;
            return (null, gap > Grain ? gap : Grain, _changed.Task);
        }
    }

    private async Task SleepAsync(TimeSpan? wait, Task changed, CancellationToken stop)
    {
        if (wait is not { } time)
        {
            await changed.WaitAsync(stop);
            return;
        }

        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(changed, Task.Delay(time, _clock, awake.Token));
        await awake.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            Anchor();
            changed = _changed;
            _changed = Signal();
            Publish(s => s with { State = s.IsOver ? s.State : _paused ? ReplayState.Paused : ReplayState.Playing, Speed = _speed, Played = _next });
        }

        changed.TrySetResult();
    }

    /// <summary>From here on time runs at the present speed.</summary>
    private void Anchor()
    {
        _anchorWall = _clock.GetUtcNow();
        if (_next < _ticks.Count) _anchorTick = _ticks[_next].Tick.Timestamp;
    }

    private void Count(IReadOnlyList<SymbolTick> ticks, TickBatchResult result) => Publish(s => s with
    {
        Position = ticks[^1].Tick.Timestamp,
        Played = _next,
        Accepted = s.Accepted + result.Accepted,
        Rejected = s.Rejected + result.Rejected,
    });

    private void Publish(Func<ReplayStatus, ReplayStatus> change)
    {
        lock (_gate) Status.Publish(change(Status.Current));
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
