using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery;

/// <summary>Several processes on one PostgreSQL: exactly one trades, another takes over, and one that was paused meanwhile can neither write nor send (docs/adr/0019).</summary>
[Collection(OneAtATime.Name)]
public sealed class OneTraderTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const int Rules = 40;
    private const int RulesAtTheVenue = 12;
    private const int FencedOff = 3;
    private const string EndSessions = "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())";
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(10); // What is promised.

    /// <summary>What a trader writes, and nothing that moves by itself.</summary>
    private const string Written =
        """
        select (select count(*) from orders) || '/' || (select count(*) from trades) || '/' || (select count(*) from lock_triggers) || '/' || (select count(*) from lock_executions)
            || '/' || (select max(number) from audit_logs) || '/' || (select max(number) from tape_events) || '/' || (select max(updated_at) from orders)
        """;

    public Task InitializeAsync() => Requirements.Postgres is null ? postgres.EmptyAsync() : Task.CompletedTask;

    public Task DisposeAsync() => Task.CompletedTask;

    [PostgresFact]
    public async Task TwoTraders_OneTrades_AndTheOtherTakesOverWhenItIsKilled()
    {
        var settings = TradingClient.Settings(postgres.ConnectionString);
        await using var first = await AppProcess.StartAsync(settings);
        await using var second = AppProcess.Launched(settings);
        await second.WaitForStatusAsync("standby");
        await ShouldStandByAsync(second, first);

        var storm = new RuleStorm(TradingClient.Of(first), new(postgres.ConnectionString));
        await storm.BeginAsync();
        await storm.ArmAsync(Rules);
        var feeding = storm.FeedAsync();
        await Task.Delay(new Random(StormSeed.Value).Next(5, 250));
        var since = Stopwatch.GetTimestamp();
        first.Kill();
        await second.WaitUntilServingAsync(TakeOver);
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TakeOver);
        await feeding;

        storm.Client = TradingClient.Of(second);
        await storm.ShouldBeArmedAsync(second.LogEnd);
        await storm.SettleAsync();
        await storm.ShouldBalanceAsync(second.LogEnd);
        first.Launch();
        await first.WaitForStatusAsync("standby");
        (await first.StopAsync()).ShouldBe(0, first.LogEnd);
    }

    /// <summary>The venue is another process, and its program goes to whoever trades: no order reaches it twice, and none is lost between the two.</summary>
    [PostgresFact]
    public async Task TraderKilledBetweenSendAndAcknowledgement_TheOneThatTakesOverSendsNothingTwice()
    {
        var settings = TradingClient.Settings(postgres.ConnectionString);
        await using var first = await AppProcess.StartAsync(settings);
        await using var second = AppProcess.Launched(settings);
        await second.WaitForStatusAsync("standby");
        var (seed, database) = (StormSeed.Value, new DatabaseView(postgres.ConnectionString));
        var desk = await VenueDesk.OpenAsync(new(first.Address, TradingClient.Of(first), database), "take-over");
        await using (var program = await desk.ServeAsync(first.Address, VenueScript.Rough(seed)))
        {
            await desk.ArmAsync(RulesAtTheVenue);
            var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            program.Placed = placed =>
            {
                if (placed < RulesAtTheVenue / 2 || killed.Task.IsCompleted) return;
                first.Kill();
                killed.TrySetResult();
            };
            await FallUntilGoneAsync(desk);
            await killed.Task.WaitAsync(TimeSpan.FromSeconds(60));
            program.Refused.ShouldBeEmpty($"seed {seed}");
        }

        await second.WaitUntilServingAsync(TakeOver);
        desk.TurnTo(new(second.Address, TradingClient.Of(second), database));
        await using var after = await desk.ServeAsync(second.Address, VenueScript.Rough(seed + 1));
        await desk.FallAndSettleAsync(RulesAtTheVenue);
        await desk.ShouldBalanceAsync(after, $"seed {seed}\n{second.LogEnd}");
        desk.Venue.Orders.Count.ShouldBeGreaterThanOrEqualTo(RulesAtTheVenue);
        await StormBooks.AuditShouldBeWholeAsync(TradingClient.Of(second), $"seed {seed}");
    }

    [PostgresFact]
    public async Task PausedTrader_WokenAfterAnotherTookOver_WritesNothingAndSendsNothing()
    {
        var settings = TradingClient.Settings(postgres.ConnectionString);
        await using var old = await AppProcess.StartAsync(settings);
        var database = new DatabaseView(postgres.ConnectionString);
        var storm = new RuleStorm(TradingClient.Of(old), database);
        await storm.BeginAsync();
        await storm.ArmAsync(Rules);
        await using var other = AppProcess.Launched(settings);
        await other.WaitForStatusAsync("standby");

        // It sleeps in the middle of firing, and a tick that passes every rule lies in its socket.
        using var asleep = new CancellationTokenSource();
        var feeding = storm.FeedAsync(asleep.Token);
        await Task.Delay(new Random(StormSeed.Value).Next(5, 150));
        old.Pause();
        await asleep.CancelAsync();
        var late = LateTickAsync(old, storm.Top);
        var since = Stopwatch.GetTimestamp();
        await database.RowsAsync(EndSessions);
        await other.WaitUntilServingAsync(TakeOver);
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TakeOver);
        storm.Client = TradingClient.Of(other);
        await storm.ShouldBeArmedAsync(other.LogEnd);
        await storm.SettleAsync();
        await storm.ShouldBalanceAsync(other.LogEnd);
        var written = await database.ColumnAsync(Written);

        old.Resume();
        (await old.EndAsync()).ShouldBe(FencedOff, old.LogEnd);
        old.Log.ShouldContain("Fenced off");
        await late; // A tick is answered once it is in its place: what counts is that nothing of it is written.
        await feeding;
        (await database.ColumnAsync(Written)).ShouldBe(written, old.LogEnd);
        await storm.ArmAsync(1);
        await storm.SettleAsync();
        await storm.ShouldBalanceAsync(old.LogEnd);
    }

    private static async Task FallUntilGoneAsync(VenueDesk desk)
    {
        try
        {
            await desk.FallAsync(RulesAtTheVenue);
        }
        catch (HttpRequestException)
        {
            // Killed: what was not answered may or may not have happened.
        }
    }

    private static async Task ShouldStandByAsync(AppProcess standby, AppProcess trader)
    {
        using var health = await standby.Client.GetAsync("health");
        health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var said = JsonNode.Parse(await health.Content.ReadAsStringAsync())!;
        said["role"]!.GetValue<string>().ShouldBe("all");
        said["trader"]!["process"]!.GetValue<string>().ShouldEndWith($" {trader.ProcessId}");
        said["trader"]!["fence"]!.GetValue<long>().ShouldBeGreaterThan(0);
        (await standby.Client.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await standby.Client.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await standby.Client.GetAsync("api/accounts")).Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var page = new HttpRequestMessage(HttpMethod.Get, "locks") { Headers = { { "Accept", "text/html" } } };
        using var shown = await standby.Client.SendAsync(page);
        (await shown.Content.ReadAsStringAsync()).ShouldContain("<title>QuantDash · ");
    }

    /// <summary>Null: no answer.</summary>
    private static async Task LateTickAsync(AppProcess app, decimal price)
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        var tick = new JsonObject { ["symbol"] = "CZCE.TA2505", ["timestamp"] = "2025-03-03T02:45:00Z", ["last_price"] = price };
        try
        {
            await new TradingClient(http).SendAsync("api/ticks?source=storm", new JsonArray(tick).ToJsonString());
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            // It ended before it answered.
        }
    }
}
