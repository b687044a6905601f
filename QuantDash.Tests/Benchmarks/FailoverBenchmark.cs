using System.Diagnostics;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Recovery;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Benchmarks;

/// <summary>Two real processes on a PostgreSQL of their own: from kill -9 of the trader to the other one serving with every rule armed, and to the first order of its own filled.</summary>
internal static class FailoverBenchmark
{
    private const int Rounds = 5;
    private const int Rules = 200;

    public static IReadOnlyList<BenchmarkRow> Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<IReadOnlyList<BenchmarkRow>> RunAsync()
    {
        await using var server = await OwnPostgres.StartedAsync();
        var settings = TradingClient.Settings(server.ConnectionString);
        await using var one = await AppProcess.StartAsync(settings);
        await using var two = AppProcess.Launched(settings);
        await two.WaitForStatusAsync("standby");
        var storm = new RuleStorm(TradingClient.Of(one), new(server.ConnectionString));
        await storm.BeginAsync();
        var (serving, trading) = (new List<double>(), new List<double>());
        var (trader, standby) = (one, two);
        for (var round = 0; round < Rounds; round++)
        {
            await storm.ArmAsync(Rules);
            var since = Stopwatch.GetTimestamp();
            trader.Kill();
            await standby.WaitUntilServingAsync(TimeSpan.FromSeconds(30));
            serving.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
            storm.Client = TradingClient.Of(standby);
            await storm.ShouldBeArmedAsync(standby.LogEnd);
            await storm.TickAsync(storm.Price + 2);
            await FilledAsync(storm.Client);
            trading.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
            await storm.FeedAsync();
            await storm.SettleAsync();
            await storm.ShouldBalanceAsync(standby.LogEnd);
            (trader, standby) = (standby, trader);
            standby.Launch();
            await standby.WaitForStatusAsync("standby");
        }

        return
        [
            new($"kill -9 of the trader → the standby serves, {Rules} to {Rules * Rounds} rules, worst of {Rounds}", serving.Max(), Budget: 10, "s"),
            new("… median", serving.Order().ElementAt(Rounds / 2), Budget: 10, "s"),
            new("… → its first order is filled, worst", trading.Max(), Budget: 10, "s"),
        ];
    }

    /// <summary>Nothing is under way, and the latest firing is executed.</summary>
    private static Task FilledAsync(TradingClient client) => TradingClient.EventuallyAsync(
        () => client.ItemsAsync("api/lock/triggers"),
        found => found.Count > 0 && found.TrueForAll(trigger => trigger["execution_status"]!.GetValue<string>() == "executed"));
}
