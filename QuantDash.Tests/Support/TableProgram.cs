using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace QuantDash.Tests.Support;

/// <summary>A trader's program that knows nothing but SQL: it asks in <c>bridge_links</c>, reads <c>order_commands</c> and inserts into <c>order_reports</c>.</summary>
public sealed class TableProgram(string connectionString, string account, string name)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly bool _isPostgres = connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    public static string Sqlite(string file) => new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ConnectionString;

    /// <summary>A question, once the account's row is there.</summary>
    public async Task AskAsync()
    {
        var patience = Stopwatch.StartNew();
        while (await RunAsync($"UPDATE bridge_links SET asks = asks + 1, program = '{name}' WHERE account_id = '{account}'") == 0)
        {
            patience.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until the program's last question was seen.</summary>
    public async Task AskAndBeSeenAsync()
    {
        await UntilAsync($"SELECT updated_at FROM bridge_links WHERE account_id = '{account}'", _ => true);
        await AskAsync();
        await UntilAsync($"SELECT asks - asks_seen FROM bridge_links WHERE account_id = '{account}'", rows => Convert.ToInt64(rows[0][0], CultureInfo.InvariantCulture) == 0);
    }

    public async Task<string> EpochAsync() => (string)(await UntilAsync($"SELECT epoch FROM bridge_links WHERE account_id = '{account}'", _ => true))[0][0];

    public Task<int> SendAsync(string message) => RunAsync($"INSERT INTO order_reports (account_id, message) VALUES ('{account}', '{message}')");

    public Task<int> ReportAsync(string id, string status, string more = "", string values = "") =>
        RunAsync($"INSERT INTO order_reports (account_id, client_order_id, status{more}) VALUES ('{account}', '{id}', '{status}'{values})");

    /// <summary>Problem and answer of every row, once all were taken.</summary>
    public async Task<List<(string? Problem, string? Answer)>> TakenAsync()
    {
        var rows = await UntilAsync("SELECT problem, answer, taken_at FROM order_reports ORDER BY id", rows => rows.TrueForAll(row => row[2] is not DBNull));
        return [.. rows.Select(row => (row[0] as string, row[1] as string))];
    }

    public async Task<List<object[]>> CommandsAsync() =>
        await RowsAsync($"SELECT client_order_id, action, program, epoch FROM order_commands WHERE account_id = '{account}' AND ended_at IS NULL ORDER BY sequence");

    public async Task<List<object[]>> UntilCommandsAsync(int count)
    {
        await AskAsync(); // A question holds for fifteen seconds.
        return await UntilAsync(
            $"SELECT client_order_id, action, program, epoch FROM order_commands WHERE account_id = '{account}' AND ended_at IS NULL ORDER BY sequence", rows => rows.Count == count, orNone: true);
    }

    public async Task<List<object[]>> UntilAsync(string sql, Func<List<object[]>, bool> holds, bool orNone = false)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var patience = Stopwatch.StartNew();
        while (await pace.WaitForNextTickAsync())
        {
            var rows = await RowsAsync(sql);
            if ((orNone || rows.Count > 0) && holds(rows)) return rows;
            patience.Elapsed.ShouldBeLessThan(Patience, sql);
        }
        return [];
    }

    public async Task<int> RunAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<List<object[]>> RowsAsync(string sql)
    {
        await using var connection = await OpenAsync();
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

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = _isPostgres
            ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString)
            : new SqliteConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }
}
