using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Features.Streams;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Features.Streams;

public sealed class AlertSocketTests
{
    [Fact]
    public async Task Socket_TellsTheLatestThenEveryEventWithoutAGap()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5000, 0));
        await OrderAsync(rig);
        using var socket = await rig.ConnectAsync("/ws/alerts");
        var first = await socket.NextAsync();
        first.GetProperty("resumed").GetBoolean().ShouldBeFalse();
        first.GetProperty("items").EnumerateArray().Select(item => item.Sequence()).ShouldBeInOrder();
        first.GetProperty("items").EnumerateArray().Last().Sequence().ShouldBe(first.Sequence());

        await OrderAsync(rig);
        await rig.PushAsync(ApiRig.Tick(5000, 1));
        var sequence = first.Sequence();
        var texts = new List<string>();
        while (!texts.Exists(text => text.StartsWith("order.filled", StringComparison.Ordinal)))
        {
            var told = await socket.NextAsync();
            told.Sequence().ShouldBe(++sequence);
            texts.Add($"{told.GetProperty("key").GetString()} {told.GetProperty("text").GetString()}");
        }
    }

    [Fact]
    public async Task Order_ByHandThatItsVenueRefuses_IsTold()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5000, 0));
        using var socket = await rig.ConnectAsync("/ws/alerts");
        await socket.NextAsync();
        await OrderAsync(rig, volume: 900);
        await rig.PushAsync(ApiRig.Tick(5000, 1));
        JsonElement told;
        do told = await socket.NextAsync();
        while (told.GetProperty("key").GetString() != "order.rejected");
        (told.GetProperty("severity").GetString(), told.GetProperty("symbol").GetString()).ShouldBe(("warning", "CZCE.TA2505"));
    }

    [Fact]
    public async Task Socket_ComingAgain_GetsWhatItMissed()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5000, 0));
        long seen;
        using (var socket = await rig.ConnectAsync("/ws/alerts"))
        {
            seen = (await socket.NextAsync()).Sequence();
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        await OrderAsync(rig);
        await rig.PushAsync(ApiRig.Tick(5000, 1));
        using var again = await rig.ConnectAsync($"/ws/alerts?after={seen}");
        var first = await again.NextAsync();
        (first.GetProperty("resumed").GetBoolean(), first.Sequence(), first.GetProperty("items").GetArrayLength()).ShouldBe((true, seen, 0));
        (await again.NextAsync()).Sequence().ShouldBe(seen + 1);
        using var ahead = await rig.ConnectAsync($"/ws/alerts?after={seen + 1_000_000}");
        (await ahead.NextAsync()).GetProperty("resumed").GetBoolean().ShouldBeFalse();
        (await rig.RefusedAsync("/ws/alerts?after=abc")).ShouldBe(422);
    }

    /// <summary>A process that was just started has nothing in memory: what it told before stands in the database.</summary>
    [Fact]
    public async Task Stream_AfterARestart_GoesOnFromTheStoredTape()
    {
        using var rig = await new ApiRig().ReadyAsync();
        var tape = new EventTape<TapeEvent>(4, item => item.Number);
        tape.ResumeAfter(1200);
        var stream = new AlertStream(tape, new StoredTape(1200), new(), rig.Services.GetRequiredService<IStringLocalizer<TapeText>>());
        tape.Append(StoredTape.Event(1201));

        await using var messages = stream.ReadAsync(after: 3, CultureInfo.GetCultureInfo("zh-CN"), CancellationToken.None).GetAsyncEnumerator();
        await messages.MoveNextAsync();
        messages.Current.ShouldBeOfType<AlertSnapshot>().Resumed.ShouldBeTrue();
        for (var number = 4; number <= 1201; number++)
        {
            await messages.MoveNextAsync();
            messages.Current.ShouldBeOfType<AlertMessage>().Sequence.ShouldBe(number);
        }
    }

    [Fact]
    public async Task Stream_FurtherBehindThanIsResumed_BeginsAnew()
    {
        using var rig = await new ApiRig().ReadyAsync();
        var tape = new EventTape<TapeEvent>(4, item => item.Number);
        tape.ResumeAfter(AlertStream.MostResumed + 10);
        var stream = new AlertStream(tape, new StoredTape(AlertStream.MostResumed + 10), new(), rig.Services.GetRequiredService<IStringLocalizer<TapeText>>());
        await using var messages = stream.ReadAsync(after: 9, CultureInfo.InvariantCulture, CancellationToken.None).GetAsyncEnumerator();
        await messages.MoveNextAsync();
        var first = messages.Current.ShouldBeOfType<AlertSnapshot>();
        (first.Resumed, first.Sequence, first.Items.Count).ShouldBe((false, AlertStream.MostResumed + 10L, 100));
    }

    private static async Task OrderAsync(ApiRig rig, int volume = 1) => (await rig.PostAsync(
        "/api/orders", $$"""{"account_id":"{{rig.Account}}","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":{{volume}},"price":5010}""")).Status.ShouldBe(HttpStatusCode.Created);

    private sealed class StoredTape(int last) : ITapeHistory
    {
        public static TapeEvent Event(long number) => new() { Number = number, At = DateTimeOffset.UnixEpoch, Severity = TapeSeverity.Info, Key = "test.event" };

        public Task<Page<TapeEvent>> EventsAsync(TapeFilter filter, PageRequest page, CancellationToken stop = default)
        {
            var from = page.Cursor is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : last;
            var items = Enumerable.Range(0, Math.Min(page.Limit, from)).Select(i => Event(from - i)).ToList();
            var next = from - items.Count;
            return Task.FromResult(new Page<TapeEvent>(items, next > 0 ? next.ToString(CultureInfo.InvariantCulture) : null));
        }
    }
}
