using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>From the tick to the fill, who did what and why can be told from the audit log alone.</summary>
public sealed class AuditScenarioTests
{
    private const string Symbol = "CZCE.TA2505";
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Firing_FromRuleToLock_IsOneStoryWithItsReasonsAndItsPeople()
    {
        await using var app = new AppFactory();
        foreach (var (key, value) in TradingClient.Settings()) app.Settings[key.Replace("__", ":", StringComparison.Ordinal)] = value;
        var client = new TradingClient(app.CreateClient());
        await client.SourceAsync("told", "ticks", always: true);
        var account = await client.AccountAsync("told", "told");
        await TickAsync(client, 1, 5400);
        await client.HoldAsync(account, Symbol, "long", 10, 5400);
        var rule = await client.RuleAsync(new()
        {
            ["account_id"] = account, ["symbol"] = Symbol, ["direction"] = "long", ["trigger_type"] = "price", ["trigger_price"] = 5500, ["profit_lock_ratio"] = 0.5, ["auto_execute"] = false,
        });
        await TickAsync(client, 2, 5500);
        var trigger = (await TradingClient.EventuallyAsync(() => client.TriggersAsync(), found => found.Count == 1)).ShouldHaveSingleItem()["id"]!.GetValue<string>();
        await client.PostAsync($"api/lock/execute/{trigger}", new JsonObject());
        await TickAsync(client, 3, 5502);
        await TradingClient.EventuallyAsync(() => client.TriggersAsync(), found => found[0]["execution_status"]!.GetValue<string>() == "executed");

        var story = Items(await client.GetAsync($"api/audit?correlation_id={trigger}"));
        var actions = story.Select(entry => entry["action"]!.GetValue<string>()).ToList();
        string[] expected = ["trigger.waiting_confirm", "trigger.executing", "order.intended", "order.filled", "trade.booked", "lock.active", "trigger.executed"];
        expected.ShouldBeSubsetOf(actions);
        actions.Where(expected.Contains).Distinct().First().ShouldBe("trigger.waiting_confirm");
        actions[^1].ShouldBe("trigger.executed");
        Entry(story, "trigger.waiting_confirm")["reason"]!.ToJsonString().ShouldContain("lock.waiting");
        Entry(story, "trigger.waiting_confirm")["after"]!["tick_timestamp"]!.GetValue<DateTimeOffset>().ShouldBe(At(2));
        Entry(story, "trigger.waiting_confirm")["actor_kind"]!.GetValue<string>().ShouldBe("engine");
        Entry(story, "trigger.executing")["actor_kind"]!.GetValue<string>().ShouldBe("key", "somebody clicked");
        Entry(story, "trigger.executing")["before"]!["execution_status"]!.GetValue<string>().ShouldBe("waiting_confirm");

        var made = Items(await client.GetAsync($"api/audit?subject={rule}&action=rule")).ShouldHaveSingleItem();
        (made["action"]!.GetValue<string>(), made["actor_kind"]!.GetValue<string>(), made["actor_name"]!.GetValue<string>().Length > 0).ShouldBe(("rule.created", "key", true));
        var verdict = await client.GetAsync("api/audit/verify");
        (verdict["is_whole"]!.GetValue<bool>(), verdict["fault"]).ShouldBe((true, null));
        verdict["entries"]!.GetValue<long>().ShouldBe(Items(await client.GetAsync("api/audit?limit=500")).Count);

        await WrongQueryAsync(client);
        (await client.SendAsync("api/audit/export.csv?action=rule", null, "GET")).Text.ShouldContain("rule.created");
        var lines = (await client.SendAsync($"api/audit/export.json?correlation_id={trigger}", null, "GET")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(story.Count);
        JsonNode.Parse(lines[0])!["hash"]!.GetValue<string>().Length.ShouldBe(64);
    }

    private static async Task WrongQueryAsync(TradingClient client)
    {
        var (status, text) = await client.SendAsync("api/audit?actor_kind=nobody&correlation_id=7&since=yesterday", null, "GET");
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var field in (string[])["actor_kind", "correlation_id", "since"]) text.ShouldContain($"\"{field}\"");
    }

    /// <summary>Oldest first.</summary>
    private static List<JsonNode> Items(JsonNode page) => [.. page["items"]!.AsArray().Select(item => item!).Reverse()];

    private static JsonNode Entry(List<JsonNode> story, string action) => story.First(entry => entry["action"]!.GetValue<string>() == action);

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static async Task TickAsync(TradingClient client, int second, decimal price) => await client.TicksAsync("told",
    [
        new()
        {
            ["symbol"] = Symbol, ["timestamp"] = At(second).ToString("O", CultureInfo.InvariantCulture), ["last_price"] = price,
            ["bid_price"] = price - 2, ["bid_volume"] = 100, ["ask_price"] = price + 2, ["ask_volume"] = 100,
        },
    ]);
}
