using System.Net;
using System.Text.Json;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Api;

/// <summary>The emergency stop over HTTP.</summary>
public sealed class EmergencyApiTests : IDisposable
{
    private readonly ApiRig _api = new();

    [Fact]
    public async Task Stop_RefusesWhatOpens_FlattensWhatWasShown_AndIsResumed()
    {
        await _api.ReadyAsync();
        await _api.PushAsync(ApiRig.Tick(5000, 1));
        (await OpenAsync(3)).Status.ShouldBe(HttpStatusCode.Created);
        await _api.PushAsync(ApiRig.Tick(5000, 2));

        var (status, plan) = await _api.PostAsync("/api/emergency/preview", """{"then":"flatten"}""");
        status.ShouldBe(HttpStatusCode.OK, plan.ToString());
        var step = plan.GetProperty("accounts")[0].GetProperty("steps")[0];
        (step.GetProperty("kind").GetString(), step.GetProperty("leg").GetString(), step.GetProperty("volume").GetDecimal()).ShouldBe(("close", "long", 3m));

        var (stopped, answer) = await _api.PostAsync("/api/emergency/stop", """{"account_id":"Q1","reason":"drill"}""");
        stopped.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("accounts")[0].GetProperty("halt_reason").GetString().ShouldBe("drill");
        var (refused, problem) = await OpenAsync(1);
        refused.ShouldBe(HttpStatusCode.Conflict);
        ApiRig.Codes(problem).ShouldBe(["account_id trading_halted"]);

        var (changed, shown) = await _api.PostAsync("/api/emergency/stop", """{"then":"flatten","shown":"0000000000000000"}""");
        changed.ShouldBe(HttpStatusCode.Conflict);
        ApiRig.Codes(shown).ShouldBe(["shown plan_changed"]);
        var fingerprint = shown.GetProperty("plan").GetProperty("plan").GetString();
        (await _api.PostAsync("/api/emergency/stop", $$"""{"then":"flatten","shown":"{{fingerprint}}"}""")).Status.ShouldBe(HttpStatusCode.OK);
        await _api.PushAsync(ApiRig.Tick(5000, 3));
        (await _api.GetAsync("/api/positions")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await FirstAccountAsync()).GetProperty("halted_at").GetString().ShouldNotBeNull();

        (await _api.PostAsync("/api/emergency/resume", "{}")).Status.ShouldBe(HttpStatusCode.OK);
        (await _api.PostAsync("/api/emergency/resume", "{}")).Status.ShouldBe(HttpStatusCode.Conflict);
        await File.WriteAllTextAsync(Path.Combine(_api.DataDirectory, "emergency.stop"), "by file\n");
        var account = await TradingClient.EventuallyAsync(FirstAccountAsync, found => found.TryGetProperty("halt_reason", out var why) && why.GetString() == "by file");
        account.GetProperty("halt_reason").GetString().ShouldBe("by file");
        (await TradingClient.EventuallyAsync(() => Task.FromResult(File.Exists(Path.Combine(_api.DataDirectory, "emergency.stop.done"))), found => found)).ShouldBeTrue();

        var (wrong, named) = await _api.PostAsync("/api/emergency/stop", """{"account_id":"nobody","then":"sell"}""");
        wrong.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(named).ShouldBe(["account_id unknown_account", "then not_allowed"]);
        (await _api.Anonymous().PostAsync("/api/emergency/stop", Json.Of("{}"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    public void Dispose() => _api.Dispose();

    private async Task<JsonElement> FirstAccountAsync() => (await _api.GetAsync("/api/accounts")).Body.GetProperty("items")[0];

    private Task<(HttpStatusCode Status, JsonElement Body)> OpenAsync(decimal volume) =>
        _api.PostAsync("/api/orders", $$"""{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":{{volume}},"type":"market"}""");
}
