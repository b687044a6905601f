using System.Net;
using System.Text.Json.Nodes;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>Locks over HTTP in the real app: a pair is adopted, half unlocked, and is the same lock after a kill.</summary>
public sealed class UnlockScenarioTests
{
    private const string Symbol = "CZCE.TA2505";

    [Fact]
    public async Task Unlock_OfAnAdoptedPair_SurvivesAKill()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var client = TradingClient.Of(app);
        var source = await client.SourceAsync("pairs", "wall", always: true);
        var account = await client.AccountAsync("pairs", source);
        await client.TicksAsync(source, [Tick()]);
        await client.PostAsync("api/position_snapshots", Snapshot(account));
        await client.TicksAsync(source, [Tick()]);
        var held = await client.PostAsync("api/locks/adopt", new JsonObject { ["account_id"] = account, ["symbol"] = Symbol });
        held["frozen_profit"]!.GetValue<decimal>().ShouldBe(3 * 5 * 100);

        var wish = new JsonObject { ["lock_id"] = held["id"]!.GetValue<string>(), ["legs"] = "short", ["volume"] = 2 };
        var preview = await client.PostAsync("api/lock/unlock/preview", wish.DeepClone());
        (preview["adds_exposure"]!.GetValue<bool>(), preview["realised_profit"]!.GetValue<decimal>()).ShouldBe((true, (5600 - 5562) * 2 * 5));
        preview["ladder"]!.AsArray().Count.ShouldBe(17);
        await client.PostAsync("api/lock/unlock", wish.DeepClone());
        await client.EventuallyLockedAsync(account, 1);

        app.Kill();
        await app.StartAgainAsync();
        client = TradingClient.Of(app);
        // The kill may have come before the fill was on disk: then the order works on, and the next quote fills it once.
        await client.TicksAsync(source, [Tick()]);
        var after = (await client.EventuallyLockedAsync(account, 1)).ShouldHaveSingleItem();
        after["id"]!.GetValue<string>().ShouldBe(held["id"]!.GetValue<string>());
        (after["volume"]!.GetValue<decimal>(), after["unlocked_volume"]!.GetValue<decimal>(), after["realised_profit"]!.GetValue<decimal>()).ShouldBe((1m, 2m, 380m));
        after["frozen_profit"]!.GetValue<decimal>().ShouldBe(500m);
    }

    [Fact]
    public async Task Unlock_WithWrongFields_NamesEachOfThem()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var client = TradingClient.Of(app);
        await RefusedAsync(client, """{"legs":"sideways","lock_id":"x","volume":0}""", "legs", "lock_id", "volume");
        await RefusedAsync(client, """{"legs":"long"}""", "account_id", "symbol");
        var (status, _) = await client.SendAsync($"api/locks/{Guid.NewGuid()}/relock", "{}");
        status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task RefusedAsync(TradingClient client, string body, params string[] fields)
    {
        foreach (var path in (string[])["api/lock/unlock", "api/lock/unlock/preview"])
        {
            var (status, text) = await client.SendAsync(path, body);
            status.ShouldBe(HttpStatusCode.UnprocessableEntity, text);
            JsonNode.Parse(text)!["codes"]!.AsObject().Select(field => field.Key).ShouldBe(fields, ignoreOrder: true);
        }
    }

    private static JsonObject Tick() => new()
    {
        ["symbol"] = Symbol, ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["last_price"] = 5560, ["bid_price"] = 5558, ["bid_volume"] = 100, ["ask_price"] = 5562,
        ["ask_volume"] = 100,
    };

    private static JsonObject Snapshot(string account) => new()
    {
        ["account_id"] = account,
        ["positions"] = new JsonArray(new JsonObject
        {
            ["symbol"] = Symbol, ["long_position"] = 5, ["long_today"] = 5, ["long_avg_price"] = 5500, ["short_position"] = 3, ["short_today"] = 3, ["short_avg_price"] = 5600,
        }),
    };
}
