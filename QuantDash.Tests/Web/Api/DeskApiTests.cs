using System.Globalization;
using System.Net;
using System.Text.Json;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Api;

/// <summary>What the order desk tells over HTTP: unknown orders, how an account stands against its venue, what protects each lot.</summary>
public sealed class DeskApiTests
{
    [Fact]
    public async Task Desk_OverHttp_TellsUnknownOrdersDifferencesAndProtection()
    {
        using var rig = await new ApiRig().ReadyAsync();
        var account = await rig.PostAsync("/api/accounts", """{"name":"ctp","venue":"bridge","currency":"CNY","source":"test","external_id":"880001"}""");
        account.Status.ShouldBe(HttpStatusCode.Created);
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        var epoch = (await rig.GetAsync("/api/bridge/880001/orders")).Body.GetProperty("epoch").GetString();

        var held = (await rig.GetAsync("/api/reconciliation?account_id=880001")).Body.GetProperty("items")[0];
        held.GetProperty("holds_orders").GetBoolean().ShouldBeTrue();
        (await SnapshotAsync(rig, epoch!, complete: true, 10)).ShouldBe(HttpStatusCode.OK);
        var agrees = (await rig.GetAsync("/api/reconciliation?account_id=880001")).Body.GetProperty("items")[0];
        (agrees.GetProperty("holds_orders").GetBoolean(), agrees.GetProperty("last").GetProperty("why").GetString()).ShouldBe((false, "start"));

        var asked = await rig.PostAsync("/api/reconciliation/880001", "{}");
        asked.Body.GetProperty("waiting").GetProperty("why").GetString().ShouldBe("demand");
        (await rig.GetAsync("/api/bridge/880001/orders")).Body.GetProperty("snapshot_wanted").GetBoolean().ShouldBeTrue();
        await SnapshotAsync(rig, epoch!, complete: false, null);
        var missing = (await rig.GetAsync("/api/reconciliation?account_id=880001")).Body.GetProperty("items")[0].GetProperty("differences")[0];
        (missing.GetProperty("key").GetString(), missing.GetProperty("why").GetString()).ShouldBe(("leg:CZCE.TA2505:long", "left_out"));

        var naked = (await rig.GetAsync("/api/protection?account_id=880001")).Body.GetProperty("items")[0];
        (naked.GetProperty("unprotected").GetDecimal(), naked.GetProperty("lives").GetString(), naked.GetProperty("why_not_send").GetString()).ShouldBe((10m, "nowhere", "unconfirmed"));
        naked.GetProperty("lots")[0].GetProperty("volume").GetDecimal().ShouldBe(10m);

        (await rig.PostAsync("/api/reconciliation/880001/adopt", """{"key":"leg:CZCE.TA2505:long","shown":4}""")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await rig.PostAsync("/api/reconciliation/880001/adopt", """{"key":"leg:CZCE.TA2505:long","shown":0}""")).Body.GetProperty("open").GetInt32().ShouldBe(0);
        (await rig.PostAsync("/api/reconciliation/880001/adopt", """{"key":"leg:CZCE.TA2505:long"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await rig.GetAsync("/api/protection?account_id=880001")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);

        var runs = (await rig.GetAsync("/api/reconciliation/runs?account_id=880001")).Body.GetProperty("items").EnumerateArray()
            .Select(run => (run.GetProperty("why").GetString(), run.GetProperty("outcome").GetString(), run.GetProperty("found").GetInt32(), run.GetProperty("differences").GetArrayLength()));
        runs.ShouldBe([("demand", "differs", 1, 1), ("start", "taken_over", 1, 1)]);

        (await rig.GetAsync("/api/orders?status=unknown")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await rig.PostAsync("/api/orders/QD1-1/settle/preview", """{"outcome":"never_placed"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await rig.PostAsync("/api/reconciliation/nobody", "{}")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task TimeInForce_OverHttp_IsCarriedThrough_OrNamedAsWrong()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        const string Order = """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":8""";

        foreach (var path in new[] { "/api/orders", "/api/lock/preview" })
        {
            ApiRig.Codes((await rig.PostAsync(path, Order + ""","price":5502,"time_in_force":"fok"}""")).Body).ShouldBe(["time_in_force time_in_force_not_offered"]);
            ApiRig.Codes((await rig.PostAsync(path, Order + ""","time_in_force":"fak"}""")).Body).ShouldBe(["time_in_force time_in_force_needs_limit"]);
            ApiRig.Codes((await rig.PostAsync(path, Order + ""","price":5502,"time_in_force":"gtc"}""")).Body).ShouldBe(["time_in_force not_allowed"]);
        }

        // The account follows the contract since it asked: its day is the feed's from this tick on.
        await rig.PushAsync(ApiRig.Tick(5500, 1).Replace("\"ask_volume\":500", "\"ask_volume\":3", StringComparison.Ordinal));
        var preview = (await rig.PostAsync("/api/lock/preview", Order + ""","price":5502,"time_in_force":"fak"}""")).Body;
        (preview.GetProperty("time_in_force").GetString(), preview.GetProperty("fills_at_once").GetDecimal(), preview.GetProperty("would_rest").GetBoolean()).ShouldBe(("fak", 3m, false));

        var placed = await rig.PostAsync("/api/orders", Order + ""","price":5502,"time_in_force":"fak"}""");
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Body.ToString());
        placed.Body.GetProperty("time_in_force").GetString().ShouldBe("fak");
        await rig.PushAsync(ApiRig.Tick(5500, 2));
        var ended = (await rig.GetAsync("/api/orders")).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (ended.GetProperty("status").GetString(), ended.GetProperty("filled_volume").GetDecimal(), ended.GetProperty("time_in_force").GetString()).ShouldBe(("cancelled", 3m, "fak"));
        ended.GetProperty("reason").GetString().ShouldBe(QuantDash.Core.Orders.TimesInForce.FakEnded);
    }

    [Fact]
    public async Task Replace_OverHttp_SendsWhatItsPreviewSaid_OrNamesWhatIsWrong()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        var placed = await rig.PostAsync("/api/orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":8,"price":5400}""");
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Body.ToString());
        var path = $"/api/orders/{placed.Body.GetProperty("id").GetString()}/replace";
        await rig.PushAsync(ApiRig.Tick(5500, 1));

        var preview = await rig.PostAsync(path + "/preview", """{"price":5410,"volume":5}""");
        (preview.Body.GetProperty("price_before").GetDecimal(), preview.Body.GetProperty("volume").GetDecimal(), preview.Body.GetProperty("dropped").GetDecimal(), preview.Body.GetProperty("trades_at_once").GetBoolean())
            .ShouldBe((5400m, 5m, 3m, false));
        (await rig.GetAsync("/api/orders")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);

        foreach (var wrong in new[] { path, path + "/preview" })
        {
            ApiRig.Codes(await RefusedAsync(wrong, """{"price":5411}""", HttpStatusCode.UnprocessableEntity)).ShouldBe(["price off_tick"]);
            ApiRig.Codes(await RefusedAsync(wrong, """{"price":5410,"volume":9}""", HttpStatusCode.UnprocessableEntity)).ShouldBe(["volume more_than_left"]);
            ApiRig.Codes(await RefusedAsync(wrong, """{"price":5400}""", HttpStatusCode.UnprocessableEntity)).ShouldBe(["price nothing_changes"]);
        }
        await RefusedAsync("/api/orders/QD1-1/replace", """{"price":5410}""", HttpStatusCode.NotFound);

        var reader = (await rig.PostAsync("/api/keys", """{"name":"viewer","scopes":["read"]}""")).Body.GetProperty("key").GetString()!;
        using var viewer = rig.Anonymous();
        viewer.DefaultRequestHeaders.Add("X-API-Key", reader);
        using (var refused = await viewer.PostAsync(path, Json.Of("""{"price":5410}"""))) refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var refused = await viewer.PostAsync(path + "/preview", Json.Of("""{"price":5410}"""))) refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await rig.PostAsync(path, """{"price":5410,"volume":5}""")).Status.ShouldBe(HttpStatusCode.OK);
        await rig.PushAsync(ApiRig.Tick(5500, 2));
        var orders = (await rig.GetAsync("/api/orders")).Body.GetProperty("items").EnumerateArray()
            .Select(order => (order.GetProperty("status").GetString(), order.GetProperty("price").GetDecimal(), order.GetProperty("volume").GetDecimal())).ToList();
        orders.ShouldBe([("accepted", 5410m, 5m), ("cancelled", 5400m, 8m)], ignoreOrder: true);
        ApiRig.Codes(await RefusedAsync(path, """{"price":5420}""", HttpStatusCode.Conflict)).ShouldBe(["order_id already_final"]);

        async Task<JsonElement> RefusedAsync(string at, string body, HttpStatusCode status)
        {
            var answer = await rig.PostAsync(at, body);
            answer.Status.ShouldBe(status, answer.Body.ToString());
            return answer.Body;
        }
    }

    [Fact]
    public async Task HeldOrders_OverHttp_AreHeldUntilTheirPriceOrTakenBack()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        const string Stop = """{"account_id":"Q1","symbol":"TA505","kind":"stop_limit","level":5520,"action":"open","direction":"long","volume":3,"price":5530,"this_day":true}""";

        var placed = await rig.PostAsync("/api/held_orders", Stop, "held-1");
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Body.ToString());
        var id = placed.Body.GetProperty("id").GetString();
        (placed.Body.GetProperty("held").GetString(), placed.Body.GetProperty("comparison").GetString(), placed.Body.GetProperty("triggers_at_once").GetBoolean()).ShouldBe(("local", "at_or_above", false));
        (await rig.PostAsync("/api/held_orders", Stop, "held-1")).Body.GetProperty("id").GetString().ShouldBe(id);
        var listed = (await rig.GetAsync("/api/held_orders?status=waiting")).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (listed.GetProperty("price_now").GetDecimal(), listed.GetProperty("distance_ticks").GetInt64()).ShouldBe((5500m, 10L));

        await RefusedAsync("""{"account_id":"Q1","symbol":"TA505","kind":"stop","level":5490,"action":"open","direction":"long","volume":3}""", "level stop_not_above");
        await RefusedAsync("""{"account_id":"Q1","symbol":"TA505","kind":"stop_limit","level":5520,"action":"open","direction":"long","volume":3}""", "price required");
        await RefusedAsync("""{"account_id":"Q1","symbol":"TA505","kind":"conditional","level":5521,"action":"open","direction":"long","volume":3,"comparison":"at_or_above"}""", "level off_tick");
        await RefusedAsync("""{"account_id":"Q1","symbol":"TA505","action":"open","direction":"long","volume":3}""", "kind required", "level required");

        var reader = (await rig.PostAsync("/api/keys", """{"name":"viewer","scopes":["read"]}""")).Body.GetProperty("key").GetString()!;
        using var viewer = rig.Anonymous();
        viewer.DefaultRequestHeaders.Add("X-API-Key", reader);
        using (var refused = await viewer.PostAsync("/api/held_orders", Json.Of(Stop))) refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var refused = await viewer.DeleteAsync($"/api/held_orders/{id}")) refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var second = (await rig.PostAsync("/api/held_orders", Stop)).Body.GetProperty("id").GetString();
        (await DeleteAsync(second!)).Body.GetProperty("status").GetString().ShouldBe("cancelled");
        (await DeleteAsync(second!)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await DeleteAsync(Guid.NewGuid().ToString())).Status.ShouldBe(HttpStatusCode.NotFound);

        await rig.PushAsync(ApiRig.Tick(5520, 1));
        var ended = (await rig.GetAsync($"/api/held_orders/{id}")).Body;
        (ended.GetProperty("status").GetString(), ended.GetProperty("seen_price").GetDecimal()).ShouldBe(("triggered", 5520m));
        (await rig.GetAsync("/api/orders")).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(ended.GetProperty("order_id").GetString());
        var audit = (await rig.GetAsync("/api/audit?limit=100")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()).ToList();
        foreach (var action in new[] { "held_order.created", "held_order.cancelled", "held_order.triggered" }) audit.ShouldContain(action);

        async Task RefusedAsync(string body, params string[] codes)
        {
            var answer = await rig.PostAsync("/api/held_orders", body);
            answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Body.ToString());
            ApiRig.Codes(answer.Body).ShouldBe(codes);
        }

        async Task<(HttpStatusCode Status, JsonElement Body)> DeleteAsync(string held)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/held_orders/{held}");
            return await rig.SendAsync(request);
        }
    }

    private static async Task<HttpStatusCode> SnapshotAsync(ApiRig rig, string epoch, bool complete, decimal? longs)
    {
        var positions = longs is { } lots ? string.Create(CultureInfo.InvariantCulture, $$"""{"symbol":"CZCE.TA2505","long_position":{{lots}},"long_today":{{lots}},"long_avg_price":5400}""") : "";
        return (await rig.PostAsync(
            "/api/position_snapshots", $$"""{"account_id":"880001","epoch":"{{epoch}}","complete":{{(complete ? "true" : "false")}},"timestamp":"2025-01-06T01:40:00Z","positions":[{{positions}}]}""")).Status;
    }
}
