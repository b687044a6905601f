using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace QuantDash.Tests.Web.Api;

/// <summary>解锁条件单 over HTTP: the same doors as a lock rule's.</summary>
public sealed class UnlockRuleApiTests : IDisposable
{
    private readonly ApiRig _api = new();

    [Fact]
    public async Task Rule_IsBoundToTheLock_Asks_ShowsItsConsequences_AndUnlocks()
    {
        var lockId = await LockedAsync();
        var (status, rule) = await _api.PostAsync("/api/lock/configs", Rule("""
            "direction":"short","trigger_type":"price","trigger_price":5190,"relock_ticks":10
            """));
        status.ShouldBe(HttpStatusCode.Created, rule.ToString());
        (rule.GetProperty("action").GetString(), rule.GetProperty("lock_id").GetString(), rule.GetProperty("fires_now").GetBoolean()).ShouldBe(("unlock", lockId, false));
        var id = rule.GetProperty("id").GetString();
        var explained = (await _api.GetAsync($"/api/lock/configs/{id}/explain")).Body;
        explained.GetProperty("arm_state").GetString().ShouldBe("armed");
        (await _api.GetAsync("/api/lock/readiness")).Body.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("config_id").GetString() == id).GetProperty("wanted").GetDecimal().ShouldBe(4);
        await _api.PushAsync(ApiRig.Tick(5190, 10));
        var trigger = await TriggerAsync("waiting_confirm");
        (trigger.GetProperty("action").GetString(), trigger.GetProperty("lock_id").GetString()).ShouldBe(("unlock", lockId));
        var (previewed, preview) = await _api.PostAsync("/api/lock/preview", $$"""{"trigger_id":"{{trigger.GetProperty("id").GetString()}}"}""");
        previewed.ShouldBe(HttpStatusCode.OK, preview.ToString());
        (preview.GetProperty("adds_exposure").GetBoolean(), preview.GetProperty("legs").GetString(), preview.GetProperty("after").GetProperty("net_volume").GetDecimal()).ShouldBe((true, "short", 4m));
        (await _api.PostAsync($"/api/lock/execute/{trigger.GetProperty("id").GetString()}", "{}")).Status.ShouldBe(HttpStatusCode.OK);
        (await TriggerAsync("executed")).GetProperty("filled_volume").GetDecimal().ShouldBe(4);
        var made = (await _api.GetAsync("/api/lock/configs")).Body.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("parent_id").GetString() == id);
        (made.GetProperty("action").GetString(), made.GetProperty("direction").GetString()).ShouldBe(("lock", "long"));
    }

    [Fact]
    public async Task Mistakes_NameTheirFieldsAndRanges()
    {
        await LockedAsync();
        var (status, problem) = await _api.PostAsync("/api/lock/configs", Rule("""
            "direction":"short","trigger_type":"price","trigger_price":5191,"relock_ticks":0,"rearm":"cooldown","opposite":"independent","lock_id":"no id"
            """));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(problem).ShouldBe(["trigger_price off_tick", "relock_ticks out_of_range", "rearm not_with_unlock", "opposite not_with_unlock", "lock_id unknown_lock"], ignoreOrder: true);
        (status, problem) = await _api.PostAsync("/api/lock/configs", Rule("""
            "direction":"short","trigger_type":"time","trigger_time":"close_today_relief"
            """));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(problem).ShouldBe(["trigger_time close_today_not_dearer"]);
    }

    [Fact]
    public async Task Put_ChangesTheGivenFields_AndKeepsItsLock()
    {
        var lockId = await LockedAsync();
        var id = (await _api.PostAsync("/api/lock/configs", Rule("""
            "direction":"long","trigger_type":"trailing","trailing_stop":true,"trailing_distance":60
            """))).Body.GetProperty("id").GetString();
        var (status, changed) = await _api.PutAsync($"/api/lock/configs/{id}", """{"relock_price":5100}""");
        status.ShouldBe(HttpStatusCode.OK, changed.ToString());
        (changed.GetProperty("lock_id").GetString(), changed.GetProperty("relock_price").GetDecimal(), changed.GetProperty("action").GetString()).ShouldBe((lockId, 5100m, "unlock"));
        var trailing = (await _api.GetAsync($"/api/lock/configs/{id}/explain")).Body.GetProperty("conditions").EnumerateArray().Single(item => item.GetProperty("condition").GetString() == "trailing");
        trailing.GetProperty("high_water_since").GetString().ShouldBe("arming", "an adopted pair was no lock when it was opened, and where the feed is the clock no ticks are stored");
    }

    public void Dispose() => _api.Dispose();

    private string Rule(string fields) => $$"""{"account_id":"{{_api.Account}}","symbol":"CZCE.TA2505","action":"unlock",{{fields}}}""";

    private async Task<string> LockedAsync()
    {
        await _api.ReadyAsync();
        await _api.PushAsync(ApiRig.Tick(5200, 0));
        var held = await _api.PostAsync("/api/position_snapshots", $$"""
            {"account_id":"{{_api.Account}}","complete":true,"positions":[{"symbol":"CZCE.TA2505","long_position":4,"long_avg_price":5100,"short_position":4,"short_avg_price":5200}]}
            """);
        held.Status.ShouldBe(HttpStatusCode.OK, held.Body.ToString());
        var (status, adopted) = await _api.PostAsync("/api/locks/adopt", $$"""{"account_id":"{{_api.Account}}","symbol":"CZCE.TA2505"}""");
        status.ShouldBe(HttpStatusCode.OK, adopted.ToString());
        await _api.PushAsync(ApiRig.Tick(5202, 1));
        return adopted.GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> TriggerAsync(string status)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var items = (await _api.GetAsync("/api/lock/triggers")).Body.GetProperty("items").EnumerateArray().ToList();
            if (items.Find(item => item.GetProperty("execution_status").GetString() == status) is { ValueKind: JsonValueKind.Object } found) return found;
            if (patience.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException(string.Join('\n', items));
            await Task.Delay(50);
        }
    }
}
