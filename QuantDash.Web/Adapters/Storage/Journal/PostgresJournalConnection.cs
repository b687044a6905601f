using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>PostgreSQL: all statements of a transaction go out in one round trip. The session holds the trader's advisory lock, so whoever
/// lost the connection lost the right to write with it.</summary>
internal sealed class PostgresJournalConnection(StorageTarget target) : JournalConnection(target)
{
    // "qdtrader" as a number: the same for every QuantDash on this database.
    private const long TraderLock = 0x7164_7472_6164_6572;

    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _maker;
    private JournalStatements? _statements;

    public override void Open()
    {
        Close();
        // Statements that repeat are prepared by the driver itself; a pooled session would be reset and lose the lock.
        _connection = new(new NpgsqlConnectionStringBuilder(Target.ConnectionString) { Pooling = false, MaxAutoPrepare = 64, KeepAlive = 10 }.ConnectionString);
        _connection.Open();
        Execute(_connection, "SET synchronous_commit = on");
        using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({TraderLock})", _connection);
        if (command.ExecuteScalar() is not true) throw new TraderRunsAlreadyException("another program holds the trader's lock of this PostgreSQL database");
        _maker = _connection.CreateCommand();
        if (_statements is null)
        {
            using var context = CreateContext();
            _statements = new(context.Model);
        }
    }

    public override void Close()
    {
        _maker?.Dispose();
        _maker = null;
        _connection?.Dispose();
        _connection = null;
    }

    public override IReadOnlyList<OutsideEdit> Commit(IReadOnlyList<JournalBatch> batches, IReadOnlyList<AuditEntry> audit)
    {
        using var sent = _connection!.CreateBatch();
        var sink = new BatchSink(sent, _maker!);
        foreach (var batch in batches)
        {
            foreach (var change in batch.Changes) _statements!.Write(change, sink);
        }

        foreach (var entry in audit) _statements!.Write(entry, sink);

        // One batch without an explicit transaction is one transaction.
        if (sent.BatchCommands.Count > 0) sent.ExecuteNonQuery();
        return [];
    }

    public override IReadOnlyList<OutsideEdit> TakeOver()
    {
        using var command = new NpgsqlCommand(OutsideEdits.Exist, _connection);
        // Repeatable read: an edit that comes between reading a row and marking it fails the marking, and the next look sees both.
        return command.ExecuteScalar() is true ? Run(OutsideEdits.TakeOver, IsolationLevel.RepeatableRead) : [];
    }

    internal override QuantDashContext CreateContext()
        => new PostgresQuantDashContext(new DbContextOptionsBuilder<PostgresQuantDashContext>().UseNpgsql(_connection!).Options);

    private sealed class BatchSink(NpgsqlBatch batch, NpgsqlCommand maker) : IStatementSink
    {
        public void Execute(RowStatement statement, object row)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            command.Parameters.AddRange(statement.CreateParameters(maker));
            statement.Bind(row, command.Parameters);
            batch.BatchCommands.Add(command);
        }
    }
}
