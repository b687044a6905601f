using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Features.Ticks;

/// <summary>Import and replay as a program outside uses them.</summary>
public sealed class ImportAndReplayTests : IDisposable
{
    private const string Good = "symbol,timestamp,last_price,volume\nCZCE.TA2505,2025-03-03T02:00:01Z,5000,10\nCZCE.TA2505,2025-03-03T02:00:02Z,5002,12\n";
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = "bootstrap-key-for-tests", ["QuantDash:Demo"] = "false" } };
    private readonly HttpClient _client;

    public ImportAndReplayTests()
    {
        _client = _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        _client.DefaultRequestHeaders.Add("X-API-Key", "bootstrap-key-for-tests");
    }

    public void Dispose()
    {
        _client.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task Import_RawBody_IsStored()
    {
        var end = await ImportAsync("source=history", new StringContent(Good, Encoding.UTF8, "text/csv"));

        (Text(end, "state"), Number(end, "accepted"), Number(end, "added")).ShouldBe(("imported", 2, 2));
        var days = await _client.GetFromJsonAsync<JsonElement>("/api/ticks/days");
        var day = days.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (Text(day, "symbol"), Text(day, "trading_day"), Number(day, "ticks")).ShouldBe(("CZCE.TA2505", "2025-03-03", 2));
    }

    [Fact]
    public async Task Import_FormWithABrokenRow_NamesItInTheCallersLanguage()
    {
        using var form = new MultipartFormDataContent { { new StringContent(Good + "CZCE.TA2505,2025-03-03T02:00:03Z,5003,13\n"), "file", "my ticks.csv" } };
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");

        var end = await ImportAsync("source=history", form);

        (Text(end, "state"), Text(end, "file")).ShouldBe(("refused", "my ticks.csv"));
        var row = end.GetProperty("broken").EnumerateArray().ShouldHaveSingleItem();
        (Number(row, "line"), row.GetProperty("errors").GetProperty("last_price")[0].GetString()).ShouldBe((4, "不是最小变动价位的整数倍：5003。"));
        (await _client.GetFromJsonAsync<JsonElement>("/api/ticks/days")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await ImportAsync("source=history&on_error=skip", new StringContent(Good + "x,y\n"))).GetProperty("state").GetString().ShouldBe("imported");
    }

    [Theory]
    [InlineData("", "source")]
    [InlineData("source=A b", "source")]
    [InlineData("source=x&on_error=maybe", "on_error")]
    public async Task Import_WrongQuery_NamesTheField(string query, string field)
    {
        using var answer = await _client.PostAsync($"/api/ticks/import?{query}", new StringContent(Good));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Import_Empty_IsRefusedAtOnce()
    {
        using var answer = await _client.PostAsync("/api/ticks/import?source=history", new ByteArrayContent([]));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Directory.EnumerateFiles(Path.Combine(_app.DataDirectory, "uploads")).ShouldBeEmpty();
    }

    [DataFact]
    public async Task Replay_ImportedRealDay_ReachesTheEngineWhole()
    {
        await using var file = File.OpenRead(TestData.PathOf("cn_futures/CFFEX.IF.HOT_tick_20210104.csv.gz"));
        var imported = await ImportAsync("source=history", new StreamContent(file));
        Text(imported, "state").ShouldBe("imported");
        (await _client.PostAsJsonAsync("/api/sources", new { name = "replay", clock = "ticks" })).StatusCode.ShouldBe(HttpStatusCode.Created);

        using var started = await _client.PostAsJsonAsync("/api/replays", new { from = "history", to = "replay", trading_day = "2021-01-04" });
        started.StatusCode.ShouldBe(HttpStatusCode.Created, await started.Content.ReadAsStringAsync());
        var end = await UntilAsync(started.Headers.Location!.ToString(), "playing");

        (Text(end, "state"), Number(end, "rejected"), Number(end, "accepted")).ShouldBe(("finished", 0, Number(imported, "accepted")));
        Text(end, "position").ShouldBe("2021-01-04T07:35:19.400Z");
    }

    [Fact]
    public async Task Replay_OntoAWallClock_IsRefused()
    {
        await ImportAsync("source=history", new StringContent(Good));
        await _client.PostAsJsonAsync("/api/sources", new { name = "live", clock = "wall" });

        using var answer = await _client.PostAsJsonAsync("/api/replays", new { from = "history", to = "live", trading_day = "2025-03-03", speed = 0 });

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var codes = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("codes");
        (codes.GetProperty("to")[0].GetString(), codes.GetProperty("speed")[0].GetString()).ShouldBe(("not_a_replay_source", "out_of_range"));
    }

    private async Task<JsonElement> ImportAsync(string query, HttpContent content)
    {
        using var answer = await _client.PostAsync($"/api/ticks/import?{query}", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return await UntilAsync(answer.Headers.Location!.ToString(), "queued", "running");
    }

    private async Task<JsonElement> UntilAsync(string address, params string[] states)
    {
        for (var i = 0; i < 2400; i++)
        {
            var answer = await _client.GetFromJsonAsync<JsonElement>(address);
            if (!states.Contains(Text(answer, "state"))) return answer;
            await Task.Delay(50);
        }

        throw new TimeoutException(address);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
