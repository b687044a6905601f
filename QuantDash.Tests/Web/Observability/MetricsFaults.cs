using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;
using QuantDash.Tests.Web.Features.Streams;
using QuantDash.Web.Features.Streams;
using QuantDash.Web.Live;
using QuantDash.Web.Observability;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Observability;

/// <summary>One run of the real application in which everything goes wrong once: a feed falls silent, the trading thread is held, the database is locked, messages are not
/// taken, a lock breaks, the audit is written over, the engine breaks. Somebody scrapes at each moment.</summary>
public sealed class MetricsFaults : IAsyncLifetime
{
    private const string NobodyListens = "http://127.0.0.1:9/trader";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, Scrape> _moments = [];
    private ApiRig _api = null!;

    internal Scrape this[string moment] => _moments[moment];

    public async Task InitializeAsync()
    {
        _api = await new ApiRig(services => services.AddSingleton(new EngineOptions { StaleAfter = TimeSpan.FromMilliseconds(300) }), ("NTFY_URL", NobodyListens)).ReadyAsync();
        (await _api.PostAsync("/api/sources", """{"name":"live","clock":"wall","overrides":{"sessions":"always","expiry":"none"}}""")).Status.ShouldBe(HttpStatusCode.Created);
        _moments["begin"] = await ScrapeAsync();
        await SilenceAsync();
        (await _api.PostAsync("/api/accounts", """{"name":"counter","venue":"bridge","currency":"CNY"}""")).Status.ShouldBe(HttpStatusCode.Created);
        await KeepAsync("alone", scrape => scrape["quantdash_bridges_missing"] == 1);
        await BreakALockAsync();
        await RefuseAsync();
        await HoldTheThreadAsync();
        await LockTheDatabaseAsync();
        await LookAsync();
        await ListenAsync();
        await WriteOverTheAuditAsync();
        FloodTheRecorder();
        await KeepAsync("flooded", scrape => scrape["quantdash_ticks_unrecorded_total"] > 0);
        await BreakTheEngineAsync();
    }

    public Task DisposeAsync()
    {
        _api.Dispose();
        return Task.CompletedTask;
    }

    private TradingRuntime Runtime => _api.Services.GetRequiredService<TradingRuntime>();

    private async Task SilenceAsync()
    {
        // A busy machine may look after the tick is stale already: then another one.
        for (var volume = 1000; volume == 1000 || _moments["heard"]["quantdash_quotes_stale{source=\"live\"}"] == 1; volume++)
        {
            var tick = $$"""[{"symbol":"CZCE.TA2505","timestamp":"{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ}}","last_price":5000,"volume":{{volume}}}]""";
            (await _api.PostAsync("/api/ticks?source=live", tick)).Status.ShouldBe(HttpStatusCode.OK);
            await KeepAsync("heard", scrape => scrape["quantdash_feed_age_seconds{source=\"live\"}"] is not null);
            volume.ShouldBeLessThan(1100);
        }

        for (var volume = 2000; !_moments.ContainsKey("lived"); volume++)
        {
            volume.ShouldBeLessThan(2300);
            var tick = $$"""[{"symbol":"CZCE.TA2505","timestamp":"{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ}}","last_price":5000,"volume":{{volume}}}]""";
            (await _api.PostAsync("/api/ticks?source=live", tick)).Status.ShouldBe(HttpStatusCode.OK);
            await Task.Delay(50);
            if (await ScrapeAsync() is var scrape && scrape["quantdash_feed_live_seconds_total{source=\"live\"}"] > 0) _moments["lived"] = scrape;
        }

        await KeepAsync("silent", scrape => scrape["quantdash_quotes_stale{source=\"live\"}"] == 1 && scrape["quantdash_feed_age_seconds{source=\"live\"}"] > 0.2);
    }

    /// <summary>Eight of ten lots are locked, then somebody closes the short leg at the counter.</summary>
    private async Task BreakALockAsync()
    {
        await _api.PushAsync(ApiRig.Tick(5000, 0));
        await PositionsAsync("2025-01-06T01:30:00Z", longVolume: 10);
        (await _api.PostAsync("/api/lock/configs", $$"""
            {"account_id":"{{_api.Account}}","symbol":"CZCE.TA2505","direction":"long","trigger_type":"profit","profit_lock_enabled":true,"profit_lock_threshold":10000,"profit_lock_ratio":0.8,"auto_execute":true}
            """)).Status.ShouldBe(HttpStatusCode.Created);
        await KeepAsync("armed", scrape => scrape["quantdash_rules_armed"] == 1);
        await _api.PushAsync(ApiRig.Tick(5200, 2), ApiRig.Tick(5200, 3), ApiRig.Tick(5200, 4));
        await KeepAsync("locked", scrape => scrape["quantdash_locks_active"] == 1);
        await PositionsAsync("2025-01-06T01:30:09Z", longVolume: 10);
        await KeepAsync("broken", scrape => scrape["quantdash_locks_broken"] == 1);
    }

    /// <summary>A tick for each reason that a feed meets most.</summary>
    private async Task RefuseAsync()
    {
        await _api.PushAsync(
            ApiRig.Tick(5201, 5), ApiRig.Tick(5200, 5, "CZCE.XX2505"), ApiRig.Tick(0, 5), ApiRig.Tick(5200, 1),
            ApiRig.Tick(5200, 6).Replace("\"ask_price\":5202", "\"ask_price\":5190", StringComparison.Ordinal));
        await _api.PostAsync("/api/ticks?source=live", """[{"symbol":"CZCE.TA2505","timestamp":"2025-01-06T01:30:00Z","last_price":5000,"volume":1000}]""");
        await KeepAsync("refused", scrape => scrape["quantdash_ticks_rejected_total{source=\"live\",reason=\"too_old\"}"] == 1);
        (await _api.PostAsync("/api/backups", "")).Status.ShouldBe(HttpStatusCode.Created);
        await KeepAsync("kept", scrape => scrape["quantdash_backup_age_seconds"] is not null);
    }

    private async Task PositionsAsync(string at, int longVolume) => (await _api.PostAsync("/api/position_snapshots", $$"""
        {"account_id":"{{_api.Account}}","timestamp":"{{at}}","complete":true,
         "positions":[{"symbol":"CZCE.TA2505","long_position":{{longVolume}},"long_today":0,"long_avg_price":5000,"short_position":0,"short_today":0,"short_avg_price":0}]}
        """)).Status.ShouldBe(HttpStatusCode.OK);

    private async Task HoldTheThreadAsync()
    {
        using var gate = new ManualResetEventSlim();
        var held = Runtime.RunAsync((_, _) => gate.Wait(Patience));
        var waiting = Runtime.RunAsync((_, _) => true);
        var pushed = _api.PushAsync(ApiRig.Tick(5200, 10));
        await KeepAsync("held", scrape =>
            scrape["quantdash_tick_queue_depth{source=\"test\"}"] > 0 && scrape["quantdash_command_queue_depth"] > 0 && scrape["quantdash_trading_turn_age_seconds"] > 0.3);
        gate.Set();
        await Task.WhenAll(held, waiting, pushed);
    }

    private async Task LockTheDatabaseAsync()
    {
        Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> made;
        await using (var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_api.DataDirectory, "quantdash.db"), Pooling = false }.ConnectionString))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction();
            made = _api.PostAsync("/api/accounts", """{"name":"late","venue":"simulated","currency":"CNY","source":"test"}""");
            await KeepAsync("shut", scrape =>
                scrape["quantdash_journal_state{state=\"retrying\"}"] == 1 && scrape["quantdash_journal_queue_depth"] > 0 && scrape["quantdash_journal_oldest_age_seconds"] > 0);
        }

        (await made).Status.ShouldBe(HttpStatusCode.Created);
        await KeepAsync("open", scrape => scrape["quantdash_journal_state{state=\"healthy\"}"] == 1 && scrape["quantdash_journal_queue_depth"] == 0 && scrape["quantdash_trading_turn_age_seconds"] < 0.2);
    }

    private async Task LookAsync()
    {
        var screens = _api.Services.GetRequiredService<OpenScreens>();
        await screens.OnCircuitOpenedAsync(null!, CancellationToken.None);
        await screens.OnConnectionUpAsync(null!, CancellationToken.None);
        await KeepAsync("looked at", scrape => scrape["quantdash_browser_connected_seconds_total"] > 0);
        await screens.OnConnectionDownAsync(null!, CancellationToken.None);
        await screens.OnCircuitClosedAsync(null!, CancellationToken.None);
    }

    /// <summary>One program hears an alert; another one takes nothing.</summary>
    private async Task ListenAsync()
    {
        using var socket = await _api.ConnectAsync("/ws/alerts");
        using var stuck = new StuckSocket();
        await StreamSocketTests.LetGoAsync(stuck, _api.Services.GetRequiredService<StreamMeter>(), new(), OneMessage());
        await KeepAsync("listened", scrape => scrape["quantdash_streams_open{stream=\"alerts\"}"] == 1 && scrape["quantdash_streams_messages_total{stream=\"alerts\"}"] > 0);
        await socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await KeepAsync("unlistened", scrape => scrape["quantdash_streams_open{stream=\"alerts\"}"] == 0);
    }

    private static async IAsyncEnumerable<object> OneMessage()
    {
        await Task.CompletedTask;
        yield return new { type = "quote" };
    }

    /// <summary>An old entry says something else now: the job that looks finds it, fails for good, and the trader is told, though nobody takes the message.</summary>
    private async Task WriteOverTheAuditAsync()
    {
        await using (var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_api.DataDirectory, "quantdash.db"), Pooling = false }.ConnectionString))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "DROP TRIGGER trg_audit_logs_no_update; update audit_logs set subject = 'somebody else' where number = 2";
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        (await _api.PostAsync("/api/jobs/audit-verify/run", "")).Status.ShouldBe(HttpStatusCode.OK);
        await KeepAsync("written over", scrape => scrape["quantdash_job_failures_total{job=\"audit-verify\"}"] == 1);
        await KeepAsync("unheard", scrape =>
            scrape["quantdash_notifications_waiting"] > 0 && scrape["quantdash_notifications_failing"] == 1 && scrape["quantdash_notifications_attempts_total{result=\"unavailable\"}"] > 0);
    }

    /// <summary>Faster than any disk.</summary>
    private void FloodTheRecorder()
    {
        var tap = _api.Services.GetRequiredService<TickTap>();
        var at = new DateTimeOffset(2025, 1, 6, 1, 31, 0, TimeSpan.Zero);
        var contract = _api.Services.GetRequiredService<ContractCatalog>().Find(Symbol.Create("CZCE", "TA2505"), new(2025, 1, 6))!;
        var window = _api.Services.GetRequiredService<TradingCalendar>().WindowAt(contract, at, true);
        var source = new Source { Name = new("test"), Clock = SourceClock.Ticks, CreatedAt = at };
        var tick = new Tick { OccurredAt = at, ReceivedAt = at, LastTicks = 2600 };
        for (var i = 0; i < 400_000; i++) tap.Record(source, contract, window, tick, held: false);
    }

    /// <summary>Before it is made anew, somebody sees what an engine says that has not recovered and has lost an order.</summary>
    private async Task BreakTheEngineAsync()
    {
        GC.Collect();
        var now = Runtime.Snapshots.Current;
        var lost = SampleSnapshot.At(SampleSnapshot.Now).Orders[0] with { State = QuantDash.Core.Orders.OrderState.Unknown };
        for (var i = 0; i < 50 && !_moments.ContainsKey("lost"); i++)
        {
            Runtime.Snapshots.Publish(now with { Recovered = false, Orders = [lost], Triggers = [now.Triggers[0] with { Status = QuantDash.Core.Locking.TriggerStatus.Executing }] });
            if (await ScrapeAsync() is var scrape && scrape["quantdash_orders_unknown"] == 1) _moments["lost"] = scrape; // The engine may have told the truth in between.
        }

        await Should.ThrowAsync<InvalidOperationException>(Runtime.RunAsync<bool>((_, _) => throw new InvalidOperationException("broken on purpose")));
        await KeepAsync("rebuilt", scrape => scrape["quantdash_engine_rebuilds_total"] == 1);
    }

    private async Task KeepAsync(string moment, Func<Scrape, bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var scrape = await ScrapeAsync();
            if (holds(scrape))
            {
                _moments[moment] = scrape;
                return;
            }

            clock.Elapsed.ShouldBeLessThan(Patience, $"{moment}:\n{scrape.Text}");
            await Task.Delay(20);
        }
    }

    private async Task<Scrape> ScrapeAsync() => new(await _api.Client.GetStringAsync("/metrics"));
}
