using System.Collections.Concurrent;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Web.Configuration;
using QuantDash.Web.Live;
using QuantDash.Web.Security;

namespace QuantDash.Web.Trading;

/// <summary>Owns the trading thread. Everything that touches the engine happens on it, in turn: commits first, then commands, then ticks, then time.</summary>
/// <remarks>Starting and recovering are one path: load, rebuild, go on. An exception inside the engine is a broken invariant; its memory is not trusted
/// any more, so the engine is rebuilt from the database, which always holds a prefix of what happened.</remarks>
public sealed class TradingRuntime : IHostedService, IDisposable
{
    private const int TicksPerTurn = 256;
    private const int CommandsPerTurn = 64;
    private const int BatchesPerSource = 64;
    private const int SettlingTurns = 40;
    private static readonly TimeSpan TimerPace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SettlingPace = TimeSpan.FromMilliseconds(25);

    private readonly Func<IJournal, TradingEngine> _newEngine;
    private readonly IJournal _journal;
    private readonly IRecoverySource _recovery;
    private readonly ContractCatalog _catalog;
    private readonly TradingMeter _meter;
    private readonly TimeProvider _clock;
    private readonly ILogger<TradingRuntime> _log;
    private readonly SnapshotPublisher _publisher;
    private readonly ConcurrentQueue<EngineWork> _commands = [];
    private readonly ConcurrentDictionary<SourceName, TickQueue> _ticks = [];
    private readonly Queue<EngineWork> _awaitingCommit = [];
    private readonly ManualResetEventSlim _wake = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TapeJournal? _tapeJournal;
    private TradingEngine? _engine;
    private long _committed;
    private long _taken;
    private long _turnedAt;
    private volatile string? _lastError;
    private volatile bool _answered;
    private int _restarts;

    public TradingRuntime(
        Func<IJournal, TradingEngine> newEngine, IJournal journal, IRecoverySource recovery, ContractCatalog catalog, TradingMeter meter, TimeProvider clock,
        ILogger<TradingRuntime> log)
    {
        (_newEngine, _journal, _recovery, _catalog, _meter, _clock, _log) = (newEngine, journal, recovery, catalog, meter, clock, log);
        _publisher = new(Snapshots, clock);
        _turnedAt = clock.GetTimestamp();
    }

    /// <summary>The engine's whole state, conflated.</summary>
    public LiveState<EngineSnapshot> Snapshots { get; } = new(EngineSnapshot.Empty);

    /// <summary>What happened, numbered, once durable.</summary>
    public EventTape<TapeEvent> Tape { get; } = new(2000, item => item.Number);

    /// <summary>How long ago the trading thread last took a turn; it takes one at least every tenth of a second.</summary>
    public TimeSpan SinceLastTurn => _clock.GetElapsedTime(Interlocked.Read(ref _turnedAt));

    /// <summary>How often the engine was rebuilt after a broken invariant, and the last reason.</summary>
    public (int Count, string? LastError) Rebuilt => (Volatile.Read(ref _restarts), _lastError);

    /// <summary>Commands that wait for their turn.</summary>
    public int CommandsWaiting => _commands.Count;

    /// <summary>Batches of ticks that wait, by source.</summary>
    public IEnumerable<KeyValuePair<SourceName, int>> TicksWaiting => _ticks.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Depth));

    /// <summary>Runs <paramref name="work"/> on the trading thread; the answer comes when what it changed is durable.</summary>
    public Task<T> RunAsync<T>(Func<TradingEngine, DateTimeOffset, T> work, CancellationToken stop = default) => RunAsync(new EngineWork<T>(work), stop);

    /// <summary>As <see cref="RunAsync{T}(Func{TradingEngine, DateTimeOffset, T}, CancellationToken)"/>, and answered at once, also while the disk is full: only for an answer that rests on nothing that
    /// is not durable yet.</summary>
    public Task<T> RunNowAsync<T>(Func<TradingEngine, DateTimeOffset, T> work, CancellationToken stop = default) => RunAsync(new EngineWork<T>(work, isAnsweredAtOnce: true), stop);

    /// <summary>As <see cref="RunAsync{T}(Func{TradingEngine, DateTimeOffset, T}, CancellationToken)"/>, for whoever may only look: <paramref name="look"/> changes nothing.</summary>
    public Task<T> ReadAsync<T>(Func<TradingEngine, DateTimeOffset, T> look, CancellationToken stop = default) => QueueAsync(new EngineWork<T>(look), stop);

    private Task<T> RunAsync<T>(EngineWork<T> item, CancellationToken stop)
    {
        Acting.Demand(Scopes.Trade);
        return QueueAsync(item, stop);
    }

    private async Task<T> QueueAsync<T>(EngineWork<T> item, CancellationToken stop)
    {
        _commands.Enqueue(item);
        _wake.Set();
        if (_stopped.Task.IsCompleted) FailWaiting();
        return await item.Done.WaitAsync(stop);
    }

    /// <summary>Hands ticks to their source's queue and answers when all of them were validated and sequenced.</summary>
    public async Task<TickBatchResult> PushTicksAsync(SourceName source, IReadOnlyList<SymbolTick> ticks, CancellationToken stop = default)
    {
        Acting.Demand(Scopes.Bridge);
        var batch = new TickBatch(source, ticks, _clock.GetTimestamp());
        var queue = _ticks.GetOrAdd(source, name => new(name, BatchesPerSource));
        await queue.WriteAsync(batch, stop);
        _wake.Set();
        if (_stopped.Task.IsCompleted) FailWaiting();
        return await batch.Done.WaitAsync(stop);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RebuildAsync(cancellationToken);
        Interlocked.Exchange(ref _turnedAt, _clock.GetTimestamp());
        new Thread(Loop) { Name = ThreadNames.Trading, IsBackground = true }.Start();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopped.Task.IsCompleted) return; // A host that is stopped from two sides may have disposed of this already.
        await _stop.CancelAsync();
        _wake.Set();
        await _stopped.Task; // The loop ends within a turn and a second. The host's patience may already be spent by a browser that was slow to go; that is no reason to leave orders half done.
    }

    public void Dispose()
    {
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task RebuildAsync(CancellationToken stop)
    {
        _tapeJournal?.Detach();
        var state = await _recovery.LoadAsync(stop);
        if (_engine is null) Tape.ResumeAfter(state.LastEventNumber);
        else state = state with { NextSequence = _engine.NextSequence };
        _meter.Forget();
        _tapeJournal = new(_journal, Publish, batch => _meter.Take(batch, IsReplay));
        _tapeJournal.Committed += OnCommitted;
        _engine?.Strategies.Abandon();
        var engine = _newEngine(_tapeJournal);
        engine.Strategies.OnAnswered(OnAnswered);
        engine.Recover(state, _clock.GetUtcNow());
        _engine = engine;
        foreach (var queue in _ticks.Values) queue.Forget();
        Snapshots.Publish(engine.Snapshot(_clock.GetUtcNow()));
        TradingLog.Recovered(_log, state.Rules.Count, state.Triggers.Count(trigger => trigger.IsOpen), state.Orders.Count(order => !order.IsFinal));
    }

    private void Loop()
    {
        try
        {
            Turns();
            Settle();
        }
        catch (Exception e) when (_stop.IsCancellationRequested)
        {
            if (e is not OperationCanceledException) TradingLog.Broke(_log, e); // While stopping: the next start goes on from what is durable.
        }
        _engine!.Strategies.Abandon();
        _stopped.TrySetResult();
        FailWaiting();
    }

    /// <summary>Lets what was decided become durable and its orders go out: a planned stop leaves nothing half done that a second can finish. What a dead database keeps
    /// back did not happen, and no order of it was sent.</summary>
    private void Settle()
    {
        for (var turn = 0; turn < SettlingTurns && _taken < _engine!.NextSequence - 1; turn++)
        {
            _wake.Reset();
            if (!TakeCommits()) _wake.Wait(SettlingPace, CancellationToken.None);
        }
    }

    private void FailWaiting()
    {
        var reason = new OperationCanceledException("QuantDash is stopping.");
        lock (_awaitingCommit)
        {
            while (_awaitingCommit.TryDequeue(out var work) || _commands.TryDequeue(out work)) work.Fail(reason);
            foreach (var queue in _ticks.Values) queue.Close(reason);
        }
    }

    private void Turns()
    {
        long? timedAt = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Interlocked.Exchange(ref _turnedAt, _clock.GetTimestamp());
                _wake.Reset();
                var worked = TakeCommits();
                worked |= TakeAnswers();
                worked |= RunCommands();
                worked |= FeedTicks();
                _publisher.Change(worked);
                if (timedAt is null || _clock.GetElapsedTime(timedAt.Value) >= TimerPace)
                {
                    _engine!.OnTimer(_clock.GetUtcNow());
                    timedAt = _clock.GetTimestamp();
                }
                _publisher.PublishIfDue(_engine!);
                if (!worked) WaitAfter(timedAt.Value);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                Recover(e);
            }
        }
    }

    // Not by the time of day: a clock that is set back would hold the timer up for as long.
    private void WaitAfter(long timedAt)
    {
        var left = TimerPace - _clock.GetElapsedTime(timedAt);
        if (_publisher.Left is { } soon && soon < left) left = soon;
        if (left > TimeSpan.Zero) _wake.Wait(left, CancellationToken.None); // StopAsync wakes it.
    }

    private bool TakeCommits()
    {
        var committed = Interlocked.Read(ref _committed);
        if (committed == _taken) return false;
        _taken = committed;
        _engine!.OnCommitted(committed);
        _meter.Sent(committed);
        while (_awaitingCommit.TryPeek(out var work) && work.Sequence <= committed) _awaitingCommit.Dequeue().Complete();
        return true;
    }

    /// <summary>Of strategies that run elsewhere.</summary>
    private bool TakeAnswers()
    {
        if (!_answered) return false;
        _answered = false;
        _engine!.Strategies.TakeAnswers(_clock.GetUtcNow());
        return true;
    }

    private bool RunCommands()
    {
        var ran = 0;
        while (ran < CommandsPerTurn && _commands.TryDequeue(out var work))
        {
            ran++;
            Run(work);
        }
        return ran > 0;
    }

    private void Run(EngineWork work)
    {
        try
        {
            _engine!.ActFor(work.Actor);
            work.Run(_engine, _clock.GetUtcNow());
            _engine.ActFor(Actor.Engine);
        }
        catch (Exception e)
        {
            work.Fail(e);
            throw; // The engine is made anew.
        }
        if (work.Sequence <= _taken) work.Complete();
        else _awaitingCommit.Enqueue(work);
    }

    private bool FeedTicks()
    {
        var fed = false;
        foreach (var queue in _ticks.Values) fed |= Feed(queue);
        return fed;
    }

    private bool Feed(TickQueue queue)
    {
        try
        {
            return queue.Feed(_engine!, _catalog, _meter, _clock, TicksPerTurn);
        }
        catch (Exception e)
        {
            queue.FailCurrent(e);
            throw;
        }
    }

    private void OnAnswered()
    {
        _answered = true;
        _wake.Set();
    }

    private void OnCommitted(long sequence)
    {
        Interlocked.Exchange(ref _committed, sequence);
        _wake.Set();
    }

    private bool IsReplay(AccountId account) => _engine?.FindAccount(account) is { Replay: true };

    private void Publish(TapeEvent item)
    {
        TradingLog.Event(_log, item);
        Tape.Append(item);
    }

    /// <summary>The engine broke: what was not durable did not happen; go on from what is.</summary>
    private void Recover(Exception reason)
    {
        TradingLog.Broke(_log, reason);
        _lastError = reason.Message;
        Interlocked.Increment(ref _restarts);
        foreach (var work in _awaitingCommit) work.Fail(reason);
        _awaitingCommit.Clear();
        while (Interlocked.Read(ref _committed) < _engine!.NextSequence - 1)
        {
            _wake.Wait(_stop.Token);
            _wake.Reset();
        }
        RebuildAsync(_stop.Token).GetAwaiter().GetResult(); // The trading thread is our own; nothing else runs on it and nothing may happen before recovery ends.
    }
}
