using System.Net;
using System.Text.Json;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;

namespace QuantDash.Tests.Web.Security;

/// <summary>RELIABILITY.md E8, as far as limits exist: each is tried by one unit, and by twenty requests at once. (Order rate, loss of the day and position limits come with the
/// pre-trade checks.)</summary>
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
