using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace QuantDash.Tests.Web.Api;

/// <summary>Bars in and out of the store as a program uses it.</summary>
public sealed class BarsApiTests : IDisposable
{
    private const string Good = "timestamp,open,high,low,close,volume\n2025-03-03T01:30:00Z,5000,5004,4998,5002,120\n2025-03-03T01:31:00Z,5002,5006,5002,5004,80\n";
    private const string Where = "symbol=CZCE.TA2505&timeframe=1m";
    private readonly ApiRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Import_ThenAgain_StoresEachBarOnce_AndIsWrittenDown()
    {
        var first = await ImportAsync(Where, Good);
        var again = await ImportAsync(Where, Good);

        (Number(first, "added"), Number(again, "added"), Number(again, "unchanged")).ShouldBe((2, 0, 2));
        var stored = (await _rig.Client.GetFromJsonAsync<JsonElement>("/api/bars")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (Text(stored, "source"), Text(stored, "symbol"), Text(stored, "timeframe"), Number(stored, "bars"), Text(stored, "from")).ShouldBe(("history", "CZCE.TA2505", "1m", 2, "2025-03-03T01:30:00.000Z"));
        var notes = (await _rig.Client.GetFromJsonAsync<JsonElement>("/api/audit?action=bars")).GetProperty("items");
        notes.EnumerateArray().Select(note => Text(note, "action")).ShouldBe(["bars.imported", "bars.imported"]);
        Directory.EnumerateFiles(Path.Combine(_rig.DataDirectory, "uploads")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_BadLine_NamesLineAndColumn_AndStoresNothing()
    {
        var bad = Good + "2025-03-03T01:32:00Z,5002,5004,5002,high,80\n";

        using var answer = await PostAsync(Where, bad);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.EnumerateObject().Select(error => error.Name).ShouldBe(["file", "line 4 close"]);
        (await _rig.Client.GetFromJsonAsync<JsonElement>("/api/bars")).GetProperty("items").GetArrayLength().ShouldBe(0);
        Number(await ImportAsync(Where + "&on_error=skip", bad), "bad_lines").ShouldBe(1);
    }

    [Fact]
    public async Task Import_ColumnsByNameAndClock_AreReadByTheMapping()
    {
        var stored = await ImportAsync(Where + "&time=t&open=o&high=h&low=l&close=c&volume=none&zone=%2B08:00&bar_time=end&separator=;", "t;o;h;l;c\n2025-03-03 09:31;5000;5004;4998;5002\n");

        Number(stored, "added").ShouldBe(1);
        Text((await _rig.Client.GetFromJsonAsync<JsonElement>("/api/bars")).GetProperty("items")[0], "from").ShouldBe("2025-03-03T01:30:00.000Z");
    }

    [Theory]
    [InlineData("timeframe=1m", "symbol")]
    [InlineData("symbol=CZCE.TA2505", "timeframe")]
    [InlineData("symbol=CZCE.TA2505&timeframe=7d", "timeframe")]
    [InlineData(Where + "&source=A b", "source")]
    [InlineData(Where + "&format=excel", "format")]
    [InlineData(Where + "&zone=Moon", "zone")]
    [InlineData(Where + "&price_tick=-1", "price_tick")]
    [InlineData(Where + "&open=0", "open")]
    [InlineData(Where + "&separator=x", "separator")]
    [InlineData(Where + "&day=yesterday", "day")]
    [InlineData(Where + "&bar_time=middle", "bar_time")]
    public async Task Import_WrongField_IsNamed(string query, string field)
    {
        using var answer = await PostAsync(query, Good);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Sync_OfRecordedTicks_BuildsBars_AndRemoveTakesThemAway()
    {
        const string Ticks = "symbol,timestamp,last_price,volume\nCZCE.TA2505,2025-03-03T02:00:01Z,5000,10\nCZCE.TA2505,2025-03-03T02:01:02Z,5002,12\nCZCE.TA2505,2025-03-03T02:02:02Z,5004,15\n";
        using var import = await _rig.Client.PostAsync("/api/ticks/import?source=recorded", new StringContent(Ticks, Encoding.UTF8, "text/csv"));
        import.EnsureSuccessStatusCode();
        await ImportedAsync(import.Headers.Location!.ToString());

        using var synced = await _rig.Client.PostAsync("/api/bars/sync?source=recorded&symbol=TA505&timeframe=1m", null);

        synced.StatusCode.ShouldBe(HttpStatusCode.OK);
        Text(await synced.Content.ReadFromJsonAsync<JsonElement>(), "symbol").ShouldBe("CZCE.TA2505");
        (await _rig.Client.DeleteAsync("/api/bars?source=recorded&symbol=CZCE.TA2505&timeframe=1m")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _rig.Client.DeleteAsync("/api/bars?source=recorded&symbol=CZCE.TA2505&timeframe=1m")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> ImportAsync(string query, string text)
    {
        using var answer = await PostAsync(query, text);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task ImportedAsync(string address)
    {
        for (var i = 0; i < 2400; i++)
        {
            if (Text(await _rig.Client.GetFromJsonAsync<JsonElement>(address), "state") == "imported") return;
            await Task.Delay(50);
        }

        throw new TimeoutException(address);
    }

    private Task<HttpResponseMessage> PostAsync(string query, string text) => _rig.Client.PostAsync($"/api/bars/import?{query}", new StringContent(text, Encoding.UTF8, "text/csv"));

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static long Number(JsonElement item, string name) => item.GetProperty(name).GetInt64();
}
