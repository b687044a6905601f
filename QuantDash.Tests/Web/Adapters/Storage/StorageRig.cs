using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Audit;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Queries;
using QuantDash.Web.Adapters.Storage.Ticks;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>Real storage on a database of its own, as the host would open it.</summary>
internal sealed class StorageRig : IAsyncDisposable
{
    private static readonly Meter Unheard = new("unheard");
    private readonly TempFolder? _folder;
    private readonly bool _ownsFolder;
    private readonly StorageStartup _startup;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly TraderLease _lease;
    private readonly AuditScribe _audit;
    private readonly AuditWitness _witness;
    private long _sequence;

    private StorageRig(StorageTarget target, TempFolder? folder, bool ownsFolder, JournalConnection? connection)
    {
        (_folder, _ownsFolder, Target) = (folder, ownsFolder, target);
        connection ??= target.Provider == StorageProvider.Sqlite ? new SqliteJournalConnection(target) : new PostgresJournalConnection(target);
        using (var context = target.CreateContext())
            _audit = new(new(context.Model), _witness = new(target.DataDirectory), TimeProvider.System, NullLogger<AuditScribe>.Instance);
        Journal = new(connection, _audit, new(Unheard), TimeProvider.System, NullLogger<JournalWriter>.Instance);
        Audits = new AuditHistory(new Contexts(target), target);
        _lease = new(target, connection, Journal, new FakeTimeProvider(TimeProvider.System.GetUtcNow())); // No lease grows old while a busy machine holds a thread.
        _startup = new(target, _lease, Journal, TimeProvider.System, NullLogger<StorageStartup>.Instance);
    }

    public StorageTarget Target { get; }
    public JournalWriter Journal { get; }
    public IAuditHistory Audits { get; }
    public ITraderLease Lease => _lease;
    public string Folder => Target.DataDirectory;

    /// <param name="folder">Of an earlier rig, to open the same database again.</param>
    /// <param name="connection">Wraps the real connection, to make it fail.</param>
    public static async Task<StorageRig> SqliteAsync(TempFolder? folder = null, Func<StorageTarget, JournalConnection>? connection = null)
    {
        var home = folder ?? new TempFolder();
        var target = StorageTarget.Sqlite(home.File("quantdash.db"), home.Path);
        return await OpenAsync(new(target, home, ownsFolder: folder is null, connection?.Invoke(target)));
    }

    /// <summary>Where a test put it; the folder is the test's.</summary>
    public static Task<StorageRig> SqliteAsync(StorageTarget target) => OpenAsync(new(target, folder: null, ownsFolder: false, connection: null));

    /// <summary>Empties the class's database first, unless it is to be opened again.</summary>
    public static async Task<StorageRig> PostgresAsync(PostgresFixture postgres, bool again = false)
    {
        var home = new TempFolder();
        var target = StorageTarget.Postgres(postgres.ConnectionString, home.Path);
        if (!again) await RunAsync(target, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        return await OpenAsync(new(target, home, ownsFolder: true, connection: null));
    }

    public static async Task RunAsync(StorageTarget target, string sql)
    {
        await using DbConnection connection = target.Provider == StorageProvider.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder(target.ConnectionString) { Pooling = false, DefaultTimeout = 60 }.ConnectionString)
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(target.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What another program would do.</summary>
    public Task RunAsync(string sql) => RunAsync(Target, sql);

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var context = Target.CreateContext();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>One batch; completes when it is durable.</summary>
    public Task WriteAsync(params IReadOnlyList<JournalChange> changes) => WriteAsync(Actor.Engine, changes);

    /// <inheritdoc cref="WriteAsync(IReadOnlyList{JournalChange})"/>
    public async Task WriteAsync(Actor actor, IReadOnlyList<JournalChange> changes)
    {
        var sequence = ++_sequence;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Told(long durable)
        {
            if (durable >= sequence) done.TrySetResult();
        }

        Journal.Committed += Told;
        Journal.Append(new(sequence, changes) { Actor = actor });
        await done.Task.WaitAsync(Patience);
        Journal.Committed -= Told;
    }

    public Task<AuditVerdict> VerifyAuditAsync() => Audits.VerifyAsync();

    public async Task<RecoveredState> LoadAsync()
    {
        using var ticks = new TickArchive(Path.Combine(Folder, "ticks"));
        return await new RecoveryLoader(Target, Journal, ticks, NullLogger<RecoveryLoader>.Instance).LoadAsync(CancellationToken.None);
    }

    /// <summary>Collects edits until there are <paramref name="count"/>.</summary>
    public Task<IReadOnlyList<OutsideEdit>> EditsAsync(int count)
    {
        var found = new List<OutsideEdit>();
        var done = new TaskCompletionSource<IReadOnlyList<OutsideEdit>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Journal.EditedOutside += edits =>
        {
            found.AddRange(edits);
            if (found.Count >= count) done.TrySetResult(found);
        };
        return done.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        // The program gives a disk that hangs three seconds; here everything is to be written.
        if (Journal.Health.State == JournalState.Healthy) Journal.Stop(Patience);
        await _startup.StopAsync(CancellationToken.None);
        _lease.Dispose();
        Journal.Dispose();
        _witness.Dispose();
        if (Target.Provider == StorageProvider.Sqlite) SqliteConnection.ClearPool(new(Target.ConnectionString));
        if (_ownsFolder) _folder?.Dispose();
    }

    private static async Task<StorageRig> OpenAsync(StorageRig rig)
    {
        try
        {
            await rig._startup.StartAsync(CancellationToken.None);
            return rig;
        }
        catch
        {
            // As a process that ends: the lock on the folder goes with it.
            await rig.DisposeAsync();
            throw;
        }
    }

    private sealed class Contexts(StorageTarget target) : IDbContextFactory<QuantDashContext>
    {
        public QuantDashContext CreateDbContext() => target.CreateContext();
    }
}
