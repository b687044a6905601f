using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>On SQLite the locks on the data directory and on the database file, which a process has until it ends. On PostgreSQL also a lock that belongs to the journal's session, which the server
/// may end while we are paused or cut off: hence the fence.</summary>
internal sealed class TraderLease(StorageTarget target, JournalConnection connection, JournalWriter journal, TimeProvider clock) : ITraderLease, IDisposable
{
    // Well below what the server waits before it ends the session of a process that says nothing.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private TraderLock? _files;
    private bool _held;
    private bool _kept;

    public TraderHolder? Holder => connection.Holder;

    public Task<string> FencedOff => journal.FencedOff;

    public bool TryTake()
    {
        _files ??= TraderLock.Take(target);
        return _held = _held || connection.TryTake();
    }

    public async Task<bool> ConfirmAsync(CancellationToken stop)
    {
        if (target.Provider == StorageProvider.Sqlite) return true;
        var (began, at) = (clock.GetTimestamp(), clock.GetUtcNow());
        try
        {
            await journal.ConfirmAsync().WaitAsync(Fresh, clock, stop);
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            return false;
        }

        // Paused between the answer and here: the one clock stands still while a machine sleeps, the other while a process does not.
        return clock.GetElapsedTime(began) < Fresh && clock.GetUtcNow() - at < Fresh;
    }

    /// <summary>A writer that hangs in a dead database keeps the lock until the process, and the writer with it, is gone: nobody else may write before.</summary>
    public void KeepUntilTheEnd() => _kept = true;

    /// <summary>Lets another process have it, once the journal is closed.</summary>
    public void Dispose()
    {
        if (_kept) return;
        _files?.Dispose();
        _files = null;
        _held = false;
    }
}
