using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace QuantDash.Tests.Web.Api;

public sealed class LockApiTests : IDisposable
{
    private readonly ApiRig _api = new();

    /// <summary>Seed 000, scenario 1: 10 lots, profit ≥ 10,000 → 8 lots locked, locked profit reported.</summary>
    [Fact]
    public async Task Seed_ProfitRule_LocksEightOfTenLots()
    {
        await _api.ReadyAsync();
        await _api.PushAsync(ApiRig.Tick(5000, 0));
        await HoldAsync("CZCE.TA2505", longLots: 10, averagePrice: 5000);
        var (status, rule) = await _api.PostAsync("/api/lock/configs", Seed("""
            {"account_id": "xxx", "symbol": "CZCE.TA2505", "direction": "long", "trigger_type": "profit", "profit_lock_enabled": true,
             "profit_lock_threshold": 10000, "profit_lock_ratio": 0.8, "auto_execute": true}
            """));
        status.ShouldBe(HttpStatusCode.Created, rule.ToString());
        rule.GetProperty("fires_now").GetBoolean().ShouldBeFalse();

        await _api.PushAsync(ApiRig.Tick(5198, 1), ApiRig.Tick(5200, 2), ApiRig.Tick(5200, 3));

        var execution = await WaitForAsync(p => p.GetProperty("short_position").GetDecimal() == 8);
        execution.GetProperty("long_locked_volume").GetDecimal().ShouldBe(8);
        execution.GetProperty("is_long_locked").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"account_id":"xxx","symbol":"DCE.v2505","direction":"short","trigger_type":"price","trigger_price":2800,"profit_lock_ratio":1.0,"auto_execute":false}""")]
    [InlineData("""{"account_id":"xxx","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","stop_loss_price":5400,"profit_lock_ratio":1.0,"auto_execute":true}""")]
    public async Task Seed_OtherBodies_AreAcceptedAsWritten(string body)
    {
        await _api.ReadyAsync();
        var (status, rule) = await _api.PostAsync("/api/lock/configs", Seed(body));
        status.ShouldBe(HttpStatusCode.Created, rule.ToString());
        var list = (await _api.GetAsync("/api/lock/configs")).Body.GetProperty("items").EnumerateArray().ToList();
        list.ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(rule.GetProperty("id").GetString());
        (await _api.GetAsync($"/api/lock/configs/{rule.GetProperty("id").GetString()}/explain")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Rule_WithManyMistakes_IsRefusedNamingThemAll_AndNothingIsKept()
    {
        await _api.ReadyAsync();
        var (status, problem) = await _api.PostAsync("/api/lock/configs", """
            {"account_id":"nobody","symbol":"CZCE.XX2505","direction":"up","trigger_type":"sometimes","profit_lock_ratio":1.2,"profit_lock_threshold":"10000",
             "stop_loss_price":-1,"confirm_ticks":0.5,"auto_execute":"yes","valid_until":"tomorrow","note":"x","note":"y"}
            """);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(problem).ShouldBe(
            [
                "account_id unknown_account", "symbol unknown_symbol", "direction not_allowed", "trigger_type not_allowed", "profit_lock_ratio ratio_range",
                "profit_lock_threshold not_a_number", "stop_loss_price not_positive", "confirm_ticks not_an_integer", "auto_execute not_a_boolean",
                "valid_until not_a_time", "note duplicate_field",
            ],
            ignoreOrder: true);
        (await _api.GetAsync("/api/lock/configs")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Put_ChangesOnlyWhatIsGiven_AndNullClears()
    {
        await _api.ReadyAsync();
        var (_, rule) = await _api.PostAsync("/api/lock/configs", Seed(
            """{"account_id":"xxx","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5600,"stop_loss_price":5400}"""));
        var path = "/api/lock/configs/" + rule.GetProperty("id").GetString();
        var (status, changed) = await _api.PutAsync(path, """{"trigger_price":5610,"stop_loss_price":null}""");
        status.ShouldBe(HttpStatusCode.OK, changed.ToString());
        changed.GetProperty("trigger_price").GetDecimal().ShouldBe(5610);
        changed.GetProperty("stop_loss_price").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.GetProperty("direction").GetString().ShouldBe("long");

        var (refused, problem) = await _api.PutAsync(path, """{"trigger_price":5611,"direction":null}""");
        refused.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(problem).ShouldBe(["trigger_price off_tick", "direction required"], ignoreOrder: true);

        (await _api.SendAsync(new(HttpMethod.Delete, path))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _api.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.PutAsync(path, "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Repeat_WithTheSameKey_IsTheSameRule_AndAnotherBodyIsRefused()
    {
        await _api.ReadyAsync();
        var body = Seed("""{"account_id":"xxx","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5600}""");
        var first = await _api.PostAsync("/api/lock/configs", body, "k1");
        var second = await _api.PostAsync("/api/lock/configs", body, "k1");
        second.Status.ShouldBe(HttpStatusCode.Created);
        second.Body.ToString().ShouldBe(first.Body.ToString());
        (await _api.PostAsync("/api/lock/configs", body.Replace("5600", "5610"), "k1")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _api.GetAsync("/api/lock/configs")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Ticks_AreCountedByReason_AndWrongTypesTakeNothing()
    {
        await _api.ReadyAsync();
        var counted = await _api.PushAsync(
            ApiRig.Tick(5000, 0), ApiRig.Tick(5000, 0), ApiRig.Tick(5001, 1), ApiRig.Tick(-5000, 2), ApiRig.Tick(5000, 3, "CZCE.XX2505"));
        counted.GetProperty("accepted").GetInt32().ShouldBe(1);
        counted.GetProperty("rejected").GetInt32().ShouldBe(4);
        counted.GetProperty("reasons").EnumerateObject().Select(r => r.Name)
            .ShouldBe(["duplicate", "off_tick", "not_positive", "unknown_symbol"], ignoreOrder: true);

        var (status, problem) = await _api.PostAsync("/api/ticks?source=test", """
            [{"symbol":"CZCE.TA2505","timestamp":"2025-01-06T01:31:00Z","last_price":5000},
             {"symbol":5,"timestamp":"2025-01-06T01:31:01","last_price":"5000","last_price":1},{"symbol":"x"},7]
            """);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(problem).ShouldBe(
            [
                "items[1].symbol not_text", "items[1].timestamp not_a_time", "items[1].last_price not_a_number", "items[1].last_price duplicate_field",
                "items[2].timestamp required", "items[2].last_price required", "items[3] not_an_object",
            ],
            ignoreOrder: true);
        var source = (await _api.GetAsync("/api/sources")).Body.GetProperty("items").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "test");
        source.GetProperty("accepted").GetInt64().ShouldBe(1);
    }

    /// <summary>A rule on a perpetual decides by <c>mark_price</c>; where a contract has none it is refused.</summary>
    [Fact]
    public async Task MarkPrice_OfATick_IsWhatAMarkRuleDecidesBy()
    {
        await _api.ReadyAsync();
        var account = (await _api.PostAsync("/api/accounts", """{"name":"coins","venue":"simulated","currency":"USDT","source":"test"}""")).Body.GetProperty("id").GetString();
        await _api.PushAsync(Btc(60_000, 0, """,  "mark_price": 60000.04 """));
        await _api.PostAsync("/api/position_snapshots", $$"""{"account_id":"{{account}}","positions":[{"symbol":"BINANCE.BTCUSDT","long_position":1,"long_avg_price":60000}]}""");
        static string Rule(string symbol, string named) => $$"""{"account_id":"{{named}}","symbol":"{{symbol}}","direction":"long","trigger_type":"price","stop_loss_price":59000,"price_source":"mark"}""";

        ApiRig.Codes((await _api.PostAsync("/api/lock/configs", Rule("CZCE.TA2505", _api.Account))).Body).ShouldContain("price_source no_mark_price");
        var (status, rule) = await _api.PostAsync("/api/lock/configs", Rule("BINANCE.BTCUSDT", account!));
        status.ShouldBe(HttpStatusCode.Created, rule.ToString());
        rule.GetProperty("price_source").GetString().ShouldBe("mark");
        await _api.PushAsync(Btc(58_900, 1), Btc(60_000, 2, ""","mark_price":58999.96"""));

        var trigger = (await _api.GetAsync("/api/lock/triggers")).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        trigger.GetProperty("trigger_price").GetDecimal().ShouldBe(59_000m);
        var refused = await _api.PushAsync(Btc(60_000, 3, ""","mark_price":-1"""));
        refused.GetProperty("reasons").GetProperty("not_positive").GetInt32().ShouldBe(1);
    }

    private static string Btc(double last, int second, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"symbol":"BINANCE.BTCUSDT","timestamp":"2025-01-06T01:30:{{second:00}}Z","last_price":{{last}}{{more}}}""");

    [Fact]
    public async Task Ticks_OfAWholeDay_AreTakenInOneBody()
    {
        await _api.ReadyAsync();
        var start = new DateTimeOffset(2025, 1, 6, 1, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var ticks = Enumerable.Range(0, 28_000).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"symbol":"CZCE.TA2505","timestamp":{{start + (i * 500)}},"last_price":{{5000 + (i % 7 * 2)}},"volume":{{i}},"open_interest":50000,"bid_price":4998,"bid_volume":12,"ask_price":5014,"ask_volume":7,"open_price":5000,"high_price":5020,"low_price":4990,"pre_settlement":4995.5,"upper_limit":5300,"lower_limit":4700}"""));
        var answer = await _api.PushAsync([.. ticks]);
        answer.GetProperty("accepted").GetInt32().ShouldBe(28_000, answer.ToString());
    }

    [Theory]
    [InlineData("not json", 400, "malformed_json")]
    [InlineData("", 400, "empty_body")]
    [InlineData("{}", 422, "not_an_array")]
    [InlineData("[{]", 400, "malformed_json")]
    [InlineData("[] x", 400, "malformed_json")]
    public async Task Ticks_ThatAreNoArray_AreRefused(string body, int status, string code)
    {
        await _api.ReadyAsync();
        var answer = await _api.PostAsync("/api/ticks?source=test", body);
        ((int)answer.Status).ShouldBe(status);
        answer.Body.ToString().ShouldContain(code);
    }

    [Fact]
    public async Task Bodies_ThatAreTooLargeOrNoJson_AreRefused()
    {
        await _api.ReadyAsync();
        (await _api.PostAsync("/api/ticks?source=test", ApiRig.Large(33 * 1024 * 1024))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await _api.PostAsync("/api/lock/configs", ApiRig.Large(2 * 1024 * 1024))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/api/lock/configs") { Content = new StringContent("a=b") };
        (await _api.SendAsync(form)).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Snapshot_WithMistakes_IsRefusedNamingThemAll()
    {
        await _api.ReadyAsync();
        var (status, problem) = await _api.PostAsync("/api/position_snapshots", Seed("""
            {"account_id":"xxx","positions":[{"symbol":"CZCE.TA2505","long_position":-1},{"symbol":"TA505","long_position":3,"long_today":4},
             {"long_position":1},{"symbol":"DCE.v2505","long_position":1.5,"long_avg_price":-2}]}
            """));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(problem).ShouldBe(
            [
                "positions[0].long_position negative", "positions[1].long_today today_exceeds_position", "positions[1].symbol duplicate_symbol",
                "positions[2].symbol required", "positions[3].long_position off_step", "positions[3].long_avg_price negative",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Account_OfALaterVenue_IsNotAvailable()
    {
        var (status, problem) = await _api.PostAsync("/api/accounts", """{"name":"x","venue":"ctp","currency":"CNY"}""");
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(problem).ShouldBe(["venue not_available"]);
    }

    [Fact]
    public async Task Health_AndTheDocument_Answer()
    {
        (await _api.GetAsync("/health")).Body.GetProperty("status").GetString().ShouldBe("ok");
        var document = (await _api.GetAsync("/openapi/v1.json")).Body;
        document.GetProperty("paths").GetProperty("/api/lock/configs").GetProperty("post").GetProperty("requestBody").ValueKind.ShouldBe(JsonValueKind.Object);
        document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ShouldAllBe(p => p.StartsWith("/api/", StringComparison.Ordinal) || p == "/health");
        (await _api.Client.GetAsync("/docs/index.html")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public void Dispose() => _api.Dispose();

    private string Seed(string body) => body.Replace("\"xxx\"", $"\"{_api.Account}\"");

    private async Task HoldAsync(string symbol, int longLots, decimal averagePrice)
    {
        var (status, body) = await _api.PostAsync("/api/position_snapshots", Seed(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"account_id":"xxx","complete":true,"positions":[{"symbol":"{{symbol}}","long_position":{{longLots}},"long_avg_price":{{averagePrice}},"short_position":0}]}""")));
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
    }

    private async Task<JsonElement> WaitForAsync(Func<JsonElement, bool> wanted)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var items = (await _api.GetAsync("/api/positions")).Body.GetProperty("items").EnumerateArray().ToList();
            if (items.Find(i => wanted(i)) is { ValueKind: JsonValueKind.Object } found) return found;
            if (patience.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException(string.Join('\n', items) + (await _api.GetAsync("/api/lock/configs")).Body);
            await Task.Delay(50);
        }
    }
}
