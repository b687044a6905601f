using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using QuantDash.Core.Engine;
using QuantDash.Web.Api;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Api.Fuzz;

/// <summary>Sees whether anything was written: the database counts commits of others, and every table of it has a hash.</summary>
internal sealed class StateWitness : IDisposable
{
    // How the process is, and what tells that something was refused: the audit and the tape are for that.
    private static readonly string[] Tellers = ["service_status", "audit_logs", "tape_events", "notifications", "__EFMigrationsHistory", "bridge_links"];
    private readonly SqliteConnection _database;
    private readonly TradingRuntime _runtime;

    public StateWitness(string dataDirectory, TradingRuntime runtime)
    {
        _runtime = runtime;
        _database = new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataDirectory, "quantdash.db"), Pooling = false }.ConnectionString);
        _database.Open();
    }

    /// <summary>Another number after every commit of anybody.</summary>
    public long Commits()
    {
        using var command = _database.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>One line a table: its name and the hash of all its rows; and one of the engine's books.</summary>
    public async Task<IReadOnlyList<string>> HashesAsync()
    {
        var snapshot = await _runtime.RunAsync((engine, now) => engine.Snapshot(now));
        return [.. Tables().Select(table => $"{table} {HashOf(table)}"), "engine " + BooksOf(snapshot)];
    }

    public void Dispose() => _database.Dispose();

    private List<string> Tables()
    {
        using var command = _database.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        names.RemoveAll(Tellers.Contains);
        names.Count.ShouldBeGreaterThan(20);
        return names;
    }

    private string HashOf(string table)
    {
        using var command = _database.CreateCommand();
#pragma warning disable CA2100 // a name that the database itself told
        command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY rowid";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
                if (table != "positions" || reader.GetName(i) != "updated_at") hash.AppendData(Encoding.UTF8.GetBytes($"{reader.GetValue(i)}|"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string BooksOf(EngineSnapshot snapshot) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Accounts = snapshot.Accounts.Select(view => new { view.Account, view.Funds, Legs = view.Positions.Select(position => new { position.Long.Lots, Shorts = position.Short.Lots }) }),
            Rules = snapshot.Rules.Select(view => new { view.Rule, view.State }),
            snapshot.Triggers,
            snapshot.Locks,
            snapshot.Orders,
            Held = snapshot.HeldOrders.Select(view => view.Held),
        },
        ApiJson.Options)));
}
