using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace QuantDash.Tests.Web.Api;

/// <summary>Trading days and shares as a program brings them in.</summary>
public sealed class CalendarApiTests : IDisposable
{
    private const string Import = "/api/calendars/import?market=CN";
    private const string Good = "date,kind\n2027-01-01,known_from\n2027-03-31,known_to\n2027-01-01,closed\n2027-02-08,closed\n";
    private readonly ApiRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Import_WaitsForTheNextStart_IsWrittenDown_AndTwiceStoresNothingMore()
    {
        var (status, first) = await PostAsync(Import, Good);
        var (_, again) = await PostAsync(Import, Good);

        status.ShouldBe(HttpStatusCode.OK, first.ToString());
        (Text(first, "known_to"), first.GetProperty("stored").GetBoolean(), again.GetProperty("stored").GetBoolean()).ShouldBe(("2027-03-31", true, false));
        var china = (await _rig.Client.GetFromJsonAsync<JsonElement>("/api/calendars")).GetProperty("items").EnumerateArray().First();
        (Text(china, "market"), Text(china, "known_to"), Text(china, "next_known_to"), china.GetProperty("imported").GetBoolean()).ShouldBe(("CN", "2026-12-31", "2027-03-31", true));
        china.GetProperty("years").EnumerateArray().Select(year => year.GetProperty("trading_days").GetInt32()).ShouldBe([242, 243, 242]);
        var notes = (await _rig.Client.GetFromJsonAsync<JsonElement>("/api/audit?action=calendar")).GetProperty("items");
        notes.EnumerateArray().Select(note => Text(note, "action")).ShouldBe(["calendar.imported"]);
        Directory.EnumerateFiles(Path.Combine(_rig.DataDirectory, "uploads")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_BadLines_NamesThem_AndStoresNothing()
    {
        var (status, body) = await PostAsync(Import, Good + "2027-02-30,closed\n2027-03-01,shut\n");

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["line 6 date", "line 7 kind"]);
        Directory.Exists(Path.Combine(_rig.DataDirectory, "instruments")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/api/calendars/import", Good, "market")]
    [InlineData("/api/calendars/import?market=JP", Good, "market")]
    [InlineData(Import, "date,kind\n2028-01-01,known_from\n2028-02-01,known_to\n", "file")]
    [InlineData("/api/instruments/import", "exchange,code\nHK,1\n", "file")]
    public async Task Import_WrongField_IsNamed(string address, string text, string field)
    {
        var (status, body) = await PostAsync(address, text);

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(body.ToString());
    }

    [Fact]
    public async Task Import_OfAFileThatIsNoCalendar_IsTooLarge()
    {
        var (status, _) = await PostAsync(Import, new string('x', (1024 * 1024) + 1));

        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Export_IsAFileThatImportTakes_AndAnUnknownMarketIsNotFound()
    {
        var text = await _rig.Client.GetStringAsync("/api/calendars/HK.csv");

        text.ShouldStartWith("date,kind\r\n2024-01-01,known_from\r\n2027-12-31,known_to\r\n");
        var (status, body) = await PostAsync("/api/calendars/import?market=HK", text);
        (status, body.GetProperty("stored").GetBoolean()).ShouldBe((HttpStatusCode.OK, false), body.ToString());
        (await _rig.Client.GetAsync("/api/calendars/JP.csv")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Shares_OfAList_AreStored_AndWrittenDown()
    {
        var (status, body) = await PostAsync("/api/instruments/import", "exchange,code,name_zh,name_en,lot,price_tick\nHK,01211,比亚迪,BYD,100,0.01\nHK,00700,腾讯控股,Tencent,200,0.01\n");

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        (body.GetProperty("added").GetInt32(), body.GetProperty("replaced").GetInt32()).ShouldBe((1, 1));
        (await File.ReadAllTextAsync(Path.Combine(_rig.DataDirectory, "instruments", "stocks.csv"))).ShouldContain("HK,01211,比亚迪,BYD,100,0.01\n");
        (await _rig.Client.GetFromJsonAsync<JsonElement>("/api/audit?action=stocks")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string address, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(text, Encoding.UTF8, "text/csv") };
        return await _rig.SendAsync(request);
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
