using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>The writer's one open connection. Only ever touched on the writer's thread; any exception from it means: roll back, open again.</summary>
internal abstract class JournalConnection(StorageTarget target) : IDisposable
{
    protected StorageTarget Target { get; } = target;

    /// <summary>Who has the trader's lock in the database, as seen when <see cref="TryTake"/> last said no.</summary>
    public TraderHolder? Holder { get; protected set; }

    /// <summary>Takes the trader's lock in the database, before anything else is done there; false: another process has it. SQLite has none: the locks on the
    /// data directory and on the file are enough.</summary>
    public virtual bool TryTake() => true;

    /// <summary>Opens anew, whatever was before. Throws <see cref="FencedOffException"/> when another process has become the trader meanwhile, as may everything below.</summary>
    public abstract void Open();

    /// <summary>Throws unless this process is the trader at this moment, and the database the one that it opened.</summary>
    public virtual void Confirm()
    {
    }

    public abstract void Close();

    /// <summary>Commits these batches and what the audit says of them as one transaction and returns what other programs wrote before it.</summary>
    public abstract IReadOnlyList<OutsideEdit> Commit(IReadOnlyList<JournalBatch> batches, IReadOnlyList<AuditEntry> audit);

    /// <summary>Takes over what other programs wrote, if there is anything.</summary>
    public abstract IReadOnlyList<OutsideEdit> TakeOver();

    /// <summary>Housekeeping while nobody waits for what was written, once so many rows were written since the last.</summary>
    public virtual void Rest(int fromRows)
    {
    }

    /// <summary>The last thing before it is closed in good order.</summary>
    public virtual void TidyUp()
    {
    }

    /// <summary>A context on this very connection, for writes that come from elsewhere; in a transaction of its own.</summary>
    public T Run<T>(Func<QuantDashContext, T> work, IsolationLevel isolation = IsolationLevel.Unspecified)
    {
        using var context = CreateContext();
        using var transaction = context.Database.BeginTransaction(isolation);
        Confirm();
        var result = work(context);
        transaction.Commit();
        Ran();
        return result;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Close();
    }

    /// <summary>Something was committed by <see cref="Run"/>.</summary>
    protected virtual void Ran()
    {
    }

    internal abstract QuantDashContext CreateContext();

    protected static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
