using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Supervision;

namespace QuantDash.Tests.Scenarios;

/// <summary>Seed 001, section 5: one loop that fails ends neither the process nor the others, is started again, and the trader is told.</summary>
public sealed class SupervisionScenarioTests
{
    [Fact]
    public async Task LoopThatFails_IsToldAndStartedAgain_AndTheOthersGoOn()
    {
        await using var app = new AppFactory();
        foreach (var (key, value) in TradingClient.Settings()) app.Settings[key.Replace("__", ":", StringComparison.Ordinal)] = value;
        await using var broken = app.WithWebHostBuilder(web => web.ConfigureTestServices(services => services.AddSingleton<BreakingLoop>().AddSupervised<BreakingLoop>()));
        var client = new TradingClient(broken.CreateClient());

        var failed = await ServiceAsync(client, "breaking", service => service["restarts"]!.GetValue<int>() > 0);
        failed["last_error"]!.GetValue<string>().ShouldBe("the loop broke");
        var told = await TradingClient.EventuallyAsync(() => EntriesAsync(client, "action=service"), found => found.Count > 0);
        told[^1]["reason"]!.ToJsonString().ShouldContain("""["breaking","the loop broke"]""");
        (await client.GetAsync("health"))["status"]!.GetValue<string>().ShouldBe("ok");
        (await ServiceAsync(client, "tick_recorder", service => service["state"]!.GetValue<string>() == "running"))["restarts"]!.GetValue<int>().ShouldBe(0);
        (await ServiceAsync(client, "notifications", service => service["state"]!.GetValue<string>() == "off"))["state"]!.GetValue<string>().ShouldBe("off", "none are set up");

        (await client.PostAsync("api/services/tick_imports/stop", null))["name"]!.GetValue<string>().ShouldBe("tick_imports");
        await ServiceAsync(client, "tick_imports", service => service["state"]!.GetValue<string>() == "stopped");
        (await client.SendAsync("api/services/tick_imports/stop", null)).Status.ShouldBe(HttpStatusCode.Conflict);
        await client.PostAsync("api/services/tick_imports/start", null);
        await ServiceAsync(client, "tick_imports", service => service["state"]!.GetValue<string>() == "running");
        (await client.SendAsync("api/services/nothing/start", null)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await EntriesAsync(client, "subject=tick_imports")).Select(entry => entry["action"]!.GetValue<string>()).ShouldBe(["service.started", "service.stopped"]);
    }

    /// <summary>Newest first.</summary>
    private static async Task<List<JsonNode>> EntriesAsync(TradingClient client, string filter) =>
        [.. (await client.GetAsync($"api/audit?{filter}"))["items"]!.AsArray().Select(entry => entry!)];

    private static async Task<JsonNode> ServiceAsync(TradingClient client, string name, Func<JsonNode, bool> condition) =>
        (await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/services"), found => condition(found.First(s => s["name"]!.GetValue<string>() == name))))
            .First(s => s["name"]!.GetValue<string>() == name);

    private sealed class BreakingLoop : ISupervisedLoop
    {
        public string ServiceName => "breaking";

        public Task RunAsync(LoopPulse pulse, CancellationToken stop) => throw new InvalidOperationException("the loop broke");
    }
}
