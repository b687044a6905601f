using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>A rule changed by SQL from another process is in force: its old level does not fire, its new one does; a row made invalid is switched off with its reason.</summary>
public sealed class SqlEditScenarioTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Symbol = "CZCE.TA2505";
    private const string Source = "edits";
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);

    private int _ticks;

    [Fact]
    public async Task RuleEditedBySql_OnSqlite_IsInForce()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(app.DataDirectory, "quantdash.db"), Pooling = false, DefaultTimeout = 10 };
        await EditAsync(app, () => new SqliteConnection(file.ConnectionString));
    }

    [PostgresFact]
    public async Task RuleEditedBySql_OnPostgres_IsInForce()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings(postgres.ConnectionString));
        var server = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false };
        await EditAsync(app, () => new NpgsqlConnection(server.ConnectionString));
    }

    private async Task EditAsync(AppProcess app, Func<DbConnection> connect)
    {
        var client = TradingClient.Of(app);
        await client.SourceAsync(Source, "ticks", always: true);
        var account = await client.AccountAsync("edits", Source);
        await TickAsync(client, 5400);
        await client.HoldAsync(account, Symbol, "long", 10, 5400);
        var (moved, broken) = (await ArmAsync(client, account, 5500), await ArmAsync(client, account, 5520));

        await RunAsync(connect, $"update lock_configs set trigger_price = 5600, profit_lock_ratio = 0.5 where id = '{moved}'; update lock_configs set trigger_price = 5521 where id = '{broken}'");
        var switchedOff = await RuleAsync(client, broken, rule => !rule["is_enabled"]!.GetValue<bool>());
        (await RuleAsync(client, moved, rule => rule["trigger_price"]!.GetValue<decimal>() == 5600))["profit_lock_ratio"]!.GetValue<decimal>().ShouldBe(0.5m);

        switchedOff["disabled_reason"]!.GetValue<string>().ShouldContain("trigger_price");
        switchedOff["trigger_price"]!.GetValue<decimal>().ShouldBe(5521, "never clamped");
        await TickAsync(client, 5540);
        (await client.TriggersAsync()).ShouldBeEmpty("neither the old level nor the broken rule fires");

        await TickAsync(client, 5600);
        var fired = (await TradingClient.EventuallyAsync(() => client.TriggersAsync(), found => found.Count == 1 && IsExecuted(found[0]))).ShouldHaveSingleItem();
        (fired["config_id"]!.GetValue<string>(), fired["lock_volume"]!.GetValue<decimal>()).ShouldBe((moved, 5));
        (await client.ItemsAsync("api/lock/configs")).Count.ShouldBe(2);
        var edited = (await client.GetAsync($"api/audit?subject={moved}&actor_kind=sql"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        (edited["before"]!["trigger_price"]!.GetValue<decimal>(), edited["after"]!["trigger_price"]!.GetValue<decimal>()).ShouldBe((5500, 5600), "who changed it was not us");

        // A start reads the edits back, and the loops of the trading thread leave their heartbeat.
        app.Kill();
        await app.StartAgainAsync();
        (await RuleAsync(client, broken, _ => true))["disabled_reason"]!.GetValue<string>().ShouldContain("trigger_price");
        (await TradingClient.EventuallyAsync(
            () => RowAsync(connect, "select state from service_status where service_name = 'lock_trigger'"), state => state == "running")).ShouldBe("running");
    }

    private static bool IsExecuted(JsonNode trigger) => trigger["execution_status"]!.GetValue<string>() == "executed";

    private static Task<string> ArmAsync(TradingClient client, string account, decimal level) => client.RuleAsync(new()
    {
        ["account_id"] = account,
        ["symbol"] = Symbol,
        ["direction"] = "long",
        ["trigger_type"] = "price",
        ["trigger_price"] = level,
        ["auto_execute"] = true,
    });

    private static async Task<JsonNode> RuleAsync(TradingClient client, string id, Func<JsonNode, bool> holds)
    {
        var rules = await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/lock/configs"), found => found.Exists(rule => Has(rule, id) && holds(rule)));
        return rules.Single(rule => Has(rule, id));
    }

    private static bool Has(JsonNode rule, string id) => rule["id"]!.GetValue<string>() == id;

    private async Task TickAsync(TradingClient client, decimal price)
    {
        var tick = new JsonObject
        {
            ["symbol"] = Symbol,
            ["timestamp"] = Start.AddSeconds(++_ticks).ToString("O", CultureInfo.InvariantCulture),
            ["last_price"] = price,
            ["bid_price"] = price - 2,
            ["bid_volume"] = 100,
            ["ask_price"] = price + 2,
            ["ask_volume"] = 100,
        };
        (await client.TicksAsync(Source, [tick])).Accepted.ShouldBe(1);
    }

    private static async Task RunAsync(Func<DbConnection> connect, string sql)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string?> RowAsync(Func<DbConnection> connect, string sql)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string?)await command.ExecuteScalarAsync();
    }
}
