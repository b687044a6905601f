using System.Net;
using System.Text.Json;

namespace QuantDash.Tests.Web.Api;

/// <summary>Money of accounts over HTTP: cash, days, statistics, settlements, exchange rates.</summary>
public sealed class AccountApiTests
{
    [Fact]
    public async Task Cash_OverHttp_IsBookedOnce_Listed_AndMovesEquity()
    {
        using var rig = await new ApiRig().ReadyAsync();
        var booked = await rig.PostAsync("/api/cash_flow", """{"account_id":"Q1","amount":2500.5,"note":"bonus"}""", "pay-1");
        (await rig.PostAsync("/api/cash_flow", """{"account_id":"Q1","amount":2500.5,"note":"bonus"}""", "pay-1")).Body.GetProperty("id").GetString().ShouldBe(booked.Body.GetProperty("id").GetString());

        booked.Status.ShouldBe(HttpStatusCode.Created);
        var flows = (await rig.GetAsync("/api/cash_flow?account_id=Q1")).Body.GetProperty("items");
        flows.EnumerateArray().Select(flow => (flow.GetProperty("amount").GetDecimal(), Text(flow, "note"))).ShouldBe([(2500.5m, "bonus"), (1_000_000m, null)]);
        var earlier = TimeProvider.System.GetUtcNow().AddMinutes(-10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        (await rig.GetAsync($"/api/cash_flow?account_id=Q1&before={earlier}")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await rig.GetAsync($"/api/cash_flow?account_id=Q1&since={earlier}")).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
        var funds = (await rig.GetAsync("/api/accounts")).Body.GetProperty("items")[0].GetProperty("funds");
        (funds.GetProperty("equity").GetDecimal(), funds.GetProperty("deposits").GetDecimal()).ShouldBe((1_002_500.5m, 1_002_500.5m));
        (await rig.GetAsync("/api/audit?action=cash.booked&limit=1")).Body.GetProperty("items")[0].GetProperty("actor_kind").GetString().ShouldBe("key");
    }

    [Fact]
    public async Task Account_Renamed_KeepsWhatIsLeftOut_AndIsAudited()
    {
        using var rig = await new ApiRig().ReadyAsync();
        var renamed = await rig.PutAsync("/api/accounts/Q1", """{"name":"Main"}""");
        (renamed.Status, Text(renamed.Body, "name"), Text(renamed.Body, "external_id")).ShouldBe((HttpStatusCode.OK, "Main", "Q1"));
        (await rig.PutAsync($"/api/accounts/{rig.Account}", """{"external_id":"Q2"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await rig.PutAsync("/api/accounts/Q1", """{"name":"gone"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        ApiRig.Codes((await rig.PutAsync("/api/accounts/Q2", """{"name":" "}""")).Body).ShouldBe(["name required"]);
        (await rig.GetAsync("/api/audit?action=account.changed")).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Account_Closed_OverHttp_SaysWhatIsLeft_KeepsItsHistory_AndIsOpenedAgain()
    {
        using var rig = await new ApiRig().ReadyAsync();
        const string positions = """{"account_id":"Q1","complete":true,"positions":[{"symbol":"CZCE.TA2505","long_position":2,"long_today":2,"long_avg_price":5500}]}""";
        (await rig.PostAsync("/api/position_snapshots", positions)).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await rig.PostAsync("/api/accounts/Q1/close", "{}");
        (refused.Status, string.Join(',', ApiRig.Codes(refused.Body))).ShouldBe((HttpStatusCode.Conflict, "account_id account_has_positions"));
        refused.Body.ToString().ShouldContain("legs: 1");
        (await rig.PostAsync("/api/position_snapshots", """{"account_id":"Q1","complete":true,"positions":[]}""")).Status.ShouldBe(HttpStatusCode.OK);

        var closed = await rig.PostAsync("/api/accounts/Q1/close", "{}");

        closed.Status.ShouldBe(HttpStatusCode.OK);
        closed.Body.GetProperty("closed_at").GetString().ShouldNotBeNull();
        var order = await rig.PostAsync("/api/orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","action":"open","type":"limit","price":5500,"volume":1}""");
        (order.Status, string.Join(',', ApiRig.Codes(order.Body))).ShouldBe((HttpStatusCode.Conflict, "account_id account_closed"));
        (await rig.PostAsync("/api/cash_flow", """{"account_id":"Q1","amount":1}""")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await rig.GetAsync("/api/cash_flow?account_id=Q1")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await rig.GetAsync("/api/equity?account_id=Q1")).Body.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        (await rig.PostAsync("/api/accounts/nobody/close", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await rig.PostAsync("/api/accounts/Q1/reopen", "{}")).Body.GetProperty("closed_at").ValueKind.ShouldBe(JsonValueKind.Null);
        (await rig.PostAsync("/api/cash_flow", """{"account_id":"Q1","amount":1}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await rig.GetAsync("/api/audit?action=account.closed")).Body.GetProperty("items")[0].GetProperty("actor_kind").GetString().ShouldBe("key");
        (await rig.GetAsync("/api/audit?action=account.reopened")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"amount":1}""", "account_id required")]
    [InlineData("""{"account_id":"Q1"}""", "amount required")]
    [InlineData("""{"account_id":"Q1","amount":0}""", "amount not_zero")]
    [InlineData("""{"account_id":"Q1","amount":1e15}""", "amount out_of_range")]
    [InlineData("""{"account_id":"Q1","amount":-1000000.01}""", "amount more_than_available")]
    [InlineData("""{"account_id":"nobody","amount":1}""", "account_id unknown_account")]
    public async Task Cash_ThatCannotBe_IsNamed_AndNothingIsBooked(string body, string wrong)
    {
        using var rig = await new ApiRig().ReadyAsync();
        var refused = await rig.PostAsync("/api/cash_flow", body);
        ApiRig.Codes(refused.Body).ShouldBe([wrong]);
        (await rig.GetAsync("/api/cash_flow?account_id=Q1")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Days_Settlements_AndStatistics_OverHttp()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PostAsync("/api/position_snapshots", """{"account_id":"Q1","timestamp":"2025-01-06T01:29:00Z","positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_today":10,"long_avg_price":5500}]}""");
        await rig.PushAsync(ApiRig.Tick(5500, 0), ApiRig.Tick(5520, 1));
        await rig.PushAsync("""{"symbol":"CZCE.TA2505","timestamp":"2025-01-07T01:30:00Z","last_price":5540,"bid_price":5538,"bid_volume":9,"ask_price":5542,"ask_volume":9,"pre_settlement":5510}""");

        var settled = (await rig.GetAsync("/api/settlements?account_id=Q1")).Body.GetProperty("items");
        settled.GetArrayLength().ShouldBe(1);
        settled[0].GetProperty("trading_day").GetString().ShouldBe("2025-01-06");
        settled[0].GetProperty("funds").GetProperty("equity").GetDecimal().ShouldBe(1_000_500m);

        var days = (await rig.GetAsync("/api/daily_results?account_id=Q1")).Body.GetProperty("items");
        days.EnumerateArray().Select(day => (day.GetProperty("trading_day").GetString(), day.GetProperty("pnl").GetDecimal(), day.GetProperty("settled").GetBoolean()))
            .ShouldBe([("2025-01-07", 1_500m, false), ("2025-01-06", 500m, true)]);

        var report = (await rig.GetAsync("/api/performance?account_id=Q1&risk_free=0.02")).Body;
        (report.GetProperty("days").GetInt32(), report.GetProperty("pnl").GetDecimal(), report.GetProperty("winning_days").GetInt32()).ShouldBe((2, 2_000m, 2));
        report.GetProperty("sortino").ValueKind.ShouldBe(JsonValueKind.Null, "no day fell below the riskless rate");
        report.GetProperty("trades").GetProperty("count").GetInt32().ShouldBe(0);

        ApiRig.Codes((await rig.GetAsync("/api/performance")).Body).ShouldBe(["account_id required"]);
        ApiRig.Codes((await rig.GetAsync("/api/performance?account_id=Q1&risk_free=5")).Body).ShouldBe(["risk_free out_of_range"]);

        var csv = (await rig.Client.GetStringAsync("/api/settlements.csv?account_id=Q1")).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        csv.Length.ShouldBe(2);
        csv[0].Split(',').Zip(csv[1].Split(',')).Single(cell => cell.First == "equity").Second.ShouldBe("1000500");
    }

    [Fact]
    public async Task Rates_OverHttp_AreCheckedKeptAndAudited()
    {
        using var rig = await new ApiRig().ReadyAsync();
        ApiRig.Codes((await rig.PostAsync("/api/exchange_rates", """{"from_currency":"usd","to_currency":"CNY","rate":0,"as_of":"2100-01-01T00:00:00Z"}""")).Body)
            .ShouldBe(["from_currency not_a_currency", "rate out_of_range", "as_of in_the_future"], ignoreOrder: true);
        ApiRig.Codes((await rig.PostAsync("/api/exchange_rates", """{"from_currency":"USD","to_currency":"USD","rate":7}""")).Body).ShouldBe(["to_currency same_currency"]);

        (await rig.PostAsync("/api/exchange_rates", """{"from_currency":"USD","to_currency":"CNY","rate":7.1025,"as_of":"2025-01-06T00:00:00Z"}""")).Status.ShouldBe(HttpStatusCode.Created);
        var kept = (await rig.GetAsync("/api/exchange_rates")).Body.GetProperty("items")[0];
        (kept.GetProperty("rate").GetDecimal(), kept.GetProperty("as_of").GetString()).ShouldBe((7.1025m, "2025-01-06T00:00:00.000Z"));

        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/api/exchange_rates/USD/CNY/2025-01-06T00:00:00Z");
        (await rig.SendAsync(delete)).Status.ShouldBe(HttpStatusCode.NoContent);
        using var again = new HttpRequestMessage(HttpMethod.Delete, "/api/exchange_rates/USD/CNY/2025-01-06T00:00:00Z");
        (await rig.SendAsync(again)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await rig.GetAsync("/api/audit?limit=10")).Body.GetProperty("items").EnumerateArray().Select(entry => Text(entry, "action")).ShouldContain("rate.deleted");
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
