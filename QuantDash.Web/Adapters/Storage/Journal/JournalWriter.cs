using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Audit;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>The one writer of the engine's tables: a thread of its own, one open connection, everything that waits in one transaction, in order.
/// A commit that fails is tried again until it succeeds: nothing is lost, skipped or reordered, and nothing is called durable that is not.</summary>
internal sealed class JournalWriter(JournalConnection connection, AuditScribe audit, JournalMeter meter, TimeProvider clock, ILogger<JournalWriter> log) : IDurableJournal, IDisposable
{
    /// <summary>How long the writer waits for work before it looks for other programs' edits and rests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    // Of rows that were written: a busy writer looks after its database after so many, one with nothing to do after fewer.
    private const int RowsWhileBusy = 4_000;
    private const int RowsAtRest = 500;

    // What waited through an outage goes in parts, each well within the driver's time-out. The audit writes about as many rows again.
    private const int MostChangesAtOnce = 2_500;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    // For the attempt that is under way when it is given up.
    private static readonly TimeSpan LastAttempt = TimeSpan.FromSeconds(1);

    private readonly WriteQueue _queue = new(clock);
    private readonly ManualResetEventSlim _givenUp = new();
    private readonly TaskCompletionSource<string> _fencedOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<JournalBatch> _group = [];
    private readonly List<JournalBatch> _part = [];
    private Thread? _thread;
    private long _committed;
    private long _lookedAt;
    private volatile string? _lastError;
    private volatile JournalState _state = JournalState.Starting;

    public event Action<long>? Committed;

    public event Action<IReadOnlyList<OutsideEdit>>? EditedOutside;

    /// <summary>Ends, with the reason, when another process has become the trader. What waits then is never written, and nobody is told that it was.</summary>
    public Task<string> FencedOff => _fencedOff.Task;

    public JournalHealth Health
    {
        get
        {
            var (depth, oldest) = _queue.Look();
            return new(_state, depth, oldest, Interlocked.Read(ref _committed), _lastError) { AuditNumber = audit.Number };
        }
    }

    /// <summary>Opens the database; throws when it cannot be opened now.</summary>
    public void Start()
    {
        connection.Open();
        audit.CatchUp(connection);
        _state = JournalState.Healthy;
        _thread = new(Run) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>In a process that must not write: whoever tries learns of it at once, instead of waiting for a thread that never starts.</summary>
    public void KeepShut()
    {
        _queue.Close();
        _state = JournalState.Stopped;
    }

    public void Append(JournalBatch batch) => _queue.Add(batch);

    /// <summary>Writes something that is not the engine's (keys, heartbeats) on the writer's connection, in a transaction of its own. Not tried
    /// again: its caller learns of the failure.</summary>
    public Task<T> WriteAsync<T>(Func<QuantDashContext, T> work) => InTurnAsync(open => open.Run(work));

    /// <summary>Runs what writes over a connection of its own while the journal pauses, so that two writers never meet at SQLite's one lock. Throws first when the database is
    /// not there as it was: such a connection may lead into a file that has no name any more.</summary>
    public Task<T> TakeTurnAsync<T>(Func<T> work) => InTurnAsync(open =>
    {
        open.Confirm();
        return work();
    });

    /// <summary>Puts a note that is no step of the engine into the audit chain.</summary>
    public Task RecordAsync(AuditNote note) => InTurnAsync(open =>
    {
        audit.Record(note, open);
        return true;
    });

    /// <summary>Throws unless this process is the trader, asked in turn with what is written.</summary>
    public Task ConfirmAsync() => InTurnAsync(open =>
    {
        open.Confirm();
        return true;
    });

    public Task DisableRuleAsync(Guid ruleId, string reason)
        => WriteAsync(context =>
        {
            OutsideEdits.DisableRule(context, ruleId, reason);
            return true;
        });

    public Task<int> LookOutsideAsync() => InTurnAsync(open =>
    {
        var edits = open.TakeOver();
        if (edits.Count > 0) Tell(() => EditedOutside?.Invoke(edits));
        return edits.Count;
    });

    /// <summary>Writes what waits, then closes. What cannot be written within <paramref name="patience"/> is given up and said so: nothing of it was called durable and
    /// no order of it was sent. False when the writer still hangs in the database a second later; it ends with the process.</summary>
    public bool Stop(TimeSpan patience)
    {
        if (_thread is not { } thread) return true;
        _queue.Close();
        if (!thread.Join(patience))
        {
            log.LogError("The journal was stopped with {Depth} writes that could not be made durable: {Error}", Health.Depth, _lastError);
            _givenUp.Set();
            if (!thread.Join(LastAttempt)) return false;
        }

        _thread = null;
        if (_state != JournalState.Fenced) _state = JournalState.Stopped;
        return true;
    }

    public void Dispose()
    {
        var isClosed = _givenUp.IsSet ? _thread is null : Stop(TimeSpan.FromSeconds(5));
        if (!isClosed) return; // Its connection is in use, and goes with the process.
        connection.Dispose();
        _givenUp.Dispose();
    }

    private Task<T> InTurnAsync<T>(Func<JournalConnection, T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(open =>
        {
            try
            {
                done.SetResult(open is null ? throw new InvalidOperationException("The journal was stopped before this could be written.") : work(open));
            }
            catch (Exception error)
            {
                if (error is FencedOffException fenced) GiveUp(fenced);
                done.SetException(error);
            }
        });
        return done.Task;
    }

    private void Run()
    {
        while (_queue.Take(Patience) is { } waiting)
        {
            foreach (var one in waiting)
            {
                if (one.Batch is { } batch)
                {
                    _group.Add(batch);
                    continue;
                }

                CommitGroup();
                if (_state == JournalState.Retrying) Try(() => { });
                one.Work!(_givenUp.IsSet ? null : connection);
            }

            CommitGroup();
            LookOutside();
            Rest(waiting.Count == 0 ? RowsAtRest : RowsWhileBusy);
        }

        TidyUp();
        connection.Close();
    }

    private void CommitGroup()
    {
        for (var from = 0; from < _group.Count; from += _part.Count)
        {
            TakePart(from);
            CommitPart();
            if (from + _part.Count < _group.Count) Rest(RowsWhileBusy);
        }

        _group.Clear();
    }

    /// <summary>Whole batches, one at least.</summary>
    private void TakePart(int from)
    {
        _part.Clear();
        var changes = 0;
        foreach (var batch in _group.Skip(from))
        {
            changes += batch.Changes.Count;
            if (_part.Count > 0 && changes > MostChangesAtOnce) return;
            _part.Add(batch);
        }
    }

    private void CommitPart()
    {
        var pause = ShortestPause;
        while (!_givenUp.IsSet && !TryCommitPart())
        {
            _givenUp.Wait(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private bool TryCommitPart()
    {
        try
        {
            if (_state == JournalState.Retrying) OpenAgain();
            var began = clock.GetTimestamp();
            var entries = audit.Seal(_part, connection);
            var edits = connection.Commit(_part, entries);
            audit.Confirm(entries);
            meter.Committed(clock.GetElapsedTime(began));
            Done(_part[^1].Sequence, edits);
            return true;
        }
        catch (Exception error)
        {
            audit.Unsure();
            meter.Failed();
            Failed(error);
            return false;
        }
    }

    /// <summary>After what was written was told durable: no order waits for it.</summary>
    private void Rest(int fromRows)
    {
        if (_state == JournalState.Healthy) Try(() => connection.Rest(fromRows));
    }

    private void TidyUp()
    {
        if (_givenUp.IsSet || _state != JournalState.Healthy) return;
        try
        {
            connection.TidyUp();
        }
        catch (Exception error)
        {
            log.LogWarning(error, "The journal was closed with its log as it was; the next start reads it");
        }
    }

    private void OpenAgain()
    {
        connection.Open();
        audit.LookAgain(connection);
    }

    private void Done(long sequence, IReadOnlyList<OutsideEdit> edits)
    {
        Well();
        Interlocked.Exchange(ref _committed, sequence);
        Tell(() => Committed?.Invoke(sequence));
        if (edits.Count > 0) Tell(() => EditedOutside?.Invoke(edits));
    }

    private void Well()
    {
        if (_state == JournalState.Retrying) log.LogWarning("The journal writes again");
        _state = JournalState.Healthy;
        _lastError = null;
    }

    private void Failed(Exception error)
    {
        if (error is FencedOffException fenced)
        {
            GiveUp(fenced);
            return;
        }

        if (_state != JournalState.Retrying) log.LogError(error, "The journal cannot be written and is tried again; no order goes out meanwhile");
        _lastError = error.Message; // First: whoever sees the state may ask why.
        _state = JournalState.Retrying;
    }

    /// <summary>For good: the state that the engine has in memory is not the one that is traded on.</summary>
    private void GiveUp(FencedOffException reason)
    {
        _givenUp.Set();
        _state = JournalState.Fenced;
        _lastError = reason.Message;
        _fencedOff.TrySetResult(reason.Message);
    }

    private void LookOutside()
    {
        if (_givenUp.IsSet || clock.GetElapsedTime(_lookedAt) < Patience) return;
        _lookedAt = clock.GetTimestamp();
        Try(() =>
        {
            var edits = connection.TakeOver();
            if (edits.Count > 0) Tell(() => EditedOutside?.Invoke(edits));
        });
    }

    /// <summary>Work of the writer's own that may be tried again later: its failure is seen, and the connection opened anew.</summary>
    private void Try(Action work)
    {
        if (_givenUp.IsSet) return;
        try
        {
            if (_state == JournalState.Retrying) OpenAgain();
            work();
            Well();
        }
        catch (Exception error)
        {
            Failed(error);
        }
    }

    private void Tell(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception error)
        {
            log.LogError(error, "A listener of the journal failed");
        }
    }
}
