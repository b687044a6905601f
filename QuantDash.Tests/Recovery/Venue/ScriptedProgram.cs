using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuantDash.Tests.Recovery.Venue;

/// <summary>The program beside the counter: asks for commands over HTTP, places, answers, tells the position every second, and begins again when the trader is gone.</summary>
internal sealed class ScriptedProgram : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly string _account;
    private readonly ScriptedVenue _venue;
    private readonly VenueScript _script;
    private readonly ProgramWays _ways;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loops;
    private CancellationTokenSource _link = new();
    private bool _tellsTheDay = true;
    private long _after;

    public ScriptedProgram(Uri address, string key, string account, ScriptedVenue venue, VenueScript script, ProgramWays? ways = null)
    {
        _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(15) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        (_account, _venue, _script, _ways) = (account, venue, script, ways ?? new());
        _loops = Task.WhenAll(ForEverAsync(AskAsync), ForEverAsync(TellPositionAsync));
    }

    /// <summary>Called with the number of orders placed, right after one was placed and before anything is said of it.</summary>
    public Action<int>? Placed { get; set; }

    /// <summary>Every report that was refused or not understood.</summary>
    public ConcurrentQueue<string> Refused { get; } = [];

    /// <summary>How often it asked for commands and was answered.</summary>
    public int Answers { get; private set; }

    /// <summary>How often it told the whole day.</summary>
    public int DaysTold { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loops;
        _http.Dispose();
        _link.Dispose();
        _stop.Dispose();
    }

    private async Task ForEverAsync(Func<CancellationToken, Task> turn)
    {
        await Task.Yield(); // Not a turn on the caller's time.
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await turn(_stop.Token);
            }
            catch (Exception gone) when (gone is HttpRequestException or System.Net.Sockets.SocketException or OperationCanceledException or IOException or JsonException)
            {
                // The trader was killed, or the link dropped on purpose: that is what this is for.
                _tellsTheDay = true;
                await Task.Delay(_ways.Breath, CancellationToken.None);
            }
        }
    }

    private async Task AskAsync(CancellationToken stop)
    {
        var link = new CancellationTokenSource();
        (_link, var before) = (link, _link);
        before.Dispose();
        using var open = CancellationTokenSource.CreateLinkedTokenSource(stop, link.Token);
        var answer = JsonNode.Parse(await _http.GetStringAsync($"api/bridge/{_account}/orders?wait={_ways.Wait}&after={_after}&program=storm", open.Token))!;
        Answers++;
        if (answer["snapshot_wanted"]!.GetValue<bool>()) await LogInAsync(answer["epoch"]!.GetValue<string>(), open.Token);
        foreach (var command in answer["items"]!.AsArray())
        {
            _after = command!["sequence"]!.GetValue<long>();
            await DoAsync(command, open.Token);
        }
    }

    /// <summary>As counters do at log-in: the whole day again, then the position.</summary>
    private async Task LogInAsync(string epoch, CancellationToken stop)
    {
        if (_tellsTheDay && _venue.Day is { Count: > 0 } day)
        {
            await PostAsync("api/trades", new JsonObject { ["account_id"] = _account, ["trades"] = new JsonArray([.. day.TakeLast(200).Select(Told)]) }, stop);
            _tellsTheDay = false;
            DaysTold++;
        }

        await PostAsync("api/position_snapshots", _venue.Snapshot(_account, epoch, _ways.Clock), stop);
    }

    private async Task TellPositionAsync(CancellationToken stop)
    {
        await Task.Delay(_ways.SnapshotPace, stop);
        await PostAsync("api/position_snapshots", _venue.Snapshot(_account, null, _ways.Clock), stop);
    }

    private async Task DoAsync(JsonNode command, CancellationToken stop)
    {
        var (id, now) = (command["client_order_id"]!.GetValue<string>(), _ways.Clock.GetUtcNow());
        var known = _venue.Find(id);
        switch (command["action"]!.GetValue<string>())
        {
            case "place" when known is null && command["expires_at"]!.GetValue<DateTimeOffset>() <= now:
            case "cancel" or "query" when known is null:
                _venue.Refuse(id);
                await ReportAsync(stop, new JsonObject { ["client_order_id"] = id, ["status"] = "rejected", ["reason"] = "expired" });
                break;
            case "place" when known is null:
                await PlaceAsync(command, now, stop);
                break;
            case "cancel":
                _venue.Cancel(known!, now);
                await ReportAsync(stop, State(known!));
                break;
            default:
                if (known!.Content != VenueOrder.ContentOf(command)) _venue.Place(command, VenueFault.None, now);
                await ReportAsync(stop, State(known));
                break;
        }
    }

    private async Task PlaceAsync(JsonNode command, DateTimeOffset now, CancellationToken stop)
    {
        var fault = _script.Next();
        var (order, _) = _venue.Place(command, fault, now);
        Placed?.Invoke(_venue.Orders.Count);
        var accepted = new JsonObject { ["client_order_id"] = order.Id, ["status"] = "accepted", ["filled_volume"] = 0 };
        var fills = Fills(order);
        switch (fault)
        {
            case VenueFault.NeverAnswers: break;
            case VenueFault.DropsTheLink: await _link.CancelAsync(); break;
            case VenueFault.MissesTheFill or VenueFault.FillsAtTheCancel or VenueFault.HalfFilledAtTheCancel: await ReportAsync(stop, accepted); break;
            case VenueFault.FillBeforeAcknowledgement: await ReportAsync(stop, [.. fills, accepted]); break;
            case VenueFault.OutOfOrder: await ReportAsync(stop, [accepted, .. fills.AsEnumerable().Reverse()]); break;
            case VenueFault.AnswersTwice:
                await ReportAsync(stop, [accepted, accepted.DeepClone(), .. fills, .. Fills(order)]);
                await ReportAsync(stop, Fills(order));
                break;
            default:
                await ReportAsync(stop, accepted);
                await ReportAsync(stop, fills);
                break;
        }
    }

    private static JsonNode[] Fills(VenueOrder order)
    {
        var filled = 0m;
        return [.. order.Trades.Select(trade => (JsonNode)new JsonObject
        {
            ["client_order_id"] = order.Id, ["status"] = (filled += trade.Volume) == order.Volume ? "filled" : "partially_filled", ["filled_volume"] = filled,
            ["trade_volume"] = trade.Volume, ["price"] = trade.Price, ["trade_id"] = trade.TradeId, ["timestamp"] = trade.At,
        })];
    }

    /// <summary>All that is known of it: what became of it, and its trades.</summary>
    private static JsonNode[] State(VenueOrder order) =>
        [.. Fills(order), .. order.Status == "filled" ? [] : (JsonNode[])[new JsonObject { ["client_order_id"] = order.Id, ["status"] = order.Status, ["filled_volume"] = order.Filled }]];

    private static JsonObject Told(VenueTrade trade) => new()
    {
        ["trade_id"] = trade.TradeId, ["client_order_id"] = trade.OrderId, ["symbol"] = trade.Symbol, ["side"] = trade.Side, ["offset"] = trade.Offset,
        ["price"] = trade.Price, ["volume"] = trade.Volume, ["timestamp"] = trade.At,
    };

    private async Task ReportAsync(CancellationToken stop, params JsonNode[] reports)
    {
        if (reports.Length > 0) await PostAsync($"api/bridge/{_account}/reports", new JsonArray([.. reports]), stop);
    }

    private async Task PostAsync(string path, JsonNode body, CancellationToken stop)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(path, content, stop);
        if (answer.IsSuccessStatusCode) return;
        var text = await answer.Content.ReadAsStringAsync(stop);
        // An epoch that ended while its snapshot was on the way is not a mistake of anybody's.
        if (!text.Contains("wrong_epoch", StringComparison.Ordinal)) Refused.Enqueue($"{path}: {(int)answer.StatusCode} {text}");
    }
}

/// <summary>How a program goes about it.</summary>
internal sealed record ProgramWays
{
    /// <summary>The counter's clock, which stamps all that it says.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Until it tries again after its link broke.</summary>
    public TimeSpan Breath { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Between two snapshots of the position.</summary>
    public TimeSpan SnapshotPace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Seconds that it is willing to wait for a command.</summary>
    public int Wait { get; init; } = 5;
}
