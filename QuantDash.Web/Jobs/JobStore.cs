using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Jobs;

/// <summary>Where plans, queue and history of jobs are kept: <c>jobs.db</c> in the data directory, or the schema <c>jobs</c> of the PostgreSQL database, which its
/// processes share. Never in the main SQLite file, whose one writer is the journal.</summary>
internal sealed class JobStore
{
    public const string FileName = "jobs.db";
    public const string Schema = "jobs";
    private readonly string _connection;

    private JobStore(bool isShared, string connection) => (IsShared, _connection) = (isShared, connection);

    /// <summary>Other processes may be on it too.</summary>
    public bool IsShared { get; }

    public static JobStore Of(IConfiguration configuration, IOptions<QuantDashOptions> options)
    {
        var database = configuration.GetConnectionString("QuantDash") ?? "";
        return database.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? Postgres(database) : Sqlite(options.Value.DataDirectory);
    }

    public static JobStore Sqlite(string dataDirectory) =>
        new(isShared: false, new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataDirectory, FileName), Pooling = false }.ConnectionString);

    public static JobStore Postgres(string connectionString) =>
        new(isShared: true, new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema, ApplicationName = "QuantDash jobs" }.ConnectionString);

    public async Task PrepareAsync(CancellationToken stop)
    {
        if (IsShared)
        {
            await using var connection = new NpgsqlConnection(_connection);
            await connection.OpenAsync(stop);
            await using var command = connection.CreateCommand();
            command.CommandText = "create schema if not exists jobs";
            try
            {
                await command.ExecuteNonQueryAsync(stop);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema)
            {
                // Another process makes it at this moment: "if not exists" does not look at what is not committed yet.
            }
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(new SqliteConnectionStringBuilder(_connection).DataSource)!);
        await using var file = new SqliteConnection(_connection);
        await file.OpenAsync(stop);
        await using var pragma = file.CreateCommand();
        pragma.CommandText = "pragma journal_mode=wal"; // Kept in the file: readers and the one writer do not wait for each other.
        await pragma.ExecuteNonQueryAsync(stop);
    }

    public void Describe(IPersistentStoreBuilder store)
    {
        if (IsShared) store.UsePostgres(NpgsqlFactory.Instance, _connection);
        else store.UseSqlite(SqliteFactory.Instance, _connection);
        store.ProvisionSchema();
        store.UseExecutionHistory();
        store.ConfigureStore(o =>
        {
            o.DbRetryInterval = TimeSpan.FromSeconds(3);
            o.RecoverFiringsCancelledByShutdown = true;
        });
        if (IsShared)
        {
            store.UseClustering(o =>
            {
                o.CheckinInterval = TimeSpan.FromSeconds(2);
                o.CheckinMisfireThreshold = TimeSpan.FromSeconds(5);
            });
        }
    }
}
