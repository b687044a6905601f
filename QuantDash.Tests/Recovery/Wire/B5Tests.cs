using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery.Wire;

/// <summary>RELIABILITY.md B5: a program that posts garbage. No exception reaches the trading loop, an order whose report was garbage stays open and is never rejected by guess,
/// each answer names what was wrong, and nothing is applied by half. What a server answers us (429, 500, HTML) concerns ntfy alone: NtfyNotifierTests.</summary>
[Collection(Wire.Name)]
[Trait(Profile.Reliability, "B5")]
public sealed class B5Tests(WireFixture wire, ITestOutputHelper output) : IDisposable
{
    private const string Good = """{"client_order_id": "ORDER", "status": "filled", "filled_volume": 2, "trade_volume": 2, "price": 6000, "trade_id": "G1", "timestamp": "2026-11-20T02:00:00Z"}""";
    private readonly HttpClient _http = new() { BaseAddress = wire.App.Address };

    /// <summary>Content type, body, status, and what the answer has to name.</summary>
    private static readonly (string Type, string Body, HttpStatusCode Status, string Named)[] Reports =
    [
        ("text/html", "<html><h1>502 Bad Gateway</h1></html>", HttpStatusCode.UnsupportedMediaType, "not_json"),
        ("application/json", "<html><h1>502 Bad Gateway</h1></html>", HttpStatusCode.BadRequest, "malformed_json"),
        ("application/json", "", HttpStatusCode.BadRequest, "malformed_json"),
        ("application/json", "null", HttpStatusCode.UnprocessableEntity, "not_an_object"),
        ("application/json", "\"filled\"", HttpStatusCode.UnprocessableEntity, "not_an_object"),
        ("application/json", "[null]", HttpStatusCode.UnprocessableEntity, "[0]"),
        ("application/json", "[[[[]]]]", HttpStatusCode.UnprocessableEntity, "[0]"),
        ("application/json", new string('[', 1000) + new string(']', 1000), HttpStatusCode.BadRequest, "malformed_json"),
        ("application/json", Good[..^10], HttpStatusCode.BadRequest, "malformed_json"),
        ("application/json", Good + Good, HttpStatusCode.BadRequest, "malformed_json"),
        ("application/json", "{" + new string(' ', 10 * 1024 * 1024) + "}", HttpStatusCode.RequestEntityTooLarge, "body_too_large"),
        ("application/json", "{}", HttpStatusCode.UnprocessableEntity, "client_order_id"),
        ("application/json", With("client_order_id", "5"), HttpStatusCode.UnprocessableEntity, "client_order_id"),
        ("application/json", With("client_order_id", "\"a b\\u0000\""), HttpStatusCode.UnprocessableEntity, "client_order_id"),
        ("application/json", With("status", "1"), HttpStatusCode.UnprocessableEntity, "status"),
        ("application/json", With("status", "[\"filled\"]"), HttpStatusCode.UnprocessableEntity, "status"),
        ("application/json", With("status", "\"Filled!\""), HttpStatusCode.UnprocessableEntity, "status"),
        ("application/json", With("status", "\"filled\", \"status\": \"rejected\""), HttpStatusCode.UnprocessableEntity, "status"),
        ("application/json", With("status", "\"rejected\", \"status\": \"filled\""), HttpStatusCode.UnprocessableEntity, "status"),
        ("application/json", With("filled_volume", "\"2\""), HttpStatusCode.UnprocessableEntity, "filled_volume"),
        ("application/json", With("filled_volume", "\"NaN\""), HttpStatusCode.UnprocessableEntity, "filled_volume"),
        ("application/json", With("filled_volume", "NaN"), HttpStatusCode.BadRequest, "malformed_json"),
        ("application/json", With("filled_volume", "-2"), HttpStatusCode.UnprocessableEntity, "filled_volume"),
        ("application/json", With("trade_volume", "1e400"), HttpStatusCode.UnprocessableEntity, "trade_volume"),
        ("application/json", With("trade_volume", "{}"), HttpStatusCode.UnprocessableEntity, "trade_volume"),
        ("application/json", With("price", "\"Infinity\""), HttpStatusCode.UnprocessableEntity, "price"),
        ("application/json", With("price", "true"), HttpStatusCode.UnprocessableEntity, "price"),
        ("application/json", With("trade_id", "7"), HttpStatusCode.UnprocessableEntity, "trade_id"),
        ("application/json", With("trade_id", "\"" + new string('T', 1000) + "\""), HttpStatusCode.UnprocessableEntity, "trade_id"),
        ("application/json", With("timestamp", "\"yesterday\""), HttpStatusCode.UnprocessableEntity, "timestamp"),
    ];

    [Fact]
    public async Task B5_Garbage_IsNamed_AndTheOrderStaysOpen()
    {
        var (desk, order) = await PlacedAsync("garbage");
        foreach (var (type, body, expected, named) in Reports)
        {
            var (status, text) = await PostAsync($"api/bridge/{desk.Account}/reports", body.Replace("ORDER", order, StringComparison.Ordinal), type);
            var about = $"{type} {body[..Math.Min(body.Length, 200)]} → {(int)status} {text}";
            status.ShouldBe(expected, about);
            text.ShouldContain($"\"{named}", Case.Sensitive, about);
            (await desk.StatusAsync(order)).ShouldBeOneOf(["submitting", "intended", "unknown"], about);
        }
        (await desk.Books.CountAsync("trades", "count(*)")).ShouldBe(0);

        // Of several, the wrong one is named and takes nothing from the others: a fill is not lost because its neighbour was misspelled.
        var some = $"[{Good.Replace("ORDER", order, StringComparison.Ordinal)}, {With("status", "\"gone\"").Replace("ORDER", order, StringComparison.Ordinal)}]";
        var (mixed, answer) = await PostAsync($"api/bridge/{desk.Account}/reports", some);
        (mixed, answer.Contains("[1].status", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), answer);
        await desk.UntilStatusAsync(order, "filled");
        await desk.Books.FillsShouldBeTheLegsAsync(2, VenueDesk.Leg, "garbage");
        wire.App.Rebuilt.ShouldBe((0, null));
        await StormBooks.AuditShouldBeWholeAsync(wire.App.Client, "garbage");
        output.WriteLine($"{Reports.Length} kinds of garbage: all refused by name, the order open after each");
    }

    /// <summary>Positions and trades are taken whole or not at all.</summary>
    [Theory]
    [InlineData("api/position_snapshots", """{"account_id": "ACCOUNT", "complete": true, "positions": [{"symbol": "CZCE.TA2701", "long_position": 1, "long_today": 1}, {"symbol": "CZCE.TA2705", "long_position": "NaN"}]}""", "positions[1].long_position")]
    [InlineData("api/position_snapshots", """{"account_id": "ACCOUNT", "complete": true, "positions": [{"symbol": "CZCE.TA2701", "long_position": 1, "long_position": 2}]}""", "positions[0].long_position")]
    [InlineData("api/position_snapshots", """{"account_id": "ACCOUNT", "complete": true, "positions": {}}""", "positions")]
    [InlineData("api/position_snapshots", """{"account_id": "ACCOUNT", "complete": true, "positions": [{"symbol": "CZCE.TA2701", "long_pos""", "malformed_json")]
    [InlineData("api/trades", """{"account_id": "ACCOUNT", "trades": [{"trade_id": "X1", "symbol": "TA2701", "side": "sell", "offset": "close", "price": 6000, "volume": 3, "timestamp": "2026-11-21T02:00:00Z"}, {"trade_id": "X2", "symbol": "TA2701", "side": "sell", "price": "6000", "volume": 1, "timestamp": "2026-11-21T02:00:00Z"}]}""", "trades[1].price")]
    [InlineData("api/trades", """{"account_id": "ACCOUNT", "trades": [{"trade_id": "X1", "symbol": "TA2701", "side": "sell", "offset": "close", "price": 6000, "volume": 3, "volume": 4, "timestamp": "2026-11-21T02:00:00Z"}]}""", "trades[0].volume")]
    public async Task B5_GarbageInOneOfSeveralFacts_AppliesNone(string path, string body, string named)
    {
        var desk = await ReconciledAsync($"facts-{Math.Abs(body.GetHashCode(StringComparison.Ordinal))}");
        var (status, text) = await PostAsync(path, body.Replace("ACCOUNT", desk.Account, StringComparison.Ordinal));
        ((int)status).ShouldBeInRange(400, 422, text);
        text.ShouldContain(named);
        await desk.Books.FillsShouldBeTheLegsAsync(0, VenueDesk.Leg, body);
        wire.App.Rebuilt.ShouldBe((0, null));
        await StormBooks.AuditShouldBeWholeAsync(wire.App.Client, "garbage");
    }

    /// <summary>False: the server's own patience with slow bodies, five seconds, is over.</summary>
    private static async Task<bool> DripAsync(NetworkStream drip, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await drip.WriteAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A report that comes byte by byte and never ends holds up nobody, and counts as nothing.</summary>
    [Fact]
    public async Task B5_SlowDrip_HoldsUpNobody_AndCountsAsNothing()
    {
        var (desk, order) = await PlacedAsync("drip");
        var report = Encoding.UTF8.GetBytes(Good.Replace("ORDER", order, StringComparison.Ordinal));
        using var drip = new TcpClient();
        await drip.ConnectAsync(IPAddress.Loopback, wire.App.Address.Port);
        var wireOfDrip = drip.GetStream();
        await wireOfDrip.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/bridge/{desk.Account}/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TradingClient.Key}\r\nContent-Type: application/json\r\nContent-Length: {report.Length}\r\n\r\n"));
        for (var i = 0; i < 8; i++)
        {
            if (!await DripAsync(wireOfDrip, report.AsMemory(i, 1))) break;
            var clock = System.Diagnostics.Stopwatch.StartNew();
            (await PostAsync($"api/bridge/{desk.Account}/reports", """{"client_order_id": "NOBODY-1", "status": "accepted"}""")).Status.ShouldBe(HttpStatusCode.OK);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), "a drip must not hold up others");
        }
        drip.Client.LingerState = new(true, 0);
        drip.Close();
        (await desk.StatusAsync(order)).ShouldBeOneOf("intended", "submitting", "unknown");
        (await desk.Books.CountAsync("trades", "count(*)")).ShouldBe(0);
        wire.App.Rebuilt.ShouldBe((0, null));
        await StormBooks.AuditShouldBeWholeAsync(wire.App.Client, "garbage");
    }

    public void Dispose() => _http.Dispose();

    private async Task<VenueDesk> ReconciledAsync(string name)
    {
        var desk = await VenueDesk.OpenAsync(wire.Trader, name);
        var epoch = (await AskAsync(desk))["epoch"]!.GetValue<string>();
        await wire.App.Client.PostAsync("api/position_snapshots", desk.Venue.Snapshot(desk.Account, epoch, TimeProvider.System));
        return desk;
    }

    private async Task<(VenueDesk Desk, string Order)> PlacedAsync(string name)
    {
        var desk = await ReconciledAsync(name);
        var order = await desk.OrderAsync(2);
        var given = (await AskAsync(desk))["items"]!.AsArray().ShouldHaveSingleItem()!;
        given["client_order_id"]!.GetValue<string>().ShouldBe(order);
        return (desk, order);
    }

    private Task<JsonNode> AskAsync(VenueDesk desk) => wire.App.Client.GetAsync($"api/bridge/{desk.Account}/orders?wait=5&after=0");

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, string body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Authorization = new("Bearer", TradingClient.Key);
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The good report with one field as it should not be.</summary>
    private static string With(string field, string value)
    {
        var start = Good.IndexOf($"\"{field}\": ", StringComparison.Ordinal) + field.Length + 4;
        var end = Good.IndexOfAny([',', '}'], start);
        return Good[..start] + value + Good[end..];
    }
}
