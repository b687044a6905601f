using System.Net;

namespace QuantDash.Tests.Web.Api;

/// <summary>Orders and trades as programs read them: filtered, added up, as CSV.</summary>
public sealed class OrderApiTests : IDisposable
{
    private readonly ApiRig _api = new();

    [Fact]
    public async Task Filters_OverHttp_KeepWhatIsAskedFor_AndSayWhereEachCameFrom()
    {
        await TradedAsync();

        foreach (var list in new[] { "orders", "trades" })
        {
            (await CountAsync(list, "")).ShouldBe(2, list);
            (await CountAsync(list, "?account_id=Q1&symbol=TA505&side=buy")).ShouldBe(1, list);
            (await CountAsync(list, "?side=sell&action=close&owner=manual&status=filled&state=filled")).ShouldBe(1, list);
            (await CountAsync(list, "?owner=rule")).ShouldBe(0, list);
            (await CountAsync(list, "?rule_id=11111111-1111-4111-8111-111111111111")).ShouldBe(0, list);
            (await CountAsync(list, "?since=2025-01-06T01:30:00Z&before=2025-01-06T01:30:01Z")).ShouldBe(list == "orders" ? 1 : 0, list);
            (await _api.GetAsync($"/api/{list}")).Body.GetProperty("items")[0].GetProperty("origin").GetProperty("owner").GetString().ShouldBe("manual");
        }
        var order = (await _api.GetAsync("/api/orders")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await CountAsync("trades", $"?order_id={order}")).ShouldBe(1);
        (await CountAsync("orders", $"?order_id={order}")).ShouldBe(1);
    }

    [Theory]
    [InlineData("side=up", "side not_allowed")]
    [InlineData("status=done", "status not_allowed")]
    [InlineData("owner=me", "owner not_allowed")]
    [InlineData("rule_id=7", "rule_id not_an_id")]
    [InlineData("order_id=no%20id", "order_id not_an_order_id")]
    [InlineData("account_id=nobody", "account_id unknown_account")]
    [InlineData("since=yesterday", "since not_a_time")]
    [InlineData("since=2025-01-07T00:00:00Z&before=2025-01-07T00:00:00Z", "before not_after_since")]
    public async Task Filters_ThatMakeNoSense_AreNamed(string query, string problem)
    {
        await _api.ReadyAsync();
        foreach (var address in new[] { "/api/orders", "/api/trades", "/api/trades/totals", "/api/orders.csv", "/api/trades.csv" })
        {
            var (status, body) = await _api.GetAsync($"{address}?{query}");
            status.ShouldBe(HttpStatusCode.UnprocessableEntity, address);
            ApiRig.Codes(body).ShouldBe([problem], address);
        }
    }

    [Fact]
    public async Task Totals_OverHttp_AddUpWhatTheFiltersWant()
    {
        await TradedAsync();

        var all = (await _api.GetAsync("/api/trades/totals")).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        var trades = (await _api.GetAsync("/api/trades")).Body.GetProperty("items").EnumerateArray().ToList();

        (all.GetProperty("currency").GetString(), all.GetProperty("trades").GetInt32(), all.GetProperty("volume").GetDecimal(), all.GetProperty("closes").GetInt32()).ShouldBe(("CNY", 2, 6m, 1));
        all.GetProperty("turnover").GetDecimal().ShouldBe(trades.Sum(t => t.GetProperty("price").GetDecimal() * t.GetProperty("volume").GetDecimal() * 5));
        all.GetProperty("commission").GetDecimal().ShouldBe(trades.Sum(t => t.GetProperty("commission").GetDecimal()));
        all.GetProperty("realised_pnl").GetDecimal().ShouldBe(trades.Single(t => t.GetProperty("offset").GetString() != "open").GetProperty("realised_pnl").GetDecimal());
        (await _api.GetAsync("/api/trades/totals?side=buy")).Body.GetProperty("items")[0].GetProperty("closes").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Csv_HasEveryRowOfTheFilterAndReadsBack()
    {
        await TradedAsync();

        using var answer = await _api.Client.GetAsync("/api/trades.csv?side=sell");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        (await answer.Content.ReadAsByteArrayAsync())[..3].ShouldBe(new byte[] { 0xEF, 0xBB, 0xBF });
        var lines = (await answer.Content.ReadAsStringAsync()).Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        var row = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        (row["symbol"], row["side"], row["offset"], row["volume"], row["action"], row["owner"]).ShouldBe(("CZCE.TA2505", "sell", "close", "3", "close", "manual"));
        row["realised_pnl"].ShouldBe("-60");
        row["trade_time"].ShouldBe("2025-01-06T01:30:01.000Z");
        (await _api.Client.GetStringAsync("/api/orders.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
    }

    public void Dispose() => _api.Dispose();

    /// <summary>Three lots bought at 5502 and sold at 5498.</summary>
    private async Task TradedAsync()
    {
        await _api.ReadyAsync();
        await _api.PushAsync(ApiRig.Tick(5500, 0));
        (await _api.PostAsync("/api/orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":3,"price":5502}""")).Status.ShouldBe(HttpStatusCode.Created);
        await _api.PushAsync(ApiRig.Tick(5500, 1));
        var closed = await _api.PostAsync("/api/orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"close","direction":"long","volume":3,"price":5498}""");
        closed.Status.ShouldBe(HttpStatusCode.Created, closed.Body.ToString());
        await _api.PushAsync(ApiRig.Tick(5500, 2));
    }

    private async Task<int> CountAsync(string list, string query)
    {
        var (status, body) = await _api.GetAsync($"/api/{list}{query}");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body.GetProperty("items").GetArrayLength();
    }
}
