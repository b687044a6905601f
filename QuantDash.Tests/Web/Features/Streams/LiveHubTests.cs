using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Features.Streams;

namespace QuantDash.Tests.Web.Features.Streams;

/// <summary>The hub as a program speaks with it: no client library of SignalR is to be had, and its JSON protocol is small.</summary>
public sealed class LiveHubTests
{
    private const char End = '\u001e';

    [Fact]
    public async Task Quotes_OfSeveralContracts_AreTold()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0), ApiRig.Tick(5300, 1, "DCE.v2505").Replace("5302", "5301", StringComparison.Ordinal).Replace("5298", "5299", StringComparison.Ordinal));
        using var program = await ProgramAsync(rig);
        await program.InvokeAsync("Quotes", "\"test\"", """["CZCE.TA2505","DCE.v2505"]""", "0");
        var first = new[] { await SnapshotAsync(program), await SnapshotAsync(program) };
        first.Select(item => $"{item.GetProperty("type").GetString()} {item.GetProperty("symbol").GetString()} {item.LastPrice()}").ShouldBe(["snapshot CZCE.TA2505 5500", "snapshot DCE.v2505 5300"], ignoreOrder: true);
        await rig.PushAsync(ApiRig.Tick(5504, 2));
        JsonElement quote;
        do quote = await program.ItemAsync();
        while (quote.LastPrice() != 5504m);
        rig.Services.GetRequiredService<StreamSeats>().Taken.ShouldBe(1);
    }

    [Fact]
    public async Task Account_TellsFundsAndPositions_AndAlertsWhatHappened()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        using var account = await ProgramAsync(rig);
        await account.InvokeAsync("Account", "\"Q1\"");
        (await account.ItemAsync()).GetProperty("equity").GetDecimal().ShouldBeGreaterThan(0m);
        (await rig.PostAsync("/api/orders", """{"account_id":"Q1","symbol":"TA505","action":"open","direction":"long","volume":3,"price":5510}""")).Status.ShouldBe(HttpStatusCode.Created);
        await rig.PushAsync(ApiRig.Tick(5500, 1));
        JsonElement told;
        do told = await account.ItemAsync();
        while (told.GetProperty("positions").GetArrayLength() == 0);
        told.GetProperty("positions")[0].GetProperty("long_position").GetDecimal().ShouldBe(3m);

        using var alerts = await ProgramAsync(rig);
        await alerts.InvokeAsync("Alerts", "0");
        (await alerts.ItemAsync()).GetProperty("resumed").GetBoolean().ShouldBeTrue();
        while ((await alerts.ItemAsync()).GetProperty("key").GetString() != "order.filled")
        {
            // What came before it.
        }
    }

    [Theory]
    [InlineData("Quotes", "\"nobody\"", "[\"TA505\"]", "0", "source unknown_source")]
    [InlineData("Quotes", "\"test\"", "[\"NOSUCH\"]", "0", "symbol")]
    [InlineData("Quotes", "\"test\"", "[]", "0", "symbols out_of_range")]
    [InlineData("Quotes", "\"test\"", "[\"TA505\"]", "5001", "pace_ms out_of_range")]
    public async Task Question_ThatMakesNoSense_IsAnsweredWithTheReason(string method, string first, string second, string third, string reason)
    {
        using var rig = await new ApiRig().ReadyAsync();
        using var program = await ProgramAsync(rig);
        await program.InvokeAsync(method, first, second, third);
        (await program.NextAsync(3)).GetProperty("error").GetString()!.ShouldContain(reason);
    }

    [Fact]
    public async Task Hub_WithoutAKeyThatReads_IsClosed_AndARevokedOneEndsIt()
    {
        using var rig = await new ApiRig(("QuantDash:Streams:MostPerCaller", "1")).ReadyAsync();
        (await rig.RefusedAsync("/hubs/live", key: null)).ShouldBe(401);
        (await rig.RefusedAsync("/hubs/live", key: "qd_wrong")).ShouldBe(401);
        (await rig.RefusedAsync("/hubs/live", origin: "https://evil.example")).ShouldBe(403);

        var made = (await rig.PostAsync("/api/keys", """{"name":"viewer","scopes":["read"]}""")).Body;
        using var program = await ProgramAsync(rig, made.GetProperty("key").GetString());
        await program.InvokeAsync("Alerts", "null");
        await program.ItemAsync();
        await program.InvokeAsync("Alerts", "null");
        (await program.NextAsync(3)).GetProperty("error").GetString()!.ShouldContain("too_many_streams");
        using var revoke = new HttpRequestMessage(HttpMethod.Delete, $"/api/keys/{made.GetProperty("id").GetString()}");
        (await rig.SendAsync(revoke)).Status.ShouldBe(HttpStatusCode.NoContent);
        await program.EndsAsync();
        // The seat is free when the server's side of the stream has ended, too.
        var seats = rig.Services.GetRequiredService<StreamSeats>();
        (await TradingClient.EventuallyAsync(() => Task.FromResult(seats.Taken), taken => taken == 0)).ShouldBe(0);
    }

    /// <summary>A quote that repeats what a snapshot says may come before the other one (docs/streams.md).</summary>
    private static async Task<JsonElement> SnapshotAsync(HubProgram program)
    {
        while (true)
        {
            if (await program.ItemAsync() is var item && item.GetProperty("type").GetString() == "snapshot") return item;
        }
    }

    private static async Task<HubProgram> ProgramAsync(ApiRig rig, string? key = ApiRig.AdminKey)
    {
        var program = new HubProgram(await rig.ConnectAsync("/hubs/live", key));
        await program.GreetAsync();
        return program;
    }

    private sealed class HubProgram(WebSocket socket) : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
        private readonly Queue<JsonElement> _come = new();
        private string _rest = "";
        private int _invocations;

        public async Task GreetAsync()
        {
            await SendAsync("""{"protocol":"json","version":1}""");
            await ReceiveAsync();
            _come.Dequeue().EnumerateObject().ShouldBeEmpty();
        }

        public Task InvokeAsync(string target, params string[] arguments) => SendAsync($$"""{"type":4,"invocationId":"{{++_invocations}}","target":"{{target}}","arguments":[{{string.Join(',', arguments)}}]}""");

        public async Task<JsonElement> ItemAsync() => (await NextAsync(2)).GetProperty("item");

        public async Task<JsonElement> NextAsync(int type)
        {
            while (true)
            {
                while (_come.Count == 0) await ReceiveAsync();
                if (_come.Dequeue() is var message && message.TryGetProperty("type", out var kind) && kind.GetInt32() == type) return message;
            }
        }

        public async Task EndsAsync()
        {
            try
            {
                while (socket.State == WebSocketState.Open) await ReceiveAsync();
            }
            catch (Exception error) when (error is WebSocketException or IOException)
            {
                // Without a word.
            }
        }

        public void Dispose() => socket.Dispose();

        private Task SendAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, CancellationToken.None);

        private async Task ReceiveAsync()
        {
            var buffer = new byte[256 * 1024];
            using var patience = new CancellationTokenSource(Patience);
            var read = await socket.ReceiveAsync(buffer, patience.Token);
            var parts = (_rest + Encoding.UTF8.GetString(buffer, 0, read.Count)).Split(End);
            _rest = parts[^1];
            foreach (var part in parts[..^1]) _come.Enqueue(JsonSerializer.Deserialize<JsonElement>(part));
        }
    }
}
