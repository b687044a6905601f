using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>The real application on a real PostgreSQL, and beside it somebody with psql. Nothing is started where there is no server.</summary>
public sealed class SeedDesk : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private readonly AppFactory _app = new();
    private NpgsqlDataSource _psql = null!;
    private int _books;

    internal TradingClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        if (Requirements.Postgres is not null) return;
        foreach (var (key, value) in TradingClient.Settings(_postgres.ConnectionString)) _app.Settings[key.Replace("__", ":", StringComparison.Ordinal)] = value;
        Client = new(_app.CreateClient());
        _psql = NpgsqlDataSource.Create(_postgres.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_psql is not null) await _psql.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>An account with a source and a trading day of its own, later than those before it.</summary>
    internal async Task<SeedBook> BookAsync()
    {
        var name = $"seed-{++_books}";
        await Client.SourceAsync(name, "ticks", always: true);
        return new(this, name, await Client.AccountAsync(name, name), new DateTimeOffset(2025, 3, 3, 2, 0, 0, TimeSpan.Zero).AddHours(_books));
    }

    /// <summary>How many rows it changed.</summary>
    internal async Task<int> RunAsync(string sql)
    {
        await using var command = _psql.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    internal async Task<List<Dictionary<string, object?>>> RowsAsync(string sql)
    {
        await using var command = _psql.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.Ordinal));
        }

        return rows;
    }
}

/// <summary>One account of the desk, with the market that its rules hear.</summary>
internal sealed class SeedBook(SeedDesk desk, string source, string account, DateTimeOffset start)
{
    public const string Pta = "CZCE.TA2505";
    private int _ticks;

    public string Account => account;

    public async Task TickAsync(decimal price, string symbol = Pta)
    {
        var tick = new JsonObject
        {
            ["symbol"] = symbol,
            ["timestamp"] = start.AddSeconds(++_ticks).ToString("O", CultureInfo.InvariantCulture),
            ["last_price"] = price,
            ["bid_price"] = price - 2,
            ["bid_volume"] = 100,
            ["ask_price"] = price + 2,
            ["ask_volume"] = 100,
        };
        (await desk.Client.TicksAsync(source, [tick])).Accepted.ShouldBe(1);
    }

    public Task HoldAsync(string side, decimal volume, decimal price, string symbol = Pta) => desk.Client.HoldAsync(account, symbol, side, volume, price);

    /// <param name="terms">Beside account, symbol and direction.</param>
    public Task<string> RuleAsync(string terms, string direction = "long", string symbol = Pta)
    {
        var rule = JsonNode.Parse(terms)!.AsObject();
        (rule["account_id"], rule["symbol"], rule["direction"]) = (account, symbol, direction);
        return desk.Client.RuleAsync(rule);
    }

    /// <summary>Runs a statement of the guide and waits until explain shows that the engine took it over: at most the second that is promised, and the machine's.</summary>
    public async Task<JsonNode> EditAsync(string statement, string rule, Func<JsonNode, bool> inForce, string trigger = "")
    {
        (await desk.RunAsync(SeedStatements.Put(statement, account, Pta, trigger))).ShouldBeGreaterThan(0, "it found its rows");
        var seen = await TradingClient.EventuallyAsync(() => ExplainAsync(rule), inForce);
        inForce(seen).ShouldBeTrue(seen.ToJsonString());
        return seen;
    }

    public Task<JsonNode> ExplainAsync(string rule) => desk.Client.GetAsync($"api/lock/configs/{rule}/explain");

    /// <summary>The account's only trigger, once it is in <paramref name="status"/>.</summary>
    public async Task<JsonNode> OnlyTriggerAsync(string status)
    {
        var found = await TradingClient.EventuallyAsync(TriggersAsync, all => all.Count == 1 && Status(all[0]) == status);
        var trigger = found.ShouldHaveSingleItem();
        Status(trigger).ShouldBe(status, trigger.ToJsonString());
        return trigger;
    }

    public Task<List<JsonNode>> TriggersAsync() => desk.Client.TriggersAsync(account);

    /// <summary>Two rules want the whole leg at one tick: one locks it, the other fails for want of lots. Both rules, and the two triggers.</summary>
    public async Task<(JsonNode Executed, JsonNode Failed)> OneFailsAsync()
    {
        await TickAsync(3700);
        await HoldAsync("long", 10, 3700);
        for (var i = 0; i < 2; i++) await RuleAsync("""{"trigger_type": "price", "trigger_price": 3800, "auto_execute": true}""");
        await TickAsync(3800);
        var found = await TradingClient.EventuallyAsync(TriggersAsync, all => all.Count == 2 && all.TrueForAll(one => Status(one) is "executed" or "failed"));
        return (found.Single(one => Status(one) == "executed"), found.Single(one => Status(one) == "failed"));
    }

    /// <summary>Four lots more on the long leg whose other ten are locked.</summary>
    public Task FourMoreAsync() => desk.Client.PostAsync("api/position_snapshots", new JsonObject
    {
        ["account_id"] = account,
        ["positions"] = new JsonArray(new JsonObject
        {
            ["symbol"] = Pta, ["long_position"] = 14, ["long_today"] = 14, ["long_avg_price"] = 3700, ["short_position"] = 10, ["short_today"] = 10, ["short_avg_price"] = 3798,
        }),
    });

    public static string Status(JsonNode trigger) => trigger["execution_status"]!.GetValue<string>();

    public static JsonNode Condition(JsonNode explained, string kind) => explained["conditions"]!.AsArray().Single(one => one!["condition"]!.GetValue<string>() == kind)!;

    public static decimal? Level(JsonNode explained, string kind) => Condition(explained, kind)["level"]?.GetValue<decimal>();
}
