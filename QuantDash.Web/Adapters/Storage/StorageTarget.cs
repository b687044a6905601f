using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage;

internal enum StorageProvider { Sqlite, Postgres }

/// <summary>Which database, and how to reach it.</summary>
internal sealed class StorageTarget : IDatabasePlace
{
    private readonly DbContextOptions<SqliteQuantDashContext>? _sqlite;
    private readonly DbContextOptions<PostgresQuantDashContext>? _postgres;

    private StorageTarget(StorageProvider provider, string connectionString, string dataDirectory, string? file)
    {
        Provider = provider;
        ConnectionString = connectionString;
        DataDirectory = dataDirectory;
        File = file;
        if (provider == StorageProvider.Sqlite) _sqlite = new DbContextOptionsBuilder<SqliteQuantDashContext>().UseSqlite(connectionString).ReplaceService<IMigrationsSqlGenerator, WholeMigrations>().Options;
        else _postgres = new DbContextOptionsBuilder<PostgresQuantDashContext>().UseNpgsql(connectionString).Options;
    }

    public StorageProvider Provider { get; }
    public string ConnectionString { get; }
    public string DataDirectory { get; }

    /// <summary>The SQLite file; null on PostgreSQL.</summary>
    public string? File { get; }

    /// <summary>Whatever link leads there.</summary>
    public string? Folder => File is null ? null : Path.GetDirectoryName(CanonicalPath.Of(File));

    /// <param name="text"><c>ConnectionStrings:QuantDash</c>: with <c>Host=</c> it is PostgreSQL, else the path of an SQLite file (bare or as
    /// <c>Data Source=</c>); empty is <c>quantdash.db</c> in the data directory.</param>
    /// <param name="resolve">Makes a relative path absolute.</param>
    public static StorageTarget From(string? text, string dataDirectory, Func<string, string> resolve)
    {
        var wanted = text?.Trim() ?? "";
        if (wanted.Contains("Host=", StringComparison.OrdinalIgnoreCase)) return Postgres(wanted, dataDirectory);
        var path = wanted.Contains('=', StringComparison.Ordinal) ? new SqliteConnectionStringBuilder(wanted).DataSource : wanted;
        return Sqlite(path.Length == 0 ? Path.Combine(dataDirectory, "quantdash.db") : resolve(path), dataDirectory);
    }

    public static StorageTarget Sqlite(string file, string dataDirectory)
        // The provider's own loop after a busy database is kept short: it sleeps 150 ms at a time, SQLite's busy_timeout waits finer.
        => new(StorageProvider.Sqlite, new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 1 }.ConnectionString, dataDirectory, file);

    public static StorageTarget Postgres(string connectionString, string dataDirectory)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.ApplicationName ??= "QuantDash";
        return new(StorageProvider.Postgres, builder.ConnectionString, dataDirectory, file: null);
    }

    public QuantDashContext CreateContext()
        => _sqlite is not null ? new SqliteQuantDashContext(_sqlite) : new PostgresQuantDashContext(_postgres!);
}
