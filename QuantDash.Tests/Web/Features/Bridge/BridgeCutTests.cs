using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Features.Bridge;

public enum CutAt { BeforeTheHandOut, AfterTheHandOut, AfterPlacingBeforeTheReport, AfterAccepted, AfterAFillBeforeItsReport, AfterAPartialFill, DuringTheCancel, AfterTheCancelBeforeItsReport }

public enum Cut { Link, OurProcess }

/// <summary>Issue 3, acceptance: "link cut at every step: each order exactly once or unknown and shown, no order before the epoch's snapshot". One order from the decision over
/// a partial fill to its cancel, the link or our process cut at one step; the program keeps what it knows. One class for each of the three ways, so that they run side by side.</summary>
public abstract class BridgeCutTests(Transport transport) : IDisposable
{
    internal const string Key = "bootstrap-key-for-tests";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();
    private readonly HashSet<string> _placed = [];
    private readonly List<string> _reachedTheCounter = [];
    private AppFactory _app = null!;
    private HttpClient _client = null!;
    private BridgeWire _wire = null!;
    private string _account = "";
    private decimal _filled;
    private DateTimeOffset _filledAt;
    private bool _cancelled;

    public static TheoryData<CutAt, Cut> Everywhere()
    {
        var all = new TheoryData<CutAt, Cut>();
        foreach (var at in Enum.GetValues<CutAt>())
        {
            foreach (var cut in Enum.GetValues<Cut>()) all.Add(at, cut);
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task LinkCutAtEveryStep_TheOrderReachesTheCounterExactlyOnce(CutAt at, Cut cut)
    {
        Start();
        await CreateAccountAsync();
        _wire = BridgeWire.Of(transport, _app, _client, _account);
        await _wire.OpenAsync();
        await ReconcileAsync(await _wire.NextAsync());

        Task HereAsync(CutAt step) => step == at ? CutAndComeBackAsync(cut) : Task.CompletedTask;

        var order = await PlaceAsync(at == CutAt.BeforeTheHandOut ? _wire.CutAsync : null);
        await HereAsync(CutAt.BeforeTheHandOut);
        if (at == CutAt.AfterTheHandOut)
        {
            await NextCommandAsync(); // and the program dies with it
            await HereAsync(CutAt.AfterTheHandOut);
        }
        await PlaceAtTheCounterAsync(order);
        await HereAsync(CutAt.AfterPlacingBeforeTheReport);
        await TellAsync(order, "accepted");
        await HereAsync(CutAt.AfterAccepted);
        (_filled, _filledAt) = (1, DateTimeOffset.UtcNow);
        await HereAsync(CutAt.AfterAFillBeforeItsReport);
        await TellAsync(order, "partially_filled", trade: 1);
        await HereAsync(CutAt.AfterAPartialFill);
        await CancelAsync(order, at == CutAt.DuringTheCancel ? _wire.CutAsync : null);
        await HereAsync(CutAt.DuringTheCancel);
        await UntilAskedAsync(order, "cancel");
        _cancelled = true;
        await HereAsync(CutAt.AfterTheCancelBeforeItsReport);
        await TellAsync(order, "cancelled");

        await UntilStatusAsync(order, "cancelled");
        _reachedTheCounter.ShouldBe([order]);
        (await ItemsAsync("/api/orders")).Count.ShouldBe(1);
        (await ItemsAsync("/api/trades")).ShouldHaveSingleItem().GetProperty("volume").GetDecimal().ShouldBe(1);
        (await ItemsAsync("/api/positions")).ShouldHaveSingleItem().GetProperty("short_position").GetDecimal().ShouldBe(1);
        await _wire.CutAsync();
    }

    public void Dispose()
    {
        _client?.Dispose();
        _app?.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static string DataOf(AppFactory app) => app.Settings["QuantDash:DataDirectory"];

    private void Start()
    {
        _app = new() { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = Key, ["QuantDash:DataDirectory"] = _folder.File("data") } };
        _client = _app.CreateClient();
        _client.DefaultRequestHeaders.Add("X-API-Key", Key);
    }

    private async Task CutAndComeBackAsync(Cut cut)
    {
        await _wire.CutAsync();
        if (cut == Cut.OurProcess)
        {
            _client.Dispose();
            await _app.DisposeAsync();
            Start();
            _wire = BridgeWire.Of(transport, _app, _client, _account);
        }
        await _wire.OpenAsync();
        if (cut == Cut.OurProcess) await ReconcileAsync(await _wire.NextAsync());
    }

    /// <summary>Before its snapshot an epoch hands out nothing.</summary>
    private async Task ReconcileAsync(Told told)
    {
        (told.SnapshotWanted, told.Commands.Count).ShouldBe((true, 0));
        var position = new { symbol = "CZCE.TA2701", long_position = 2, long_today = 2, long_avg_price = 5400, short_position = _filled, short_today = _filled };
        await _wire.ReconcileAsync(new { account_id = _account, timestamp = DateTimeOffset.UtcNow, epoch = told.Epoch, complete = true, positions = new[] { position } });
        await UntilHeldAsync();
    }

    /// <summary>Over a socket a snapshot is on its way when it is sent, and an order of the trader's may overtake it.</summary>
    private async Task UntilHeldAsync()
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!(await ItemsAsync("/api/positions")).Exists(item => item.GetProperty("long_position").GetDecimal() == 2))
        {
            patience.Elapsed.ShouldBeLessThan(Patience, "the snapshot was taken");
            await Task.Delay(20);
        }
    }

    private async Task<(string Id, string Action)> NextCommandAsync()
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            patience.Elapsed.ShouldBeLessThan(Patience, "a command came");
            if ((await _wire.NextAsync()).Commands is [var first, ..]) return first;
        }
    }

    private async Task PlaceAtTheCounterAsync(string order)
    {
        await UntilAskedAsync(order, "place");
        if (_placed.Add(order)) _reachedTheCounter.Add(order);
    }

    /// <summary>Answers what is asked meanwhile: from its memory, for it never places what it knows.</summary>
    private async Task UntilAskedAsync(string order, string action)
    {
        while (true)
        {
            var command = await NextCommandAsync();
            command.Id.ShouldBe(order);
            if (command.Action == action) return;
            if (_placed.Contains(order)) await ReportAsync(order, _cancelled ? "cancelled" : _filled > 0 ? "partially_filled" : "accepted", _filled > 0 ? 1 : null);
        }
    }

    private async Task TellAsync(string order, string status, decimal? trade = null)
    {
        await ReportAsync(order, status, trade);
        await UntilStatusAsync(order, status);
    }

    private Task ReportAsync(string order, string status, decimal? trade) => _wire.ReportAsync(trade is null
        ? new { client_order_id = order, status, filled_volume = _filled }
        : (object)new { client_order_id = order, status, filled_volume = _filled, trade_volume = trade, price = 5500m, trade_id = $"T-{order}", timestamp = _filledAt });

    /// <summary>A socket's report is answered when it is taken; here it is enough to see it.</summary>
    private async Task UntilStatusAsync(string order, params IReadOnlyList<string> status)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        string? now;
        do
        {
            now = (await ItemsAsync("/api/orders")).Single(item => item.GetProperty("id").GetString() == order).GetProperty("status").GetString();
            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), $"{now}, not {string.Join(" or ", status)}");
        }
        while (!status.Contains(now));
    }

    private async Task CreateAccountAsync()
    {
        using var answer = await _client.PostAsJsonAsync("/api/accounts", new { name = "CTP", venue = "bridge", currency = "CNY" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        _account = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task<string> PlaceAsync(Func<Task>? before)
    {
        if (before is not null) await before();
        using var answer = await _client.PostAsJsonAsync("/api/orders", new { account_id = _account, symbol = "TA2701", action = "lock", direction = "long", volume = 2, price = 5500 });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task CancelAsync(string order, Func<Task>? before)
    {
        if (before is not null) await before();
        using var answer = await _client.PostAsync($"/api/orders/{order}/cancel", null);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task<List<JsonElement>> ItemsAsync(string address) => [.. (await _client.GetFromJsonAsync<JsonElement>(address)).GetProperty("items").EnumerateArray()];
}

[Trait(Profile.Reliability, "B1")]
public sealed class BridgeCutByPollTests() : BridgeCutTests(Transport.Poll);

public sealed class BridgeCutBySocketTests() : BridgeCutTests(Transport.Socket);

public sealed class BridgeCutByTableTests() : BridgeCutTests(Transport.Table);
