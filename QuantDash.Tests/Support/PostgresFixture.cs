using Npgsql;

namespace QuantDash.Tests.Support;

/// <summary>
/// A fresh, empty database for one test class (IClassFixture), dropped afterwards. Does nothing where there is no server;
/// the tests are [PostgresFact] and skip.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string _database = "quantdash_" + Guid.NewGuid().ToString("n")[..12];

    /// <summary>Connects to this class's own database.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server) { Database = _database }.ConnectionString;

    /// <summary>As new, for a class whose tests each begin with nothing.</summary>
    public Task EmptyAsync() => RunAsync(ConnectionString, "drop schema public cascade; create schema public");

    private static string Server => Requirements.Variable("QUANTDASH_TEST_POSTGRES")
        ?? throw new InvalidOperationException("No PostgreSQL here: mark the test [PostgresFact]");

    public Task InitializeAsync() => Requirements.Postgres is null ? RunAsync(Server, $"create database {_database}") : Task.CompletedTask;

    public Task DisposeAsync()
        => Requirements.Postgres is null ? RunAsync(Server, $"drop database if exists {_database} with (force)") : Task.CompletedTask;

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
