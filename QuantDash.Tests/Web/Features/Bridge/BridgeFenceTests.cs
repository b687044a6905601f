using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Tests.Web.Features.Bridge;

/// <summary>An order that was decided on and committed, by a process that is the trader no more when the program asks for it.</summary>
public sealed class BridgeFenceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Key = "bootstrap-key-for-tests";

    [PostgresFact]
    public async Task CommittedOrder_AfterAnotherBecameTheTrader_IsNotHandedOut()
    {
        await using var app = new AppFactory { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = Key, ["ConnectionStrings:QuantDash"] = postgres.ConnectionString } };
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("X-API-Key", Key);
        var account = await PostAsync(client, "/api/accounts", new { name = "CTP", venue = "bridge", currency = "CNY" });
        var id = account.GetProperty("id").GetString()!;
        var epoch = (await PollAsync(client, id)).GetProperty("epoch").GetString();
        var position = new { symbol = "CZCE.TA2701", long_position = 2, long_today = 2, long_avg_price = 5400 };
        await PostAsync(client, "/api/position_snapshots", new { account_id = id, timestamp = DateTimeOffset.UtcNow, epoch, complete = true, positions = new[] { position } });
        await PostAsync(client, "/api/orders", new { account_id = id, symbol = "TA2701", action = "lock", direction = "long", volume = 2, price = 5500 });

        // The session is alive and nothing has been written since: nothing but the asking itself can tell.
        await StorageRig.RunAsync(StorageTarget.Postgres(postgres.ConnectionString, app.DataDirectory), "update service_status set fence = fence + 1 where service_name = 'trader'");
        using var late = await client.GetAsync($"/api/bridge/{id}/orders?wait=0");
        if (late.StatusCode == HttpStatusCode.ServiceUnavailable) return; // A heartbeat came first and found out: the process is ending.
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static Task<JsonElement> PollAsync(HttpClient client, string account) => client.GetFromJsonAsync<JsonElement>($"/api/bridge/{account}/orders?wait=0");

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
