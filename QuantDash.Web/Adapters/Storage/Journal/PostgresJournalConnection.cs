using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>PostgreSQL: all statements of a transaction go out in one round trip. The session holds the trader's advisory lock, so whoever
/// lost the connection lost the right to write with it; the fence tells whether somebody else wrote meanwhile.</summary>
internal sealed class PostgresJournalConnection(StorageTarget target) : JournalConnection(target)
{
    // "qdtrader" as a number: the same for every QuantDash on this database.
    private const long TraderLock = 0x7164_7472_6164_6572;

    // A trader looks at its database four times a second. One that says nothing for ten is paused or cut off: the server ends its session, and another may trade.
    private const string Bounds = "SET idle_in_transaction_session_timeout = '10s'; SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3";
    private const string IdleBound = "SET idle_session_timeout = '10s'";
    private const int VersionWithIdleBound = 14;

    private readonly TraderFence _fence = new();
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _maker;
    private JournalStatements? _statements;

    public override bool TryTake()
    {
        try
        {
            var connection = _connection ??= Connect();
            using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({TraderLock})", connection);
            if (command.ExecuteScalar() is true) return true;
            Holder = TraderFence.HolderOn(connection);
            return false;
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Throws <see cref="FencedOffException"/> when somebody else traded since the session before, <see cref="TraderRunsAlreadyException"/> when the lock is not
    /// free and nobody did: the session before may linger.</summary>
    public override void Open()
    {
        // The first time the lock was taken a moment ago, before the schema was looked at.
        if (_fence.IsTaken || _connection is null)
        {
            Close();

            // When ours broke, so did the ones that others keep for their next question.
            NpgsqlConnection.ClearAllPools();
            if (!TryTake())
            {
                if (_fence.IsLost(_connection!)) throw TraderFence.Broken(_connection!);
                throw new TraderRunsAlreadyException($"{Holder?.Name ?? "another program"} holds the trader's lock of this PostgreSQL database");
            }
        }

        if (_fence.IsTaken) _fence.CheckOn(_connection!);
        else _fence.TakeOn(_connection!);
        Execute(_connection!, Bounds);
        if (_connection!.PostgreSqlVersion.Major >= VersionWithIdleBound) Execute(_connection, IdleBound);
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

    public override void Confirm() => _fence.CheckOn(_connection ?? throw new InvalidOperationException("The database cannot be reached."));

    public override IReadOnlyList<OutsideEdit> Commit(IReadOnlyList<JournalBatch> batches, IReadOnlyList<AuditEntry> audit)
    {
        using var sent = _connection!.CreateBatch();
        sent.BatchCommands.Add(_fence.ToBatchCommand());
        var sink = new BatchSink(sent, _maker!);
        foreach (var batch in batches)
        {
            foreach (var change in batch.Changes) _statements!.Write(change, sink);
        }

        foreach (var entry in audit) _statements!.Write(entry, sink);

        try
        {
            // One batch without an explicit transaction is one transaction.
            if (sent.BatchCommands.Count > 1) sent.ExecuteNonQuery();
        }
        catch (PostgresException error) when (TraderFence.IsBroken(error))
        {
            throw TraderFence.Broken(_connection!);
        }

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

    // Statements that repeat are prepared by the driver itself; a pooled session would be reset and lose the lock.
    private NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Target.ConnectionString) { Pooling = false, MaxAutoPrepare = 64, KeepAlive = 10 }.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, "SET synchronous_commit = on");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

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
