using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Security;

/// <summary>RELIABILITY.md E9: whoever keeps the door busy, on real sockets: requests that never end, bodies larger than allowed, more connections than there are. What trades goes on.
/// (The shares of each caller: RequestLimitTests.)</summary>
[Trait(Profile.Reliability, "E9")]
[Collection(OneAtATime.Name)]
public sealed class E9Tests
{
    private const string Symbol = "CZCE.TA2505";
    private int _second;

    [Fact]
    public async Task RequestsThatNeverEnd_AreClosed_AndARuleFiresMeanwhile()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var client = TradingClient.Of(app);
        var account = await ArmedAsync(client);
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 300; i++) slow.Add(await BeganAsync(app, i % 2 == 0 ? "GET /api/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nX-" : $"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nname=a"));

            await TickAsync(client, 5100);
            (await TradingClient.EventuallyAsync(() => client.ExecutionsAsync(account), found => found.Count == 1)).Count.ShouldBe(1);
            foreach (var connection in slow) await MustEndAsync(connection);
        }
        finally
        {
            slow.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task MoreConnectionsThanThereAre_AreRefused_AndThoseThatStandGoOn()
    {
        const int most = 40;
        var settings = TradingClient.Settings();
        settings["QuantDash__Limits__Connections"] = most.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var app = await AppProcess.StartAsync(settings);
        var client = TradingClient.Of(app);
        var account = await ArmedAsync(client);
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < most * 2; i++) idle.Add(await BeganAsync(app, "GET / HTTP/1.1\r\n"));
            await TickAsync(client, 5100);
            (await TradingClient.EventuallyAsync(() => client.ExecutionsAsync(account), found => found.Count == 1)).Count.ShouldBe(1);
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }

        using var another = new HttpClient();
        (await TradingClient.EventuallyAsync(() => StatusAsync(another, app), status => status == HttpStatusCode.OK)).ShouldBe(HttpStatusCode.OK, "the door opens again when they are gone");
    }

    [Theory]
    [InlineData("api/orders")]
    [InlineData("api/ticks?source=slow")]
    [InlineData("api/ticks/import?source=slow&symbol=CZCE.TA2505")]
    [InlineData("sign-in")]
    public async Task Body_LargerThanAllowed_IsRefusedBeforeItIsRead(string path)
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        using var connection = await BeganAsync(app, $"POST /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TradingClient.Key}\r\nContent-Type: application/json\r\nContent-Length: 900000000000\r\n\r\n[");
        (await AnswerAsync(connection)).ShouldMatch("HTTP/1.1 (413|400|415|422)");
    }

    private async Task<string> ArmedAsync(TradingClient client)
    {
        await client.SourceAsync("slow", "ticks", always: true);
        await TickAsync(client, 5000);
        var account = await client.AccountAsync("slow", "slow");
        await client.HoldAsync(account, Symbol, "long", 2, 4900);
        await client.RuleAsync(new JsonObject { ["account_id"] = account, ["symbol"] = Symbol, ["direction"] = "long", ["trigger_type"] = "price", ["trigger_price"] = 5100, ["auto_execute"] = true });
        return account;
    }

    private async Task TickAsync(TradingClient client, decimal price)
    {
        for (var i = 0; i < 2; i++)
        {
            await client.TicksAsync("slow", [new JsonObject
            {
                ["symbol"] = Symbol, ["timestamp"] = new DateTimeOffset(2025, 1, 6, 1, 30, 0, TimeSpan.Zero).AddSeconds(++_second).ToUnixTimeMilliseconds(),
                ["last_price"] = price, ["bid_price"] = price - 2, ["bid_volume"] = 500, ["ask_price"] = price + 2, ["ask_volume"] = 500,
            }]);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, AppProcess app)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(app.Address, "health"));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return HttpStatusCode.ServiceUnavailable;
        }
    }

    private static async Task<TcpClient> BeganAsync(AppProcess app, string text)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, app.Address.Port);
        try
        {
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        }
        catch (IOException)
        {
            // Refused already, which is one of the answers.
        }

        return connection;
    }

    /// <summary>The server ends it, with an answer or without.</summary>
    private static async Task MustEndAsync(TcpClient connection) => await AnswerAsync(connection);

    private static async Task<string> AnswerAsync(TcpClient connection)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var answer = new MemoryStream();
        try
        {
            await connection.GetStream().CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // Cut off: it has ended.
        }

        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
