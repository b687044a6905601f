using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuantDash.Core.Engine;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Features.Streams;

namespace QuantDash.Tests.Web.Features.Streams;

public sealed class MarketSocketTests
{
    private const string EveryTick = "/ws/market/CZCE.TA2505?source=test&pace_ms=0";

    [Fact]
    public async Task Socket_TellsHowItStandsThenEveryTickInOrder()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        using var socket = await rig.ConnectAsync(EveryTick);

        var first = await socket.NextAsync();
        (first.GetProperty("type").GetString(), first.LastPrice(), first.GetProperty("resumed").GetBoolean(), first.GetProperty("replay").GetBoolean()).ShouldBe(("snapshot", 5500m, false, true));
        (first.GetProperty("health").GetString(), first.GetProperty("source").GetString()).ShouldBe(("live", "test"));
        await rig.PushAsync(ApiRig.Tick(5502, 1), ApiRig.Tick(5504, 2), ApiRig.Tick(5506, 3));

        var told = new List<JsonElement>();
        while (told.Count < 3)
        {
            // What the first message said may come once more: it was on its way when we asked.
            if (await socket.NextAsync("quote") is var quote && quote.LastPrice() != 5500m) told.Add(quote);
        }

        told.Select(message => message.LastPrice()).ShouldBe([5502m, 5504m, 5506m]);
        var last = told[^1].GetProperty("quote");
        (last.GetProperty("bid_price").GetDecimal(), last.GetProperty("ask_price").GetDecimal(), last.GetProperty("ask_volume").GetDecimal(), last.GetProperty("volume").GetDecimal(), last.GetProperty("timestamp").GetString())
            .ShouldBe((5504m, 5508m, 500m, 1003m, "2025-01-06T01:30:03.000Z"));
        told.Zip(told.Skip(1)).ShouldAllBe(pair => pair.Second.Sequence() > pair.First.Sequence());
    }

    [Fact]
    public async Task Socket_AtAPace_SendsTheLatestAndLeavesOutWhatItOvertook()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        using var socket = await rig.ConnectAsync("/ws/market/TA2505?pace_ms=1000");
        var sequence = (await socket.NextAsync()).Sequence();
        for (var second = 1; second <= 30; second++) await rig.PushAsync(ApiRig.Tick(5500 + (2 * second), second));

        var (quotes, price) = (0, 0m);
        for (long at = sequence; price < 5560; quotes++)
        {
            var message = await socket.NextAsync("quote");
            message.Sequence().ShouldBeGreaterThan(at);
            (at, price) = (message.Sequence(), message.LastPrice());
        }

        quotes.ShouldBeLessThan(30);
    }

    [Fact]
    public async Task Socket_ComingAgain_GoesOnAfterTheNumberItHasSeen_OrBeginsAnew()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        string epoch;
        long seen;
        using (var socket = await rig.ConnectAsync(EveryTick))
        {
            epoch = (await socket.NextAsync()).GetProperty("epoch").GetString()!;
            await rig.PushAsync(ApiRig.Tick(5502, 1));
            JsonElement quote;
            do quote = await socket.NextAsync("quote");
            while (quote.LastPrice() != 5502m);
            seen = quote.Sequence();
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        await rig.PushAsync(ApiRig.Tick(5504, 2), ApiRig.Tick(5506, 3));
        using (var again = await rig.ConnectAsync($"{EveryTick}&epoch={epoch}&after={seen}"))
        {
            var first = await again.NextAsync();
            (first.GetProperty("resumed").GetBoolean(), first.Sequence(), first.GetProperty("quote").ValueKind).ShouldBe((true, seen, JsonValueKind.Null));
            ((await again.NextAsync("quote")).LastPrice(), (await again.NextAsync("quote")).LastPrice()).ShouldBe((5504m, 5506m));
        }

        foreach (var position in new[] { $"epoch=another&after={seen}", $"after={seen}", $"epoch={epoch}&after={seen + 1000}" })
        {
            using var anew = await rig.ConnectAsync($"{EveryTick}&{position}");
            var first = await anew.NextAsync();
            (first.GetProperty("resumed").GetBoolean(), first.LastPrice()).ShouldBe((false, 5506m), position);
        }
    }

    [Fact]
    public async Task Socket_WhoseNumberIsTooOld_BeginsAnewWithTheLatest()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        using var socket = await rig.ConnectAsync(EveryTick);
        var first = await socket.NextAsync();
        var tape = rig.Services.GetRequiredService<MarketBoard>().Follow(new("test"), QuantDash.Core.Primitives.Symbol.Create("CZCE", "TA2505"));
        var ticks = Enumerable.Range(0, 600).Select(i => $$"""{"symbol":"CZCE.TA2505","timestamp":"2025-01-06T01:31:{{i / 20:00}}.{{i % 20 * 50:000}}Z","last_price":{{5500 + (2 * (i % 7))}},"volume":{{2000 + i}}}""");
        await rig.PushAsync([.. ticks]);
        while (tape.Changes.LastNumber < 600) await Task.Delay(20);

        using var again = await rig.ConnectAsync($"{EveryTick}&epoch={first.GetProperty("epoch").GetString()}&after={first.Sequence()}");
        var begun = await again.NextAsync();
        (begun.GetProperty("resumed").GetBoolean(), begun.Sequence()).ShouldBe((false, tape.Changes.LastNumber));
    }

    /// <summary>No tick says that there are none.</summary>
    [Fact]
    public async Task Socket_WhoseFeedFallsSilent_IsToldThatItsQuoteIsStale()
    {
        using var rig = await new ApiRig(services => services.AddSingleton(new EngineOptions { StaleAfter = TimeSpan.FromMilliseconds(500) })).ReadyAsync();
        (await rig.PostAsync("/api/sources", """{"name":"live","clock":"wall","overrides":{"sessions":"always","expiry":"none"}}""")).Status.ShouldBe(HttpStatusCode.Created);
        using var socket = await rig.ConnectAsync("/ws/market/CZCE.TA2505?source=live");
        (await socket.NextAsync()).GetProperty("quote").ValueKind.ShouldBe(JsonValueKind.Null);
        var silent = socket.NextAsync("health");
        for (var volume = 1000; !silent.IsCompleted; volume++)
        {
            // Ticks for a while, then none: it is live when it is first looked at.
            if (volume < 1030) await rig.PostAsync("/api/ticks?source=live", $$"""[{"symbol":"CZCE.TA2505","timestamp":"{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ}}","last_price":5000,"volume":{{volume}}}]""");
            await Task.WhenAny(silent, Task.Delay(100));
        }

        (await silent).GetProperty("health").GetString().ShouldBe("stale");
    }

    [Fact]
    public async Task Socket_ThatIsNotGranted_IsRefusedBeforeItOpens()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        (await rig.RefusedAsync("/ws/market/CZCE.NOSUCH99")).ShouldBe(404);
        (await rig.RefusedAsync("/ws/market/CZCE.TA2505?source=nobody")).ShouldBe(422);
        (await rig.RefusedAsync("/ws/market/CZCE.TA2505?pace_ms=5001")).ShouldBe(422);
        (await rig.RefusedAsync("/ws/market/CZCE.TA2505?after=-1")).ShouldBe(422);
        (await rig.RefusedAsync("/ws/market/CZCE.TA2505", key: null)).ShouldBe(401);
        (await rig.RefusedAsync("/ws/market/CZCE.TA2505", key: "qd_wrong")).ShouldBe(401);
        (await rig.RefusedAsync("/ws/market/CZCE.TA2505", origin: "https://evil.example")).ShouldBe(403);
        (await rig.GetAsync("/ws/market/CZCE.TA2505")).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await rig.PostAsync("/api/sources", """{"name":"second","clock":"ticks","overrides":{"sessions":"always","expiry":"none"}}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await rig.PostAsync("/api/ticks?source=second", $"[{ApiRig.Tick(5600, 0)}]")).Status.ShouldBe(HttpStatusCode.OK);
        (await rig.RefusedAsync("/ws/market/CZCE.TA2505")).ShouldBe(422, "two sources quote it");
        using var named = await rig.ConnectAsync($"/ws/market/CZCE.TA2505?account_id={rig.Account}");
        (await named.NextAsync()).LastPrice().ShouldBe(5500m);
    }

    [Fact]
    public async Task Socket_AboveThePlacesOfItsCaller_IsRefused_UntilOneIsFree()
    {
        using var rig = await new ApiRig(("QuantDash:Streams:MostPerCaller", "1")).ReadyAsync();
        using (var first = await rig.ConnectAsync(EveryTick))
        {
            await first.NextAsync();
            (await rig.RefusedAsync("/ws/alerts")).ShouldBe(429);
            await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        var seats = rig.Services.GetRequiredService<StreamSeats>();
        while (seats.Taken > 0) await Task.Delay(10);
        using var next = await rig.ConnectAsync("/ws/alerts");
        (await next.NextAsync()).GetProperty("type").GetString().ShouldBe("snapshot");
    }

    [Fact]
    public async Task Socket_WhoseKeyIsRevoked_IsClosedWithinHalfAMinute()
    {
        using var rig = await new ApiRig().ReadyAsync();
        var made = (await rig.PostAsync("/api/keys", """{"name":"viewer","scopes":["read"]}""")).Body;
        using var socket = await rig.ConnectAsync(EveryTick, made.GetProperty("key").GetString());
        await socket.NextAsync();
        using var revoke = new HttpRequestMessage(HttpMethod.Delete, $"/api/keys/{made.GetProperty("id").GetString()}");
        (await rig.SendAsync(revoke)).Status.ShouldBe(HttpStatusCode.NoContent);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var end = await socket.NextAsync();
        (end.GetProperty("code").GetInt32(), end.GetProperty("reason").GetString()).ShouldBe(((int)WebSocketCloseStatus.PolicyViolation, "not_signed_in"));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Sockets_WhenTheHostStops_AreClosedWithTheReason()
    {
        using var rig = await new ApiRig().ReadyAsync();
        using var market = await rig.ConnectAsync(EveryTick);
        using var alerts = await rig.ConnectAsync("/ws/alerts");
        await market.NextAsync();
        await alerts.NextAsync();
        rig.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        foreach (var socket in new[] { market, alerts })
            (await socket.NextAsync("closed")).GetProperty("reason").GetString().ShouldBe("stopping");
    }

    [Fact]
    public async Task Socket_ThatIsToldTooMuch_IsClosed()
    {
        using var rig = await new ApiRig().ReadyAsync();
        using var socket = await rig.ConnectAsync(EveryTick);
        await socket.NextAsync();
        await socket.SendAsync(new byte[100], WebSocketMessageType.Text, true, CancellationToken.None);
        await socket.SendAsync(new byte[8192], WebSocketMessageType.Text, true, CancellationToken.None);
        (await socket.NextAsync("closed")).GetProperty("code").GetInt32().ShouldBe((int)WebSocketCloseStatus.MessageTooBig);
    }

    /// <summary>A hostile or a broken program: two hundred connections that come and go as they like leave nothing behind, and nobody waits for them.</summary>
    [Fact]
    public async Task Sockets_ThatComeAndGoAtRandom_LeaveNothingBehind()
    {
        using var rig = await new ApiRig(("QuantDash:Streams:MostPerCaller", "20")).ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        var random = new Random(20261122);
        var seats = rig.Services.GetRequiredService<StreamSeats>();
        for (var round = 0; round < 20; round++)
        {
            var open = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => rig.ConnectAsync(i % 2 == 0 ? EveryTick : "/ws/alerts")));
            seats.Taken.ShouldBe(10);
            await rig.PushAsync(ApiRig.Tick(5500 + (2 * random.Next(5)), round + 1));
            foreach (var socket in open)
            {
                if (random.Next(2) == 0) socket.Abort();
                else await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                socket.Dispose();
            }

            var patience = System.Diagnostics.Stopwatch.StartNew();
            while (seats.Taken > 0)
            {
                patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
                await Task.Delay(5);
            }
        }
    }
}
