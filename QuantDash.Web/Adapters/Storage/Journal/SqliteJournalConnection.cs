using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>SQLite: write-ahead log, every commit flushed to the disk, checkpoints only when the writer says so (an automatic one would land in the
/// middle of a firing).</summary>
internal sealed class SqliteJournalConnection(StorageTarget target) : JournalConnection(target), IStatementSink
{
    // What a reader keeps back is tried again some hundred rows later, and not after each commit.
    private const int MostLeft = 3_500;

    // The file is cut to this when the log begins anew, after a reader let it grow.
    private const int LongestLog = 64 * 1024 * 1024;

    private readonly Dictionary<RowStatement, SqliteCommand> _prepared = [];
    private SqliteConnection? _connection;
    private SqliteCommand? _begin;
    private SqliteCommand? _commit;
    private SqliteCommand? _dataVersion;
    private SqliteCommand? _outside;
    private JournalStatements? _statements;
    private long _version;
    private int _rows;
    private bool _hasLog;

    [MemberNotNull(nameof(_connection), nameof(_begin), nameof(_commit), nameof(_dataVersion), nameof(_outside), nameof(_statements))]
    public override void Open()
    {
        Close();
        ClearPool(); // Those have the file open that had this name before.
        StorageTrouble.ShouldBeThere(Target.File!);
        // Not pooled: a pooled connection would live on, transaction and all, after Close. Never made here: an empty file in the place of a lost one would be traded on after the next start.
        _connection = new(new SqliteConnectionStringBuilder(Target.ConnectionString) { Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ConnectionString);
        _connection.Open();
        Execute(_connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA busy_timeout = 1000; PRAGMA journal_size_limit = {LongestLog}");
        // A file system without shared memory has none.
        using (var mode = Prepare("PRAGMA journal_mode")) _hasLog = (string)mode.ExecuteScalar()! == "wal";
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
        ShouldBeThere();
        _begin!.ExecuteNonQuery();
        var edits = OthersCommitted() ? TakeOverHere() : [];
        foreach (var batch in batches)
        {
            foreach (var change in batch.Changes) _statements!.Write(change, this);
        }

        foreach (var entry in audit) _statements!.Write(entry, this);

        _commit!.ExecuteNonQuery();
        return edits;
    }

    public override IReadOnlyList<OutsideEdit> TakeOver()
    {
        ShouldBeThere();
        if (!OthersCommitted()) return [];
        _begin!.ExecuteNonQuery();
        var edits = TakeOverHere();
        _commit!.ExecuteNonQuery();
        return edits;
    }

    public override void Confirm()
    {
        ShouldBeTheOneOpened();
        if (IsLogGone()) throw new FileNotFoundException($"The log {Target.File}-wal was deleted while QuantDash runs.");
    }

    public override void Rest(int fromRows)
    {
        if (_rows >= fromRows) Checkpoint();
    }

    /// <summary>Leaves one file, of which nothing waits in a log.</summary>
    public override void TidyUp()
    {
        ClearPool();
        if (_connection is not null) Execute("PRAGMA wal_checkpoint(TRUNCATE)");
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
        _rows++;
    }

    protected override void Ran() => _rows++;

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

    private void ShouldBeThere()
    {
        ShouldBeTheOneOpened();
        if (!IsLogGone()) return;
        Checkpoint(); // We have it open still: what it holds goes into the database before it is let go.
        throw new FileNotFoundException($"The log {Target.File}-wal was deleted while QuantDash runs.");
    }

    // SQLite itself writes on into files that were deleted or replaced under it, and says that all went well.
    private void ShouldBeTheOneOpened()
    {
        StorageTrouble.ShouldBeThere(Target.File!);
        if (SqliteFile.HasMoved(_connection ?? throw new InvalidOperationException($"The database {Target.File} is not open.")))
            throw new FileNotFoundException($"Another file was put in the place of the database {Target.File} while QuantDash runs.", Target.File);
    }

    private bool IsLogGone() => _hasLog && !File.Exists(Target.File + "-wal");

    // Passive: never waits for readers; what it cannot copy now is copied next time.
    private void Checkpoint()
    {
        using var command = Prepare("PRAGMA wal_checkpoint(PASSIVE)");
        using var said = command.ExecuteReader();
        said.Read();
        var (isBusy, pages, copied) = (said.GetInt32(0) != 0, said.GetInt32(1), said.GetInt32(2));
        if (isBusy) return; // Somebody else makes one: asked again the next time.
        _rows = Math.Min(pages - copied, MostLeft);
    }

    private void ClearPool()
    {
        using var any = new SqliteConnection(Target.ConnectionString);
        SqliteConnection.ClearPool(any);
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
