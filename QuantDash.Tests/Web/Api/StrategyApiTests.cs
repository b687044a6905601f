using System.Net;
using System.Text;
using System.Text.Json;
using QuantDash.Tests.Scenarios;
using QuantDash.Web.Api;

namespace QuantDash.Tests.Web.Api;

/// <summary>Strategies over HTTP: set up, started, paused, stopped and deleted, with every wrong field named.</summary>
public sealed class StrategyApiTests
{
    private const string Cross = """{"name":"PTA cross","strategy":"sma-cross","account_id":"Q1","symbols":["TA505"],"bar_length":"5m","parameters":[{"name":"fast","value":5},{"name":"slow","value":"20"}],"mode":"paper","hours":"between","from":"09:00","to":"14:55"}""";

    [Fact]
    public async Task Strategy_OverHttp_IsSetUpStartedChangedStoppedAndDeleted()
    {
        using var rig = await new ApiRig().ReadyAsync();
        var created = await rig.PostAsync("/api/strategies", Cross);
        created.Status.ShouldBe(HttpStatusCode.Created);
        var id = created.Body.GetProperty("id").GetString();
        (Text(created.Body, "state"), Text(created.Body, "mode"), created.Body.GetProperty("symbols")[0].GetString()).ShouldBe(("stopped", "paper", "CZCE.TA2505"));

        Text((await rig.PostAsync($"/api/strategies/{id}/start", "")).Body, "state").ShouldBe("warming_up");
        ApiRig.Codes((await rig.PostAsync($"/api/strategies/{id}/start", "")).Body).ShouldBe(["id strategy_runs"]);
        using var change = new HttpRequestMessage(HttpMethod.Put, $"/api/strategies/{id}") { Content = new StringContent("""{"priority":3}""", Encoding.UTF8, "application/json") };
        var changed = (await rig.SendAsync(change)).Body;
        (changed.GetProperty("priority").GetInt32(), Text(changed, "bar_length"), changed.GetProperty("parameters").GetArrayLength()).ShouldBe((3, "5m", 2), "what is not given stays");
        Text((await rig.PostAsync($"/api/strategies/{id}/pause", "")).Body, "state").ShouldBe("paused");
        Text((await rig.PostAsync($"/api/strategies/{id}/resume", "")).Body, "state").ShouldBe("warming_up");
        ApiRig.Codes((await rig.PostAsync($"/api/strategies/{id}/flatten", "")).Body).ShouldBe(["id strategy_flat"]);
        (await rig.GetAsync($"/api/strategies/{id}/signals?execution_result=failed")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        var statistics = (await rig.GetAsync($"/api/strategies/{id}/statistics")).Body;
        (statistics.GetProperty("items").GetArrayLength(), statistics.GetProperty("total").GetProperty("signals").GetInt32(), statistics.GetProperty("total").GetProperty("filled_share").ValueKind).ShouldBe((0, 0, JsonValueKind.Null));
        (await rig.GetAsync($"/api/strategies/{Guid.NewGuid()}/statistics")).Status.ShouldBe(HttpStatusCode.NotFound);
        var stopped = await rig.PostAsync($"/api/strategies/{id}/stop", """{"reason":"enough"}""");
        (Text(stopped.Body, "state"), Text(stopped.Body, "reason")).ShouldBe(("stopped", "enough"));

        using var delete = new HttpRequestMessage(HttpMethod.Delete, $"/api/strategies/{id}");
        (await rig.SendAsync(delete)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await rig.PostAsync($"/api/strategies/{id}/start", "")).Status.ShouldBe(HttpStatusCode.NotFound);
        var actions = (await rig.GetAsync("/api/audit?limit=50")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()).ToList();
        foreach (var action in (string[])["strategy.created", "strategy.changed", "strategy.warming_up", "strategy.paused", "strategy.stopped", "strategy.deleted"]) actions.ShouldContain(action);
    }

    /// <summary>The averages of one and two bars cross upwards with the close of 5010: bought a minute later at the ask of 5012, one tick of 2 above what was seen. They cross downwards while it is paused:
    /// what it holds is sold, and its short sale is refused.</summary>
    [Fact]
    public async Task Signals_AreCountedAndWrittenAsCsv()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PostAsync("/api/accounts", """{"name":"rich","venue":"simulated","currency":"CNY","source":"test","external_id":"Q2","initial_balance":1000000}""");
        var id = (await rig.PostAsync("/api/strategies", """{"name":"=PTA","strategy":"sma-cross","account_id":"Q2","symbols":["TA505"],"bar_length":"1m","parameters":[{"name":"fast","value":1},{"name":"slow","value":2}],"mode":"paper"}""")).Body.GetProperty("id").GetString();
        await rig.PushAsync(Minute(5000, 0));
        (await rig.PostAsync($"/api/strategies/{id}/start", "")).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var (price, minute) in new[] { (5000, 1), (4990, 2), (5010, 3), (5010, 4), (5010, 5) }) await rig.PushAsync(Minute(price, minute));
        (await rig.PostAsync($"/api/strategies/{id}/pause", "")).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var (price, minute) in new[] { (4980, 6), (4980, 7), (4980, 8), (4980, 9) }) await rig.PushAsync(Minute(price, minute));

        var lines = await TradingClient.EventuallyAsync(async () => await CsvAsync(rig, $"?strategy_id={id}"), found => found.Count == 4 && found.Count(line => line[18] == "success") == 2);
        lines.Skip(1).OrderBy(line => line[4], StringComparer.Ordinal).Select(line => $"{line[3]} {line[4]} {line[6]} {line[9]} {line[10]} {line[15]} {line[16]} {line[17]} {line[18]} {line[19]} {line[22]}").ShouldBe(
        [
            "'=PTA 1 CZCE.TA2505 5010 buy 1 1 5012.0 success true ", "'=PTA 2 CZCE.TA2505 4980 close 1 1 4978.0 success true ", "'=PTA 3 CZCE.TA2505 4980 sell 1 0  failed true strategy_paused",
        ]);
        (await CsvAsync(rig, "?execution_result=failed")).Count.ShouldBe(2);
        (await CsvAsync(rig, $"?strategy_id={Guid.NewGuid()}")).Count.ShouldBe(1);

        var told = (await rig.GetAsync($"/api/strategies/{id}/statistics")).Body;
        told.GetProperty("items").EnumerateArray().Select(line => $"{Text(line, "mode")} {Text(line, "symbol")} {Text(line, "action_type")} {line.GetProperty("filled")} {line.GetProperty("refused")} {line.GetProperty("median_seconds_to_fill")} {line.GetProperty("slippage_ticks")}").ShouldBe(
            ["paper CZCE.TA2505 buy 1 0 60 1", "paper CZCE.TA2505 sell 0 1  ", "paper CZCE.TA2505 close 1 0 60 1"]);
        var total = told.GetProperty("total");
        (total.GetProperty("signals").GetInt32(), total.GetProperty("open").GetInt32(), Text(total.GetProperty("reasons")[0], "problem")).ShouldBe((3, 0, "strategy_paused"));
        ApiRig.Codes((await rig.GetAsync("/api/strategies/signals.csv?execution_result=nonsense&strategy_id=x")).Body).ShouldBe(["execution_result not_allowed", "strategy_id not_an_id"], ignoreOrder: true);
    }

    [Fact]
    public async Task Request_NamesEveryWrongField_AndWritesNothing()
    {
        using var rig = await new ApiRig().ReadyAsync();
        ApiRig.Codes((await rig.PostAsync("/api/strategies", "{}")).Body).ShouldBe(["name required", "strategy required", "account_id required", "symbols required"], ignoreOrder: true);
        ApiRig.Codes((await rig.PostAsync("/api/strategies", """{"name":"x","strategy":"sma-cross","account_id":"Q1","symbols":["TA505"],"bar_length":"7x","parameters":[{"name":"fast"}],"priority":5000,"hours":"between","from":"25:00"}""")).Body)
            .ShouldBe(["bar_length not_allowed", "parameters strategy_parameter", "priority out_of_range", "from not_a_time"], ignoreOrder: true);
        ApiRig.Codes((await rig.PostAsync("/api/strategies", """{"name":"x","strategy":"sma-cross","account_id":"Q1","symbols":["TA505"],"parameters":[{"name":"fast","value":50},{"name":"slow","value":20}]}""")).Body)
            .ShouldBe(["parameters.fast fast_not_below_slow"]);
        (await rig.GetAsync("/api/strategies")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await rig.GetAsync("/api/strategy_definitions")).Body.GetProperty("items").EnumerateArray().Select(one => Text(one, "name")).ShouldContain("donchian");
    }

    private static string Minute(int price, int minute) =>
        $$"""{"symbol":"CZCE.TA2505","timestamp":"2025-01-06T01:{{30 + minute}}:01Z","last_price":{{price}},"bid_price":{{price - 2}},"bid_volume":500,"ask_price":{{price + 2}},"ask_volume":500,"volume":{{1000 + minute}}}""";

    private static async Task<List<IReadOnlyList<string>>> CsvAsync(ApiRig rig, string query) =>
        [.. CsvText.Read((await rig.Client.GetStringAsync("/api/strategies/signals.csv" + query)).TrimStart('\uFEFF')).Value.Select(line => line.Cells)];

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}
