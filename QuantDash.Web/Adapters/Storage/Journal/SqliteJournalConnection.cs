using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>SQLite: write-ahead log, every commit flushed to the disk, checkpoints only while nothing waits (an automatic one would land in the
/// middle of a firing).</summary>
internal sealed class SqliteJournalConnection(StorageTarget target) : JournalConnection(target), IStatementSink
{
    // Checkpoint even without a pause once the log is this long, or it grows without end: about 40 MB.
    private const int MostCommitsUnchecked = 5_000;

    private readonly Dictionary<RowStatement, SqliteCommand> _prepared = [];
    private SqliteConnection? _connection;
    private SqliteCommand? _begin;
    private SqliteCommand? _commit;
    private SqliteCommand? _dataVersion;
    private SqliteCommand? _outside;
    private JournalStatements? _statements;
    private long _version;
    private int _unchecked;

    [MemberNotNull(nameof(_connection), nameof(_begin), nameof(_commit), nameof(_dataVersion), nameof(_outside), nameof(_statements))]
    public override void Open()
    {
        Close();
        // Not pooled: a pooled connection would live on, transaction and all, after Close.
        _connection = new(new SqliteConnectionStringBuilder(Target.ConnectionString) { Pooling = false }.ConnectionString);
        _connection.Open();
        Execute(_connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA busy_timeout = 1000");
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _dataVersion = Prepare("PRAGMA data_version");
        _outside = Prepare(OutsideEdits.Exist);
        if (_statements is null)
        {
            using var context = CreateContext();
            _statements = new(context.Model);
        }

        _version = -1;
    }

    public override void Close()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _prepared.Clear();
        _begin?.Dispose();
        _commit?.Dispose();
        _dataVersion?.Dispose();
        _outside?.Dispose();
        _connection?.Dispose();
        _connection = null;
    }

    public override IReadOnlyList<OutsideEdit> Commit(IReadOnlyList<JournalBatch> batches, IReadOnlyList<AuditEntry> audit)
    {
        _begin!.ExecuteNonQuery();
        var edits = OthersCommitted() ? TakeOverHere() : [];
        foreach (var batch in batches)
        {
            foreach (var change in batch.Changes) _statements!.Write(change, this);
        }

        foreach (var entry in audit) _statements!.Write(entry, this);

        _commit!.ExecuteNonQuery();
        if (++_unchecked >= MostCommitsUnchecked) Checkpoint();
        return edits;
    }

    public override IReadOnlyList<OutsideEdit> TakeOver()
    {
        if (!OthersCommitted()) return [];
        _begin!.ExecuteNonQuery();
        var edits = TakeOverHere();
        _commit!.ExecuteNonQuery();
        return edits;
    }

    public override void Rest()
    {
        if (_unchecked > 0) Checkpoint();
    }

    public void Execute(string sql) => Execute(_connection!, sql);

    public void Execute(RowStatement statement, object row)
    {
        if (!_prepared.TryGetValue(statement, out var command))
        {
            command = _connection!.CreateCommand();
            command.CommandText = statement.Sql;
            command.Parameters.AddRange(statement.CreateParameters(command));
            _prepared.Add(statement, command);
        }

        statement.Bind(row, command.Parameters);
        command.ExecuteNonQuery();
    }

    internal override QuantDashContext CreateContext()
        => new SqliteQuantDashContext(new DbContextOptionsBuilder<SqliteQuantDashContext>().UseSqlite(_connection!).Options);

    /// <summary>Whether another connection committed since we last asked: SQLite's own counter, which our commits do not move.</summary>
    private bool OthersCommitted()
    {
        var now = (long)_dataVersion!.ExecuteScalar()!;
        if (now == _version) return false;
        _version = now;
        return (long)_outside!.ExecuteScalar()! != 0;
    }

    private IReadOnlyList<OutsideEdit> TakeOverHere()
    {
        using var context = CreateContext();
        return OutsideEdits.TakeOver(context);
    }

    // Passive: never waits for readers; what it cannot copy now is copied next time.
    private void Checkpoint()
    {
        Execute("PRAGMA wal_checkpoint(PASSIVE)");
        _unchecked = 0;
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
