using System.Net;
using System.Text;
using System.Text.Json;

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

    /// <summary>One rests at its limit, one is refused: the file has what the filter asks for, wherever the page of the screen ended.</summary>
    [Fact]
    public async Task Signals_AsCsv_AreThoseTheFilterWants()
    {
        using var rig = await new ApiRig().ReadyAsync();
        var id = (await rig.PostAsync("/api/strategies", Cross)).Body.GetProperty("id").GetString();
        var head = (await rig.Client.GetStringAsync($"/api/strategies/signals.csv?strategy_id={id}")).TrimStart('\uFEFF');
        head.ShouldBe("id,strategy_id,run_id,strategy_name,number,account_id,symbol,trigger_time,trigger_condition,trigger_price,action_type,side,offset,type,price,volume,filled_volume,average_price,execution_result,is_over,order_id,error_message,problem,problem_values,updated_at\r\n");
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

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}
