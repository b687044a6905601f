using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Shell;

/// <summary>The role worker: a process without an engine.</summary>
public sealed class WorkerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Key = "bootstrap-key-for-tests";

    [PostgresFact]
    public async Task Worker_SaysHowItIs_AndHasNoEngine()
    {
        await using var trader = await StorageRig.PostgresAsync(postgres);
        await using var worker = Worker(postgres.ConnectionString);
        using var client = worker.CreateClient();
        worker.Services.GetService(typeof(TradingRuntime)).ShouldBeNull();
        var health = await TradingClient.EventuallyAsync(() => client.GetFromJsonAsync<JsonElement>("/health"), answer => answer.GetProperty("status").GetString() == "ok");
        (health.GetProperty("status").GetString(), health.GetProperty("role").GetString()).ShouldBe(("ok", "worker"));
        (await TradingClient.EventuallyAsync(() => StatusAsync(client, "/health/ready"), status => status == HttpStatusCode.OK)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, "/metrics")).ShouldBe(HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Add("X-API-Key", Key);
        (await client.GetStringAsync("/metrics")).ShouldContain("# TYPE");

        using var refused = await client.GetAsync("/api/accounts");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("worker");
        using var page = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept", "text/html" }, { "Accept-Language", "zh-CN" } } };
        using var shown = await client.SendAsync(page);
        (await shown.Content.ReadAsStringAsync()).ShouldContain("工作进程");
        (await trader.Lease.ConfirmAsync(CancellationToken.None)).ShouldBeTrue("the trader's place is untouched");
    }

    [Fact]
    public async Task Worker_OnSqlite_IsRefusedInASentence()
    {
        await using var worker = Worker("");
        Should.Throw<InvalidOperationException>(worker.CreateClient).Message.ShouldContain("PostgreSQL");
    }

    private static AppFactory Worker(string database) =>
        new() { Settings = { ["QuantDash:Role"] = "worker", ["QuantDash:Auth:BootstrapApiKey"] = Key, ["ConnectionStrings:QuantDash"] = database } };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }
}
