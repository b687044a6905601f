using System.Net;

namespace QuantDash.Tests.Web.Api;

/// <summary>Price alerts and main contracts over HTTP, from the request to the row in the database and back.</summary>
public sealed class MarketApiTests
{
    [Fact]
    public async Task Alert_OverHttp_IsKeptMovedToldAndDeleted()
    {
        using var rig = await new ApiRig().ReadyAsync();
        ApiRig.Codes((await rig.PostAsync("/api/alerts", """{"account_id":"Q1"}""")).Body).ShouldBe(["symbol required", "price required", "direction required"], ignoreOrder: true);
        ApiRig.Codes((await rig.PostAsync("/api/alerts", """{"account_id":"Q1","symbol":"CZCE.TA2505","price":5001,"direction":"above"}""")).Body).ShouldBe(["price off_tick"]);

        var created = await rig.PostAsync("/api/alerts", """{"account_id":"Q1","symbol":"TA505","price":9000,"direction":"above","note":"the gap"}""");
        created.Status.ShouldBe(HttpStatusCode.Created);
        var id = created.Body.GetProperty("id").GetString();
        (created.Body.GetProperty("symbol").GetString(), created.Body.GetProperty("state").GetString()).ShouldBe(("CZCE.TA2505", "armed"));

        using var move = new HttpRequestMessage(HttpMethod.Put, $"/api/alerts/{id}") { Content = new StringContent("""{"price":9100}""", System.Text.Encoding.UTF8, "application/json") };
        (await rig.SendAsync(move)).Body.GetProperty("price").GetDecimal().ShouldBe(9100m);
        (await rig.GetAsync("/api/alerts")).Body.GetProperty("items")[0].GetProperty("price").GetDecimal().ShouldBe(9100m);

        using var delete = new HttpRequestMessage(HttpMethod.Delete, $"/api/alerts/{id}");
        (await rig.SendAsync(delete)).Status.ShouldBe(HttpStatusCode.NoContent);
        using var again = new HttpRequestMessage(HttpMethod.Delete, $"/api/alerts/{id}");
        (await rig.SendAsync(again)).Status.ShouldBe(HttpStatusCode.NotFound);
        var actions = (await rig.GetAsync("/api/audit?limit=20")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()).ToList();
        actions.ShouldContain("price_alert.created");
        actions.ShouldContain("price_alert.changed");
        actions.ShouldContain("price_alert.deleted");
    }

    [Fact]
    public async Task MainContract_Switched_IsKeptDatedToldAndSubscribed()
    {
        using var rig = await new ApiRig().ReadyAsync();
        ApiRig.Codes((await rig.PostAsync("/api/main_contracts", """{"symbol":"SHFE.zz2912"}""")).Body).ShouldBe(["symbol unknown_symbol"]);
        ApiRig.Codes((await rig.PostAsync("/api/main_contracts", """{"symbol":"SHFE.au2912","effective_from":"2020-01-01"}""")).Body).ShouldBe(["effective_from day_out_of_range"]);
        ApiRig.Codes((await rig.PostAsync("/api/main_contracts", """{"symbol":"BINANCE.BTCUSDT"}""")).Body).ShouldBe(["symbol no_main_contract"]);

        (await rig.PostAsync("/api/main_contracts", """{"symbol":"au2912","follows":true}""")).Status.ShouldBe(HttpStatusCode.Created);

        var kept = (await rig.GetAsync("/api/main_contracts")).Body.GetProperty("items")[0];
        (kept.GetProperty("symbol").GetString(), kept.GetProperty("product").GetString(), kept.GetProperty("in_force").GetBoolean(), kept.GetProperty("follows").GetBoolean()).ShouldBe(("SHFE.au2912", "au", true, true));
        var sources = (await rig.GetAsync("/api/sources")).Body.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("name").GetString()).ToList();
        var wanted = (await rig.GetAsync($"/api/subscriptions?source={sources[0]}")).Body.GetProperty("items").EnumerateArray().ToList();
        wanted.Single(w => w.GetProperty("symbol").GetString() == "SHFE.au2912").GetProperty("reasons")[0].GetString().ShouldBe("main");
        (await rig.GetAsync("/api/audit?limit=10")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()).ShouldContain("main_contract.changed");
    }

    [Fact]
    public async Task Source_ThatIsPolled_SaysHowOften()
    {
        using var rig = new ApiRig();

        var created = await rig.PostAsync("/api/sources", """{"name":"polled","poll_interval":60}""");
        var refused = await rig.PostAsync("/api/sources", """{"name":"other","poll_interval":0}""");

        (created.Status, created.Body.GetProperty("poll_interval").GetInt32()).ShouldBe((HttpStatusCode.Created, 60));
        ApiRig.Codes(refused.Body).ShouldBe(["poll_interval out_of_range"]);
        var listed = (await rig.GetAsync("/api/sources")).Body.GetProperty("items").EnumerateArray().Single(source => source.GetProperty("name").GetString() == "polled");
        listed.GetProperty("poll_interval").GetInt32().ShouldBe(60);
    }
}
