using System.Net;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery;

/// <summary>A trader that leaves heavy work to others, and a worker, as processes on one PostgreSQL. What a killed worker leaves: JobClusterTests.</summary>
public sealed class WorkerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [PostgresFact]
    public async Task Worker_TakesWhatWasQueuedBesideTheTrader_AndNothingThatNeedsTheEngine()
    {
        var settings = TradingClient.Settings(postgres.ConnectionString);
        await using var trader = await AppProcess.StartAsync(new Dictionary<string, string>(settings) { ["QuantDash__Role"] = "trader" });
        await using var worker = await AppProcess.StartAsync(new Dictionary<string, string>(settings) { ["QuantDash__Role"] = "worker" });
        var client = TradingClient.Of(trader);

        await TradingClient.EventuallyAsync(() => client.SendAsync("api/jobs", null, "GET"), answer => answer.Status == HttpStatusCode.OK);

        // The trader refuses what may run anywhere: that it ran is the worker's doing.
        await client.PostAsync("api/jobs/notification-retention/run", null);
        await client.PostAsync("api/jobs/audit-verify/run", null);
        var board = await TradingClient.EventuallyAsync(
            () => client.ItemsAsync("api/jobs"), jobs => Outcome(jobs, "notification-retention") is not null && Outcome(jobs, "audit-verify") is not null);

        (Outcome(board, "notification-retention"), Outcome(board, "audit-verify")).ShouldBe(("idle", "succeeded"), worker.LogEnd);
        var servers = await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/jobs/servers"), found => found.Count == 2);
        servers.Count.ShouldBe(2);
        var runs = await client.ItemsAsync("api/jobs/history");
        ServerOf(runs, "audit-verify").ShouldEndWith($"-{trader.ProcessId}");
        (await client.PostAsync("api/jobs/notification-retention/pause", null)).ShouldNotBeNull();
        (await client.ItemsAsync("api/jobs")).Single(job => Key(job) == "notification-retention")["is_paused"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static string? Outcome(List<JsonNode> jobs, string key) => jobs.Single(job => Key(job) == key)["last"]?["outcome"]?.GetValue<string>();

    private static string ServerOf(List<JsonNode> runs, string key) => runs.First(run => Key(run) == key)["server"]!.GetValue<string>();

    private static string Key(JsonNode job) => job["key"]!.GetValue<string>();
}
