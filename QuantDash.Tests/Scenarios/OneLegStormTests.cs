using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using QuantDash.Tests.Recovery;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>Fifty rules on one leg fire on one tick that arrives over several connections at once, beside clicks, retries, locks by hand and the lock-execution job, in the real process:
/// exactly the leg is locked, every rule wins or says with numbers why it lost, and the database agrees.</summary>
public sealed class OneLegStormTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Source = "storm";
    private const int Leg = 41;
    private const int Rules = 50;
    private const int Asking = 5;
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);
    private static readonly string[] Symbols = ["CZCE.TA2505", "CZCE.TA2506", "CZCE.TA2507", "CZCE.TA2508", "CZCE.TA2509"];

    private int _ticks;

    [Fact]
    public async Task FiftyRulesBesideClicksRetriesAndHands_OnSqlite_LockExactlyTheLeg()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        await StormAsync(app, DatabaseView.OfSqlite(Path.Combine(app.DataDirectory, "quantdash.db")));
    }

    [PostgresFact]
    public async Task FiftyRulesBesideClicksRetriesAndHands_OnPostgres_LockExactlyTheLeg()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings(postgres.ConnectionString));
        await StormAsync(app, new DatabaseView(postgres.ConnectionString));
    }

    private async Task StormAsync(AppProcess app, DatabaseView database)
    {
        var client = TradingClient.Of(app);
        await TradingClient.EventuallyAsync(() => client.SendAsync("api/jobs", null, "GET"), answer => answer.Status == HttpStatusCode.OK);
        await client.SourceAsync(Source, "ticks", always: true);
        var account = await client.AccountAsync("storm", Source, 1_000_000_000m);
        foreach (var symbol in Symbols)
        {
            var rules = await PrepareAsync(client, account, symbol);
            var answers = await RageAsync(client, account, symbol);
            answers.ShouldAllBe(code => code == HttpStatusCode.OK || code == HttpStatusCode.Created || code == HttpStatusCode.Conflict || code == HttpStatusCode.UnprocessableEntity);
            await TicksAsync(client, Tick(symbol, 5530), Tick(symbol, 5530));
            await ShouldHaveLockedTheLegAsync(client, database, symbol, rules);
        }
        await JobsShouldHaveRunAsync(client);
        (await database.CountAsync("select count(*) from orders where status not in ('filled', 'cancelled', 'rejected')")).ShouldBe(0);
        (await database.CountAsync("select count(*) from trades")).ShouldBe(await database.CountAsync("select count(distinct trade_id) from trades"));
    }

    /// <summary>The job was in the storm, and none of its runs failed.</summary>
    private static async Task JobsShouldHaveRunAsync(TradingClient client)
    {
        var job = await TradingClient.EventuallyAsync(async () => (await client.ItemsAsync("api/jobs")).Single(job => job["key"]!.GetValue<string>() == "lock-execution"), job => job["last"] is not null);
        job["last"]!["outcome"]!.GetValue<string>().ShouldBeOneOf("idle", "succeeded");
        (await client.ItemsAsync("api/jobs/history")).ShouldNotContain(run => run["outcome"]!.GetValue<string>() == "failed");
    }

    /// <summary>A leg, some firings that wait for a click already, and fifty rules that the next tick reaches together.</summary>
    private async Task<HashSet<string>> PrepareAsync(TradingClient client, string account, string symbol)
    {
        await TicksAsync(client, Tick(symbol, 5500));
        await client.HoldAsync(account, symbol, "long", Leg, 5500);
        for (var i = 0; i < Asking; i++) await ArmAsync(client, account, symbol, 5510, isAutomatic: false);
        await TicksAsync(client, Tick(symbol, 5510));
        var rules = new HashSet<string>();
        for (var i = 0; i < Rules; i++) rules.Add(await ArmAsync(client, account, symbol, 5530, isAutomatic: true));
        return rules;
    }

    /// <summary>Everything at once; the statuses of all answers but the ticks'.</summary>
    private async Task<List<HttpStatusCode>> RageAsync(TradingClient client, string account, string symbol)
    {
        var waiting = (await TriggersOfAsync(client, symbol)).Select(trigger => trigger["id"]!.GetValue<string>()).ToList();
        waiting.Count.ShouldBe(Asking);
        var tick = Tick(symbol, 5530);
        using var gate = new SemaphoreSlim(0);
        var ticks = Enumerable.Range(0, 6).Select(_ => After(gate, async () => (await client.TicksAsync(Source, [(JsonObject)tick.DeepClone()])).Accepted)).ToList();
        var clicks = waiting.SelectMany(id => Enumerable.Repeat(id, 3)).Select(id => After(gate, () => SendAsync(client, $"api/lock/execute/{id}", new() { ["force"] = true }))).ToList();
        var hands = Enumerable.Range(0, 2).Select(_ => After(gate, () => SendAsync(client, "api/orders", ByHand(account, symbol)))).ToList();
        var retries = Enumerable.Range(0, 3).Select(_ => After(gate, () => RetryAsync(client, symbol))).ToList();
        var drains = Enumerable.Range(0, 4).Select(_ => After(gate, () => DrainAsync(client))).ToList();
        gate.Release(ticks.Count + clicks.Count + hands.Count + retries.Count + drains.Count);
        (await Task.WhenAll(ticks)).Sum().ShouldBe(1, "one tick, whoever brings it");
        return [.. await Task.WhenAll(clicks), .. await Task.WhenAll(hands), .. (await Task.WhenAll(retries)).Concat(await Task.WhenAll(drains)).SelectMany(codes => codes)];
    }

    private static async Task<T> After<T>(SemaphoreSlim gate, Func<Task<T>> work)
    {
        await gate.WaitAsync();
        return await Task.Run(work);
    }

    private static async Task<HttpStatusCode> SendAsync(TradingClient client, string path, JsonObject body) => (await client.SendAsync(path, body.ToJsonString())).Status;

    /// <summary>The safety net itself, the lock-execution job, over and over: asked for while it runs, it is the same run.</summary>
    private static async Task<List<HttpStatusCode>> DrainAsync(TradingClient client)
    {
        var codes = new List<HttpStatusCode>();
        for (var pass = 0; pass < 5; pass++) codes.Add(await SendAsync(client, "api/jobs/lock-execution/run", []));
        return codes;
    }

    /// <summary>What a safety net would do: try again whatever has failed.</summary>
    private static async Task<List<HttpStatusCode>> RetryAsync(TradingClient client, string symbol)
    {
        var codes = new List<HttpStatusCode>();
        for (var pass = 0; pass < 3; pass++)
        {
            foreach (var trigger in (await TriggersOfAsync(client, symbol)).Where(trigger => Status(trigger) is "failed" or "pending").Take(10))
                codes.Add(await SendAsync(client, $"api/lock/execute/{trigger["id"]!.GetValue<string>()}", new() { ["force"] = true }));
        }
        return codes;
    }

    private static async Task ShouldHaveLockedTheLegAsync(TradingClient client, DatabaseView database, string symbol, HashSet<string> rules)
    {
        var triggers = await TradingClient.EventuallyAsync(() => TriggersOfAsync(client, symbol), found => found.All(trigger => Status(trigger) is not ("pending" or "executing")));
        var because = string.Join("\n", triggers.Select(trigger => $"{Status(trigger)} {trigger["filled_volume"]} of {trigger["lock_volume"]} {trigger["error_message"]}"));
        var ofRules = triggers.Where(trigger => rules.Contains(trigger["config_id"]!.GetValue<string>())).ToList();
        var (winners, losers) = (ofRules.Where(trigger => Status(trigger) == "executed").ToList(), ofRules.Where(trigger => Status(trigger) == "failed").ToList());
        ofRules.Select(trigger => trigger["config_id"]!.GetValue<string>()).Distinct().Count().ShouldBe(Rules, because);
        ofRules.Count.ShouldBe(Rules, "one firing a rule: " + because);
        (winners.Count + losers.Count).ShouldBe(Rules, because);
        winners.ShouldNotBeEmpty(because);
        losers.ShouldNotBeEmpty(because);
        foreach (var loser in losers)
            loser["error_message"]!.GetValue<string>().ShouldMatch(@"^持仓不足: 当前long仓: 41手, 需要锁定: 4手 \(可锁: 0手\)$");
        triggers.Where(trigger => Status(trigger) == "executed").ShouldAllBe(trigger => Number(trigger["filled_volume"]) == Number(trigger["lock_volume"]), because);

        var position = (await client.ItemsAsync("api/positions")).Single(held => held["symbol"]!.GetValue<string>() == symbol);
        (Number(position["long_position"]), Number(position["short_position"]), Number(position["long_locked_volume"]), Number(position["long_lockable_volume"]))
            .ShouldBe((Leg, Leg, Leg, 0m), because);
        await DatabaseShouldAgreeAsync(database, symbol, triggers, because);
    }

    private static async Task DatabaseShouldAgreeAsync(DatabaseView database, string symbol, List<JsonNode> triggers, string because)
    {
        (await database.SumAsync($"select sum(volume) from lots where symbol = '{symbol}' and side = 'short'")).ShouldBe(Leg, because);
        (await database.SumAsync($"select sum(locked_volume) from lots where symbol = '{symbol}' and side = 'long'")).ShouldBe(Leg, because);
        (await database.SumAsync($"select sum(volume) from locks where symbol = '{symbol}' and status = 'active'")).ShouldBe(Leg, because);
        (await database.SumAsync($"select sum(volume) from trades where symbol = '{symbol}'")).ShouldBe(Leg, because);
        (await database.SumAsync($"select sum(filled_volume) from orders where symbol = '{symbol}'")).ShouldBe(Leg, because);
        var byTriggers = triggers.Sum(trigger => Number(trigger["filled_volume"]));
        (await database.SumAsync($"select sum(lock_volume) from lock_executions where symbol = '{symbol}'")).ShouldBe(byTriggers, because);
        var stored = (await database.RowsAsync($"select execution_status, count(*) from lock_triggers where symbol = '{symbol}' group by execution_status"))
            .ToDictionary(row => row[0].ToString()!, row => Convert.ToInt32(row[1], CultureInfo.InvariantCulture));
        stored.ShouldBe(triggers.GroupBy(Status).ToDictionary(group => group.Key, group => group.Count()), ignoreOrder: true, because);
    }

    private static async Task<List<JsonNode>> TriggersOfAsync(TradingClient client, string symbol) =>
        [.. (await client.TriggersAsync()).Where(trigger => trigger["symbol"]!.GetValue<string>() == symbol)];

    private static string Status(JsonNode trigger) => trigger["execution_status"]!.GetValue<string>();

    private static decimal Number(JsonNode? value) => value!.GetValue<decimal>();

    private static JsonObject ByHand(string account, string symbol) => new()
    {
        ["account_id"] = account, ["symbol"] = symbol, ["action"] = "lock", ["direction"] = "long", ["volume"] = 3, ["type"] = "market",
    };

    private static Task<string> ArmAsync(TradingClient client, string account, string symbol, decimal level, bool isAutomatic) => client.RuleAsync(new()
    {
        ["account_id"] = account, ["symbol"] = symbol, ["direction"] = "long", ["trigger_type"] = "price", ["trigger_price"] = level,
        ["profit_lock_ratio"] = 0.1m, ["auto_execute"] = isAutomatic,
    });

    private static async Task TicksAsync(TradingClient client, params JsonObject[] ticks) => (await client.TicksAsync(Source, ticks)).Accepted.ShouldBe(ticks.Length);

    private JsonObject Tick(string symbol, decimal price) => new()
    {
        ["symbol"] = symbol,
        ["timestamp"] = Start.AddMilliseconds(500 * ++_ticks).ToString("O", CultureInfo.InvariantCulture),
        ["last_price"] = price,
        ["bid_price"] = price - 2,
        ["bid_volume"] = 10_000,
        ["ask_price"] = price + 2,
        ["ask_volume"] = 10_000,
    };
}
