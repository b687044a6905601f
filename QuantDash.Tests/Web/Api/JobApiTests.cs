using System.Net;
using System.Text.Json;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Api;

/// <summary>Background jobs over HTTP.</summary>
public sealed class JobApiTests : IDisposable
{
    private readonly ApiRig _api = new();

    [Fact]
    public async Task Job_RunNow_IsInTheHistoryAndOnRecord_AndCanBePausedAndResumed()
    {
        await _api.ReadyAsync();
        (await _api.PostAsync("/api/jobs/audit-verify/run", "")).Status.ShouldBe(HttpStatusCode.OK);

        var run = await TradingClient.EventuallyAsync(async () => await ItemsAsync("/api/jobs/history?job=audit-verify") is [var first, ..] ? first : default, found => found.ValueKind == JsonValueKind.Object);
        (run.GetProperty("key").GetString(), run.GetProperty("outcome").GetString(), run.GetProperty("report").GetString(), run.GetProperty("asked_for").GetBoolean())
            .ShouldBe(("audit-verify", "succeeded", "chain_whole", true));
        (await ItemsAsync("/api/jobs/history?job=audit-verify&outcome=failed")).ShouldBeEmpty();

        (await _api.PostAsync("/api/jobs/reconciliation/run", "")).Status.ShouldBe(HttpStatusCode.OK);
        var asked = await TradingClient.EventuallyAsync(
            async () => await ItemsAsync("/api/jobs/history?job=reconciliation&idle=true") is [var first, ..] ? first : default, found => found.ValueKind == JsonValueKind.Object);
        (asked.GetProperty("outcome").GetString(), asked.GetProperty("report").GetString()).ShouldBe(("idle", "books_agree"));

        (await _api.PostAsync("/api/jobs/lock-execution/pause", "")).Status.ShouldBe(HttpStatusCode.OK);
        var paused = (await ItemsAsync("/api/jobs")).Single(job => job.GetProperty("key").GetString() == "lock-execution");
        (paused.GetProperty("is_paused").GetBoolean(), paused.GetProperty("place").GetString(), paused.GetProperty("missed").GetString()).ShouldBe((true, "trader", "skip"));
        (await _api.PostAsync("/api/jobs/lock-execution/resume", "")).Status.ShouldBe(HttpStatusCode.OK);

        // A run that is in the history may not be over yet.
        await TradingClient.EventuallyAsync(() => ItemsAsync("/api/jobs"), jobs => jobs.Single(job => job.GetProperty("key").GetString() == "audit-verify").GetProperty("state").GetString() == "idle");
        await RefusedAsync("nothing/run", HttpStatusCode.NotFound, "key unknown_job");
        await RefusedAsync("No%20name/run", HttpStatusCode.NotFound, "key unknown_job");
        await RefusedAsync("audit-verify/jump", HttpStatusCode.UnprocessableEntity, "action job_action_unknown");
        await RefusedAsync("audit-verify/retry", HttpStatusCode.Conflict, "key job_not_failed");
        await RefusedAsync("audit-verify/cancel", HttpStatusCode.Conflict, "key job_not_running");
        await RefusedAsync("backup/pause", HttpStatusCode.Conflict, "key job_not_planned");
        (await _api.Anonymous().GetAsync("/api/jobs")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _api.Anonymous().PostAsync("/api/jobs/audit-verify/run", Json.Of("{}"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        (await ItemsAsync("/api/jobs/servers")).ShouldHaveSingleItem().GetProperty("is_this").GetBoolean().ShouldBeTrue();
        var actions = (await ItemsAsync("/api/audit?action=job")).Select(entry => $"{entry.GetProperty("action").GetString()} {entry.GetProperty("subject").GetString()}");
        actions.ShouldBe(["job.resumed lock-execution", "job.paused lock-execution", "job.asked reconciliation", "job.asked audit-verify"]);
    }

    public void Dispose() => _api.Dispose();

    private async Task<IReadOnlyList<JsonElement>> ItemsAsync(string path)
    {
        var (status, body) = await _api.GetAsync(path);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return [.. body.GetProperty("items").EnumerateArray()];
    }

    private async Task RefusedAsync(string path, HttpStatusCode expected, string code)
    {
        var (status, problem) = await _api.PostAsync($"/api/jobs/{path}", "");
        status.ShouldBe(expected, $"{path}: {problem}");
        ApiRig.Codes(problem).ShouldBe([code]);
    }
}
