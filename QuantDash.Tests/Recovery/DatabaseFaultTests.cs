using Microsoft.Data.Sqlite;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery;

/// <summary>RELIABILITY.md A4 and A5: the database goes away under live ticks, by every way it has, and comes back. The process goes on, says how it is, sends nothing that is not written, and
/// takes up where it was without anybody's hands. Half a minute with the full profile.</summary>
[Collection(OneAtATime.Name)]
[Trait(Profile.Reliability, "A4")]
[Trait(Profile.Reliability, "A5")]
public sealed class DatabaseFaultTests
{
    private const int Rules = 40;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(Profile.Number("QUANTDASH_OUTAGE_SECONDS", 5, 30));

    /// <summary>A minute is what RELIABILITY.md asks of a file that another program holds.</summary>
    private static readonly TimeSpan Locked = TimeSpan.FromSeconds(Profile.Number("QUANTDASH_LOCKED_SECONDS", 5, 60));
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(Profile.Number(20, 5));
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(Profile.Number(40, 15));

    [OwnPostgresFact]
    public async Task Postgres_StoppedAndStartedAgainUnderLiveTicks_LosesNothing()
    {
        await using var server = await OwnPostgres.StartedAsync();
        await using var app = await AppProcess.StartAsync(TradingClient.Settings(server.ConnectionString));
        await ShouldSurviveAsync(app, new(server.ConnectionString), server.StopAsync, server.StartAsync);
    }

    [Fact]
    public async Task SqliteFile_LockedByAnotherProgramUnderLiveTicks_LosesNothing()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var file = Path.Combine(app.DataDirectory, "quantdash.db");
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await other.OpenAsync();
        await ShouldSurviveAsync(app, DatabaseView.OfSqlite(file), () => RunAsync(other, "BEGIN IMMEDIATE"), () => RunAsync(other, "ROLLBACK"), Locked);
    }

    [SmallDiskFact]
    public async Task FullDisk_UnderLiveTicks_LosesNothing_AndLeavesNoHalfRow()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 48);
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__DataDirectory"] = Path.Combine(disk.Path, "data") });
        var database = DatabaseView.OfSqlite(Path.Combine(app.DataDirectory, "quantdash.db"));

        await ShouldSurviveAsync(
            app, database, () =>
            {
                disk.Fill();
                return Task.CompletedTask;
            },
            async () =>
            {
                (await database.ColumnAsync("pragma integrity_check")).ShouldBe(["ok"]);
                disk.Free();
            });
        (await database.ColumnAsync("pragma integrity_check")).ShouldBe(["ok"]);
    }

    /// <summary>A5: nothing new goes out, and what stands at the venue can still be taken back: the program is given the cancel at once, and not when the journal writes again. A full disk leaves room in
    /// what SQLite already has; a held file stops the very next write.</summary>
    [Fact]
    public async Task JournalThatCannotWrite_WithAnOrderAtTheVenue_IsCancelledThere_AndSendsNoOther()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(app.DataDirectory, "quantdash.db"), Pooling = false }.ConnectionString);
        await other.OpenAsync();
        var desk = await VenueDesk.OpenAsync(Trader.Of(app), "rests");
        await using var program = await desk.ServeAsync(app.Address, VenueScript.Always(VenueFault.HalfFilledAtTheCancel));
        var order = await desk.OrderAsync(2);
        await desk.UntilStatusAsync(order, "accepted");

        await RunAsync(other, "BEGIN IMMEDIATE");
        var another = desk.OrderAsync(2);
        await ShouldSayAsync(app, "retrying", SeenWithin);
        var cancelling = TradingClient.Of(app).PostAsync($"api/orders/{order}/cancel", null);
        await desk.UntilAsync("the venue has cancelled", () => Task.FromResult(desk.Venue.Find(order)!.IsCancelled), SeenWithin);
        await ShouldSayAsync(app, "retrying", SeenWithin);
        desk.Venue.Orders.Select(one => one.Id).ShouldBe([order], "nothing new went out");

        await RunAsync(other, "ROLLBACK");
        await cancelling;
        (await desk.UntilStatusAsync(order, "cancelled")).ShouldBe("cancelled");
        await TradingClient.Of(app).SendAsync($"api/orders/{await another}/cancel", null);
        await desk.UntilStatusAsync(await another, "cancelled", "filled");
        await desk.Books.ShouldAgreeWithAsync(desk.Venue, app.LogEnd);
        await desk.Books.FillsShouldBeTheLegsAsync(desk.Venue.Short, VenueDesk.Leg, app.LogEnd);
    }

    private static async Task ShouldSurviveAsync(AppProcess app, DatabaseView database, Func<Task> breakIt, Func<Task> mendIt, TimeSpan? outage = null)
    {
        var storm = new RuleStorm(TradingClient.Of(app), database, clock: "wall");
        await storm.BeginAsync();
        await storm.ArmAsync(Rules);
        await storm.TickAsync(storm.Price + 10);

        await breakIt();
        await storm.FeedAsync(TimeSpan.FromSeconds(5));
        await ShouldSayAsync(app, "retrying", SeenWithin);
        (await app.Client.GetAsync("health/ready")).StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable, "no order may go out");
        using (var patience = new CancellationTokenSource(SeenWithin))
        using (var accounts = await app.Client.GetAsync("api/accounts", patience.Token)) accounts.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, "what is held is told all the same");
        await Task.Delay(outage ?? Outage);
        app.IsRunning.ShouldBeTrue(app.LogEnd);

        await mendIt();
        await ShouldSayAsync(app, "ok", BackWithin);
        (await TradingClient.EventuallyAsync(() => Task.FromResult(app.Log), log => log.Contains("The journal writes again", StringComparison.Ordinal))).ShouldContain("The journal writes again");
        await storm.SettleAsync();
        await storm.ShouldBalanceAsync(app.LogEnd);
    }

    /// <summary>What /health says of the database, in the end.</summary>
    private static async Task ShouldSayAsync(AppProcess app, string state, TimeSpan within)
    {
        var client = TradingClient.Of(app);
        using var patience = new CancellationTokenSource(within);
        var said = "";
        while (said != state)
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"/health says {said} of the database, and not {state}:\n{app.LogEnd}");
            said = (await client.GetAsync("health"))["parts"]!["database"]!.GetValue<string>();
            if (said != state) await Task.Delay(50);
        }
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
