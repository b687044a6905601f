using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery;

/// <summary>SIGTERM while rules fire, screens are open and programs wait: over within ten seconds, with a journal that writes and with one that cannot, and nothing is lost or doubled.</summary>
[Collection(OneAtATime.Name)]
public sealed class GracefulStopTests(ITestOutputHelper output)
{
    private const string Symbol = "CZCE.TA2505";
    private const string Source = "stop";
    private const string Password = "correct-horse-battery-1";
    private const int Rules = 24;
    private const int Polls = 5;
    private const decimal Centre = 5000m;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10); // What is promised.
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);

    private int _second;
    private decimal _top = Centre;
    private int _fired;

    [Fact]
    public async Task SigTerm_UnderLoad_EndsWithinTenSecondsAndLosesNothing()
    {
        var settings = TradingClient.Settings();
        settings["QuantDash__Auth__AdminPassword"] = Password;
        await using var app = await AppProcess.StartAsync(settings);
        var client = TradingClient.Of(app);
        await client.SourceAsync(Source, "ticks", always: true);
        await TickAsync(client, Centre);
        var account = await client.AccountAsync("stop", Source, 1_000_000_000m);
        await client.HoldAsync(account, Symbol, "long", Rules * 2, Centre);
        var bridges = new List<string>();
        for (var i = 0; i < Polls; i++)
            bridges.Add((await client.PostAsync("api/accounts", new JsonObject { ["name"] = $"bridge {i}", ["venue"] = "bridge", ["currency"] = "CNY", ["source"] = Source }, System.Net.HttpStatusCode.Created))["id"]!.GetValue<string>());

        await StopAsync(app, client, account, bridges);
        var file = Path.Combine(app.DataDirectory, "quantdash.db");
        await using (var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString))
        {
            await app.StartAgainAsync();
            await StopAsync(app, client, account, bridges, async () =>
            {
                await other.OpenAsync();
                await using var hold = other.CreateCommand();
                hold.CommandText = "begin immediate";
                await hold.ExecuteNonQueryAsync();
            });
        }

        app.Log.ShouldContain("could not be made durable");
        await app.StartAgainAsync();
        await SettleAsync(client);
        var database = DatabaseView.OfSqlite(file);
        (await database.CountAsync("select count(distinct config_id) from lock_triggers where execution_status = 'executed'")).ShouldBe(Rules * 2, "nothing lost");
        (await database.CountAsync("select count(*) from lock_triggers where execution_status = 'executed'")).ShouldBe(Rules * 2, "nothing twice");
        (await database.SumAsync("select sum(volume) from trades")).ShouldBe(Rules * 2);
        (await database.CountAsync("select count(*) from orders where status not in ('filled', 'cancelled', 'rejected')")).ShouldBe(0);
        (await client.GetAsync("api/audit/verify"))["is_whole"]!.GetValue<bool>().ShouldBeTrue();
    }

    /// <summary>Fires rules tick by tick, with screens and polls open, and stops the process in the middle of it.</summary>
    private async Task StopAsync(AppProcess app, TradingClient client, string account, List<string> bridges, Func<Task>? breakFirst = null)
    {
        using var screens = await Screens.OpenAsync(app.Address, Password, 12);
        var polls = bridges.ConvertAll(bridge => client.SendAsync($"api/bridge/{bridge}/orders?wait=50&after=1", null, "GET"));
        for (var i = 1; i <= Rules; i++) await ArmAsync(client, account, _top + (2 * i));
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var feeding = FeedAsync(client, _top + (2 * Rules), half);
        await half.Task.WaitAsync(TimeSpan.FromSeconds(30));
        if (breakFirst is not null) await breakFirst();

        var clock = Stopwatch.StartNew();
        var code = await app.StopAsync();
        output.WriteLine($"SIGTERM to exit: {clock.ElapsedMilliseconds} ms{(breakFirst is null ? "" : ", journal locked")}");
        clock.Elapsed.ShouldBeLessThan(Limit, app.Log);
        code.ShouldBe(0, app.Log);
        await feeding;
        await Task.WhenAll(polls.Select(poll => poll.ContinueWith(_ => { }, TaskScheduler.Default)));
        _top += 2 * Rules;
    }

    private async Task FeedAsync(TradingClient client, decimal to, TaskCompletionSource half)
    {
        try
        {
            var from = _top;
            for (var price = from; price <= to; price += 2)
            {
                if (price - from >= Rules && half.TrySetResult()) await Task.Delay(500); // The stop is asked for before the feed is through.
                await TickAsync(client, price);
                _fired++;
            }
        }
        catch (Exception error) when (error is HttpRequestException or ShouldAssertException)
        {
            // Refused while it stops, or cut off: its sender sends it again.
        }
        finally
        {
            half.TrySetResult();
        }
    }

    /// <summary>The feed comes back above every rule.</summary>
    private async Task SettleAsync(TradingClient client)
    {
        _fired.ShouldBeLessThan(Rules * 2, "it was stopped in the middle");
        for (var i = 0; i < 3; i++) await TickAsync(client, _top);
        await TradingClient.EventuallyAsync(
            () => client.ItemsAsync("api/lock/triggers"), found => found.Count >= Rules * 2 && found.All(one => one["execution_status"]!.GetValue<string>() is not ("pending" or "executing")));
    }

    private static Task<string> ArmAsync(TradingClient client, string account, decimal level) => client.RuleAsync(new()
    {
        ["account_id"] = account,
        ["symbol"] = Symbol,
        ["direction"] = "long",
        ["trigger_type"] = "price",
        ["trigger_price"] = level,
        ["profit_lock_ratio"] = 1m / (Rules * 2),
        ["auto_execute"] = true,
    });

    private async Task TickAsync(TradingClient client, decimal price) => await client.TicksAsync(Source,
    [
        new()
        {
            ["symbol"] = Symbol,
            ["timestamp"] = Start.AddMilliseconds(500 * ++_second).ToString("O", CultureInfo.InvariantCulture),
            ["last_price"] = price,
            ["bid_price"] = price - 2,
            ["bid_volume"] = 10_000,
            ["ask_price"] = price + 2,
            ["ask_volume"] = 10_000,
        },
    ]);
}
