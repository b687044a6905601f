using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace QuantDash.Tests.Recovery;

/// <summary>Looks into the database of a running QuantDash from outside, as a suspicious administrator would.</summary>
internal sealed class DatabaseView(string connectionString)
{
    private readonly bool _isPostgres = connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    public static DatabaseView OfSqlite(string file) =>
        new(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 10 }.ConnectionString);

    /// <summary>One hash a table, over all of its rows; what moves by itself (time stamps of funds, heartbeats, keys in use) is left out.</summary>
    public async Task<SortedDictionary<string, string>> HashesAsync(params IReadOnlyList<string> except)
    {
        var tables = await ColumnAsync(_isPostgres
            ? "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
            : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'");
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables.Where(table => !except.Contains(table))) hashes[table] = await HashAsync(table);
        return hashes;
    }

    public async Task<long> CountAsync(string sql) => Convert.ToInt64((await RowsAsync(sql))[0][0], System.Globalization.CultureInfo.InvariantCulture);

    public async Task<decimal> SumAsync(string sql) => Convert.ToDecimal((await RowsAsync(sql))[0][0], System.Globalization.CultureInfo.InvariantCulture);

    public async Task<List<string>> ColumnAsync(string sql) => [.. (await RowsAsync(sql)).Select(row => row[0].ToString()!)];

    /// <summary>SQLite's own look at every page; a PostgreSQL server answers for its own.</summary>
    public async Task ShouldBeIntactAsync(string because)
    {
        if (!_isPostgres) (await ColumnAsync("pragma integrity_check")).ShouldBe(["ok"], because);
    }

    /// <summary>After a kill -9: a server goes on with the last statements that it was sent, until it sees that nobody is there.</summary>
    public async Task UntilNobodyTradesAsync()
    {
        if (!_isPostgres) return;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await CountAsync("select count(*) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())") > 0)
            await Task.Delay(20, patience.Token);
    }

    public async Task<List<object[]>> RowsAsync(string sql)
    {
        await using DbConnection connection = _isPostgres
            ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString)
            : new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    private async Task<string> HashAsync(string table)
    {
        var rows = (await RowsAsync($"select * from \"{table}\"")).Select(row => string.Join('|', row.Select(Text))).Order(StringComparer.Ordinal);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))[..16];
    }

    private static string Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
