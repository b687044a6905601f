using System.Net;
using System.Text.Json;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;

namespace QuantDash.Tests.Web.Security;

/// <summary>RELIABILITY.md E8: each limit is tried by one unit, and by twenty requests at once.</summary>
[Trait(Profile.Reliability, "E8")]
public sealed class E8Tests : IDisposable
{
    private const int AtOnce = 20;
    private readonly ApiRig _api = new();

    [Fact]
    public async Task Funds_OneLotMoreIsRefused_AndTwentyAtOnceTakeNoMoreThanThereIs()
    {
        await ReadyAsync();
        var most = await MostAsync();
        most.ShouldBeGreaterThan(AtOnce);

        (await EndedAsync(await OpenAsync(most + 1))).ShouldBe("rejected");
        var share = Math.Floor(most / 5) + 1; // Four of them fit, five do not.
        var states = await Task.WhenAll((await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => OpenAsync(share)))).Select(EndedAsync));
        states.Count(state => state == "accepted").ShouldBe(4, string.Join(", ", states));
        states.Count(state => state == "rejected").ShouldBe(AtOnce - 4);
        (await EndedAsync(await OpenAsync(await MostAsync()))).ShouldBe("accepted", "the rest of it to the last lot");
        (await MostAsync()).ShouldBe(0);
        (await FundsAsync()).GetProperty("funds").GetProperty("available").GetDecimal().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task Held_OneLotMoreIsNotClosed_AndTwentyAtOnceCloseNoMoreThanIsHeld()
    {
        await ReadyAsync();
        await _api.PostAsync("/api/position_snapshots", """
            {"account_id":"Q1","complete":true,"positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_today":0,"long_avg_price":5400,"short_position":0,"short_today":0,"short_avg_price":0}]}
            """);
        (await CloseAsync(11)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => CloseAsync(3)));
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(3);
    }

    [Fact]
    public async Task Price_OneTickBeyondTheDaysLimits_IsRefused()
    {
        await ReadyAsync();
        (await OpenAsync(1, 5400)).Status.ShouldBe(HttpStatusCode.Created, "at the limit");
        var (status, problem) = await OpenAsync(1, 5398);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(problem).ShouldBe(["price beyond_limits"]);
    }

    /// <summary>One lot rests at 5500 of a last price of 5600, 5 a point: seven are worth 196,000 at the last price.</summary>
    [Theory]
    [InlineData("max_position", 7, "volume exceeds_position")]
    [InlineData("max_position_per_symbol", 196_000, "volume exceeds_position_value")]
    [InlineData("max_total_exposure", 196_000, "volume exceeds_total_exposure")]
    [InlineData("max_daily_trades", 7, "account_id exceeds_daily_trades")]
    [InlineData("max_orders_per_second", 7, "account_id exceeds_orders_per_second")]
    [InlineData("max_orders_per_minute", 7, "account_id exceeds_orders_per_minute")]
    public async Task Limit_OfWhatAddsUp_TakesSevenOfTwentyAtOnce_AndNotOneMore(string limit, decimal most, string code)
    {
        await ReadyAsync();
        await LimitAsync($"\"{limit}\":{most}");
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => OpenAsync(1)));
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(7);
        foreach (var (status, problem) in answers.Where(answer => answer.Status != HttpStatusCode.Created))
            (status, ApiRig.Codes(problem).Single()).ShouldBe((HttpStatusCode.Conflict, code));

        await LimitAsync($"\"{limit}\":{most - 1}");
        ApiRig.Codes((await OpenAsync(1)).Body).ShouldBe([code]);
        var audit = (await _api.GetAsync("/api/audit?action=order.over_limit")).Body.GetProperty("items");
        audit.GetArrayLength().ShouldBe(AtOnce - 7 + 1, "every refusal is in the audit, with its rule and numbers");
    }

    [Theory]
    [InlineData("max_order_volume", 3, 3, 5500, 4, 5500, "volume exceeds_order_volume")]
    [InlineData("max_order_size", 82_500, 3, 5500, 3, 5502, "volume exceeds_order_value")]
    [InlineData("price_band_ticks", 50, 1, 5700, 1, 5702, "price beyond_price_band")]
    public async Task Limit_OfOneOrder_HoldsForTwentyAtOnce(string limit, decimal most, decimal volume, decimal price, decimal over, decimal overPrice, string code)
    {
        await ReadyAsync();
        await LimitAsync($"\"{limit}\":{most}");
        foreach (var (status, problem) in await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => OpenAsync(over, overPrice))))
            (status, ApiRig.Codes(problem).Single()).ShouldBe((HttpStatusCode.UnprocessableEntity, code));
        (await OpenAsync(volume, price)).Status.ShouldBe(HttpStatusCode.Created, "to the unit");
    }

    [Fact]
    public async Task DaysLoss_AtItsLimit_TakesNoneOfTwenty_AndEveryOneThatReduces()
    {
        await ReadyAsync();
        await _api.PostAsync("/api/position_snapshots", """
            {"account_id":"Q1","complete":true,"positions":[{"symbol":"CZCE.TA2505","long_position":40,"long_today":40,"long_avg_price":5605,"short_position":0,"short_today":0,"short_avg_price":0}]}
            """);
        await _api.PushAsync(ApiRig.Tick(5600, 2));
        await LimitAsync("\"max_daily_loss\":1001"); // 40 lots × 5 points × 5 are lost.
        (await OpenAsync(1)).Status.ShouldBe(HttpStatusCode.Created);
        await LimitAsync("\"max_daily_loss\":1000");
        foreach (var (status, problem) in await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => OpenAsync(1))))
            (status, ApiRig.Codes(problem).Single()).ShouldBe((HttpStatusCode.Conflict, "account_id daily_loss_reached"));
        (await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => CloseAsync(2)))).ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task Stop_AgainstTwentyOrdersAtOnce_LeavesNoneThatOpens()
    {
        await ReadyAsync();
        var orders = Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => OpenAsync(1))).ToList();
        await Task.WhenAny(orders);
        var (stopped, answer) = await _api.PostAsync("/api/emergency/stop", """{"account_id":"Q1","reason":"drill"}""");
        stopped.ShouldBe(HttpStatusCode.OK, answer.ToString());
        foreach (var (status, problem) in await Task.WhenAll(orders))
            if (status != HttpStatusCode.Created) ApiRig.Codes(problem).ShouldBe(["account_id trading_halted"]);

        var left = await TradingClient.EventuallyAsync(StatesAsync, states => states.All(state => state == "cancelled"));
        left.ShouldAllBe(state => state == "cancelled");
        ApiRig.Codes((await OpenAsync(1)).Body).ShouldBe(["account_id trading_halted"]);
    }

    public void Dispose() => _api.Dispose();

    private async Task ReadyAsync()
    {
        await _api.ReadyAsync();
        await _api.PushAsync("""{"symbol":"CZCE.TA2505","timestamp":"2025-01-06T01:30:01Z","last_price":5600,"bid_price":5598,"bid_volume":500,"ask_price":5602,"ask_volume":500,"volume":1000,"lower_limit":5400,"upper_limit":5800,"pre_settlement":5600}""");
    }

    private async Task LimitAsync(string limits)
    {
        var (status, set) = await _api.PutAsync("/api/risk_limits", "{\"account_id\":\"Q1\",\"limits\":{" + limits + "}}");
        status.ShouldBe(HttpStatusCode.OK, set.ToString());
    }

    /// <summary>What the venue made of it: it is the one that knows the funds for certain.</summary>
    private async Task<string> EndedAsync((HttpStatusCode Status, JsonElement Body) placed)
    {
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Body.ToString());
        var id = placed.Body.GetProperty("id").GetString();
        return await TradingClient.EventuallyAsync(async () => StatusOf(await _api.GetAsync($"/api/orders/{id}")), status => status is "accepted" or "rejected");
    }

    private static string StatusOf((HttpStatusCode Status, JsonElement Body) found) => found.Status == HttpStatusCode.OK ? found.Body.GetProperty("status").GetString()! : "";

    private async Task<decimal> MostAsync()
    {
        var (status, most) = await _api.GetAsync("/api/accounts/Q1/max_quantity?symbol=CZCE.TA2505&side=buy&price=5500");
        status.ShouldBe(HttpStatusCode.OK, most.ToString());
        return most.GetProperty("open").GetProperty("volume").GetDecimal();
    }

    private async Task<JsonElement> FundsAsync() => (await _api.GetAsync("/api/accounts")).Body.GetProperty("items")[0];

    private async Task<List<string>> StatesAsync() => [.. (await _api.GetAsync("/api/orders?limit=500")).Body.GetProperty("items").EnumerateArray().Select(order => order.GetProperty("status").GetString()!)];

    /// <summary>Below the market: it rests, and holds what it needs.</summary>
    private Task<(HttpStatusCode Status, JsonElement Body)> OpenAsync(decimal volume, decimal price = 5500) =>
        _api.PostAsync("/api/orders", $$"""{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":{{volume}},"price":{{price}}}""", Guid.NewGuid().ToString());

    private Task<(HttpStatusCode Status, JsonElement Body)> CloseAsync(decimal volume) =>
        _api.PostAsync("/api/orders", $$"""{"account_id":"Q1","symbol":"CZCE.TA2505","action":"close","direction":"long","volume":{{volume}},"price":5700}""", Guid.NewGuid().ToString());
}
