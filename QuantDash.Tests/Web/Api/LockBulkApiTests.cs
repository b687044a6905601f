using System.Net;
using System.Text.Json;

namespace QuantDash.Tests.Web.Api;

/// <summary>Templates, many rules at once, import, CSV and marking done, over HTTP.</summary>
public sealed class LockBulkApiTests : IDisposable
{
    private readonly ApiRig _api = new();

    [Fact]
    public async Task Template_KeptThenAppliedToALeg_IsShownFirstAndSavedOnDemand()
    {
        await _api.ReadyAsync();
        await HoldAsync();
        var (kept, template) = await _api.PostAsync("/api/lock/templates", """{"name":"mine","stages":[{"points":8,"ratio":0.5},{"points":16,"ratio":0.5}],"stop_ticks":20}""");
        kept.ShouldBe(HttpStatusCode.OK, template.ToString());
        var list = Items((await _api.GetAsync("/api/lock/templates")).Body);
        list.Count.ShouldBe(5);
        list[0].GetProperty("name").GetString().ShouldBe("mine");
        var body = $$"""{"template_id":"{{template.GetProperty("id").GetString()}}","legs":[{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long"},{"account_id":"Q1","symbol":"DCE.v2505","direction":"short"}],"save":SAVE}""";

        var shown = Items((await _api.PostAsync("/api/lock/configs/bulk", body.Replace("SAVE", "false", StringComparison.Ordinal))).Body);

        shown[0].GetProperty("rule").GetProperty("stages")[0].GetProperty("level").GetDecimal().ShouldBe(5008);
        shown[0].GetProperty("rule").GetProperty("stop_loss_price").GetDecimal().ShouldBe(4960);
        shown[1].GetProperty("problems")[0].GetString()!.ShouldContain("no such leg");
        Items((await _api.GetAsync("/api/lock/configs")).Body).ShouldBeEmpty();
        var saved = Items((await _api.PostAsync("/api/lock/configs/bulk", body.Replace("SAVE", "true", StringComparison.Ordinal))).Body);
        saved.Select(s => s.GetProperty("saved").GetBoolean()).ShouldBe([true, false]);
        Items((await _api.GetAsync("/api/lock/configs")).Body).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Template_Replaced_KeepsItsIdAndEveryTerm()
    {
        await _api.ReadyAsync();
        var id = (await _api.PostAsync("/api/lock/templates", """{"name":"mine","stop_ticks":20}""")).Body.GetProperty("id").GetString();

        var (status, answer) = await _api.PutAsync($"/api/lock/templates/{id}", """{"name":"other","trigger_time":"close-5","confirm_ticks":3,"rearm":"cooldown","rearm_cooldown":90,"oco_group":"pair","trailing_mode":"ratio","trailing_distance":0.004}""");
        var (refused, problem) = await _api.PutAsync($"/api/lock/templates/{id}", """{"name":"other","stop_ticks":20,"confirm_ticks":0}""");

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        var kept = Items((await _api.GetAsync("/api/lock/templates")).Body)[0];
        (kept.GetProperty("id").GetString(), kept.GetProperty("name").GetString()).ShouldBe((id, "other"));
        (kept.GetProperty("trigger_time").GetString(), kept.GetProperty("confirm_ticks").GetInt32(), kept.GetProperty("rearm_cooldown").GetInt32(), kept.GetProperty("trailing_distance").GetDecimal()).ShouldBe(("close-5", 3, 90, 0.004m));
        refused.ShouldBe(HttpStatusCode.UnprocessableEntity, problem.ToString());
        problem.ToString().ShouldContain("confirm_ticks");
    }

    [Fact]
    public async Task Switch_SeveralRules_AnswersForEach()
    {
        await _api.ReadyAsync();
        var id = await RuleAsync();
        var unknown = Guid.NewGuid();

        var (status, answer) = await _api.PostAsync("/api/lock/configs/switch", $$"""{"ids":["{{id}}","{{unknown}}"],"is_enabled":false}""");

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        Items(answer).Select(a => a.GetProperty("done").GetBoolean()).ShouldBe([true, false]);
        (await _api.GetAsync($"/api/lock/configs/{id}")).Body.GetProperty("is_enabled").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Import_WhatTheListGives_IsTakenBackAsNewRules()
    {
        await _api.ReadyAsync();
        await RuleAsync();
        var list = (await _api.GetAsync("/api/lock/configs")).Body.GetProperty("items").GetRawText();

        var (status, answer) = await _api.PostAsync("/api/lock/configs/import", $$"""{"items":{{list}},"save":true}""");

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        Items(answer).ShouldHaveSingleItem().GetProperty("saved").GetBoolean().ShouldBeTrue();
        Items((await _api.GetAsync("/api/lock/configs")).Body).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Import_OneWrongAmongMany_SavesNone()
    {
        await _api.ReadyAsync();
        const string Good = """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5600}""";
        const string Bad = """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5601}""";

        var (_, answer) = await _api.PostAsync("/api/lock/configs/import", $$"""{"items":[{{Good}},{{Bad}}],"save":true}""");

        Items(answer).Select(a => a.GetProperty("saved").GetBoolean()).ShouldBe([false, false]);
        Items(answer)[1].GetProperty("problems")[0].GetString()!.ShouldStartWith("trigger_price:");
        Items((await _api.GetAsync("/api/lock/configs")).Body).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_TheCsvThatWasGiven_ChangesTheKnownRule()
    {
        await _api.ReadyAsync();
        var id = await RuleAsync();
        var csv = (await _api.Client.GetStringAsync(new Uri("/api/lock/configs.csv", UriKind.Relative))).Replace("5600", "5700", StringComparison.Ordinal);

        var (status, answer) = await _api.PostAsync("/api/lock/configs/import", $$"""{"csv":{{JsonSerializer.Serialize(csv)}},"save":true,"change_known":true}""");

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        Items(answer).ShouldHaveSingleItem().GetProperty("outcome").GetString().ShouldBe("change");
        (await _api.GetAsync($"/api/lock/configs/{id}")).Body.GetProperty("trigger_price").GetDecimal().ShouldBe(5700);
    }

    [Fact]
    public async Task Csv_OfSomeIds_HasThoseOnly_AndNamesOneThatIsNone()
    {
        await _api.ReadyAsync();
        var (wanted, other, unknown) = (await RuleAsync(), await RuleAsync(), Guid.NewGuid());

        var csv = await _api.Client.GetStringAsync(new Uri($"/api/lock/configs.csv?ids={wanted}", UriKind.Relative));
        var (status, answer) = await _api.GetAsync($"/api/lock/configs.csv?ids={wanted},{unknown}");

        csv.ShouldContain(wanted);
        csv.ShouldNotContain(other);
        status.ShouldBe(HttpStatusCode.NotFound, answer.ToString());
        answer.ToString().ShouldContain(unknown.ToString());
    }

    [Fact]
    public async Task Csv_OfTriggers_HasItsColumns_AndDoneNeedsATrigger()
    {
        await _api.ReadyAsync();

        var csv = await _api.Client.GetStringAsync(new Uri("/api/lock/triggers.csv?status=failed&trigger_type=stop", UriKind.Relative));
        var (status, _) = await _api.PostAsync($"/api/lock/triggers/{Guid.NewGuid()}/done", """{"note":"by hand"}""");

        csv.TrimStart('\uFEFF').ShouldStartWith("id,config_id,account_id,symbol");
        status.ShouldBe(HttpStatusCode.NotFound);
    }

    public void Dispose() => _api.Dispose();

    private async Task<string> RuleAsync() => (await _api.PostAsync(
        "/api/lock/configs", """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5600,"stop_loss_price":5400}""")).Body.GetProperty("id").GetString()!;

    private async Task HoldAsync()
    {
        await _api.PushAsync(ApiRig.Tick(5000, 0));
        var (status, answer) = await _api.PostAsync(
            "/api/position_snapshots", """{"account_id":"Q1","complete":true,"positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_avg_price":5000,"short_position":0}]}""");
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
    }

    private static List<JsonElement> Items(JsonElement body) => [.. body.GetProperty("items").EnumerateArray()];
}
