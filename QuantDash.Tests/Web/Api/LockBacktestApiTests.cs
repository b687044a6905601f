using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Api;

/// <summary>锁仓回测 over HTTP.</summary>
public sealed class LockBacktestApiTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ApiRig _api = new();
    private string _rule = "";

    [Fact]
    public async Task Backtest_OfAStoredRule_TellsWhenItWouldHaveFired()
    {
        await StartAsync();
        var done = await RunAsync("/api/lock/backtest", $$"""{"config_id":"{{_rule}}","source":"stored","volume":10}""");
        var fired = done.GetProperty("fired");
        (done.GetProperty("question").GetString(), fired.GetProperty("has_fired").GetBoolean(), fired.GetProperty("ticks").GetInt32()).ShouldBe(("fire", true, 6));
        var firing = fired.GetProperty("firings").EnumerateArray().ShouldHaveSingleItem();
        (firing.GetProperty("condition").GetString(), firing.GetProperty("tick_timestamp").GetString(), firing.GetProperty("trigger_price").GetDecimal(), firing.GetProperty("status").GetString())
            .ShouldBe(("price", "2025-01-06T01:30:02.000Z", 5600m, "executed"));
        fired.GetProperty("fills").EnumerateArray().ShouldHaveSingleItem().GetProperty("price").GetDecimal().ShouldBe(5598m);
        (await _api.GetAsync("/api/lock/backtests")).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(done.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Backtest_OfARuleThatIsWrittenOut_TellsHowNearItCame()
    {
        await StartAsync();
        var rule = """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5730}""";
        var fired = (await RunAsync("/api/lock/backtest", $$"""{"rule":{{rule}},"source":"stored","volume":10,"open_price":5400}""")).GetProperty("fired");
        (fired.GetProperty("has_fired").GetBoolean(), fired.GetProperty("nearest").GetProperty("distance_ticks").GetInt32(), fired.GetProperty("nearest").GetProperty("at").GetString())
            .ShouldBe((false, 5, "2025-01-06T01:30:03.000Z"));
    }

    [Fact]
    public async Task Beside_TheOtherRulesOfTheLeg_RunToo()
    {
        await StartAsync();
        (await _api.PostAsync("/api/lock/configs", """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5700,"auto_execute":true}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await _api.PutAsync($"/api/lock/configs/{_rule}", """{"profit_lock_ratio":0.8}""")).Status.ShouldBe(HttpStatusCode.OK);
        var fired = (await RunAsync("/api/lock/backtest", $$"""{"config_id":"{{_rule}}","source":"stored","volume":10,"beside":true}""")).GetProperty("fired");
        fired.GetProperty("firings").EnumerateArray().Select(firing => (firing.GetProperty("condition").GetString(), firing.GetProperty("filled_volume").GetDecimal())).ShouldBe([("price", 8m), ("price", 2m)]);
        fired.GetProperty("firings")[0].GetProperty("config_id").GetString().ShouldBe(_rule);
    }

    [Fact]
    public async Task Compare_GivesThreeRuns()
    {
        await StartAsync();
        var compared = (await RunAsync("/api/lock/backtest", $$"""{"config_id":"{{_rule}}","source":"stored","volume":10,"open_price":5500,"compare":true}""")).GetProperty("comparison");
        decimal Profit(string way) => compared.GetProperty(way).GetProperty("profit").GetDecimal();
        Profit("hold").ShouldBe(0m);
        Profit("lock").ShouldBe((98m * 5 * 10) - compared.GetProperty("lock").GetProperty("fees").GetDecimal());
        compared.GetProperty("hold").GetProperty("equity").GetArrayLength().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Preview_OfTheSameValues_ChangesNothing_AndOfOthersNamesWhatIsLost()
    {
        await StartAsync();
        var same = (await RunAsync("/api/lock/backtest/preview", $$"""{"config_id":"{{_rule}}","source":"stored","volume":10,"changes":{"trigger_price":5600} }""")).GetProperty("change");
        (same.GetProperty("difference").GetDecimal(), same.GetProperty("only_before").GetArrayLength(), same.GetProperty("only_after").GetArrayLength()).ShouldBe((0m, 0, 0));
        var other = (await RunAsync("/api/lock/backtest/preview", $$"""{"config_id":"{{_rule}}","source":"stored","volume":10,"changes":{"trigger_price":5700} }""")).GetProperty("change");
        (other.GetProperty("only_before")[0].GetProperty("trigger_price").GetDecimal(), other.GetProperty("only_after")[0].GetProperty("trigger_price").GetDecimal()).ShouldBe((5600m, 5720m));
        other.GetProperty("difference").GetDecimal().ShouldBeGreaterThan(0m);
    }

    [Fact]
    public async Task Sweep_FillsItsGrid()
    {
        await StartAsync();
        var sweep = (await RunAsync("/api/lock/backtest/sweep", $$"""{"config_id":"{{_rule}}","source":"stored","volume":10,"x":{"parameter":"trigger_price","from":5560,"to":5760,"count":3},"y":{"parameter":"lock_ratio","from":0.5,"to":1,"count":2} }""")).GetProperty("sweep");
        sweep.GetProperty("cells").EnumerateArray().Select(cell => (cell.GetProperty("x").GetDecimal(), cell.GetProperty("y").GetDecimal(), cell.GetProperty("firings").GetInt32()))
            .ShouldBe([(5560m, 0.5m, 1), (5660m, 0.5m, 1), (5760m, 0.5m, 0), (5560m, 1m, 1), (5660m, 1m, 1), (5760m, 1m, 0)]);
        (sweep.GetProperty("best").GetProperty("x").GetDecimal(), sweep.GetProperty("best").GetProperty("y").GetDecimal()).ShouldBe((5660m, 1m));
    }

    [Fact]
    public async Task Refusals_NameTheirFields()
    {
        await StartAsync();
        await ShouldRefuseAsync("/api/lock/backtest", "{}", "config_id required");
        await ShouldRefuseAsync("/api/lock/backtest", $$"""{"config_id":"{{Guid.NewGuid()}}"}""", "config_id unknown_rule");
        await ShouldRefuseAsync("/api/lock/backtest", $$"""{"config_id":"{{_rule}}","source":"nowhere","volume":1}""", "from lock_backtest_no_ticks");
        await ShouldRefuseAsync("/api/lock/backtest", $$"""{"config_id":"{{_rule}}","source":"stored"}""", "volume lock_backtest_flat");
        await ShouldRefuseAsync("/api/lock/backtest", $$"""{"config_id":"{{_rule}}","from":"2025-01-07","to":"2025-01-06","volume":-1,"bars":"7x","confirm_after":1.5,"cash":0}""",
            "to lock_backtest_backwards", "volume negative", "bars not_allowed", "confirm_after not_an_integer", "cash not_positive");
        await ShouldRefuseAsync("/api/lock/backtest/preview", $$"""{"config_id":"{{_rule}}"}""", "changes required");
        await ShouldRefuseAsync("/api/lock/backtest/sweep", $$"""{"config_id":"{{_rule}}","x":{"parameter":"lock_ratio","from":0,"to":1,"count":99} }""", "x.count out_of_range");
        (await _api.GetAsync($"/api/lock/backtests/{Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.PostAsync($"/api/lock/backtests/{Guid.NewGuid()}/cancel", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Statistics_OfNothing_AreEmpty_AndTheirFiltersAreRead()
    {
        await StartAsync();
        var none = (await _api.GetAsync("/api/lock/statistics?account_id=Q1&later_minutes=5")).Body;
        (none.GetProperty("items").GetArrayLength(), none.GetProperty("total").GetProperty("firings").GetInt32(), none.GetProperty("later_minutes").GetInt32()).ShouldBe((0, 0, 5));
        ApiRig.Codes((await _api.GetAsync("/api/lock/statistics?later_minutes=0&config_id=x")).Body).ShouldBe(["config_id not_an_id", "later_minutes out_of_range"], ignoreOrder: true);
    }

    public void Dispose() => _api.Dispose();

    private async Task StartAsync()
    {
        await _api.ReadyAsync();
        LockBacktestRig.Store(_api.Services.GetRequiredService<ITickArchive>(), new SourceName("stored"), [5500, 5560, 5600, 5720, 5640, 5500]);
        var made = await _api.PostAsync("/api/lock/configs", """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5600,"auto_execute":true}""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        _rule = made.Body.GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> RunAsync(string path, string json)
    {
        var begun = await _api.PostAsync(path, json);
        begun.Status.ShouldBe(HttpStatusCode.Accepted, begun.Body.ToString());
        var address = $"/api/lock/backtests/{begun.Body.GetProperty("id").GetString()}";
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var now = (await _api.GetAsync(address)).Body;
            var state = now.GetProperty("state").GetString();
            if (state == "finished") return now;
            state.ShouldBe("running", now.ToString());
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task ShouldRefuseAsync(string path, string json, params IReadOnlyList<string> codes)
    {
        var (status, body) = await _api.PostAsync(path, json);
        status.ShouldBeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound);
        ApiRig.Codes(body).ShouldBe(codes, ignoreOrder: true);
    }
}
