using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Cli;

/// <summary><c>backtest-ticks</c> as it is typed, without a server.</summary>
public sealed class TickBacktestVerbTests
{
    [Fact]
    public async Task Backtest_OverImportedTicks_IsTheSameEachTime_AndFeelsTheWayOfItsOrders()
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());
        using var folder = new TempFolder();
        var ticks = folder.File("ticks.csv");
        await File.WriteAllTextAsync(ticks, Ticks());
        (await app.RunVerbAsync("import", ticks, "--source", "live")).ExitCode.ShouldBe(0);

        var (once, again, later) = (await RunAsync("once"), await RunAsync("again"), await RunAsync("later", "--latency-ms", "30000"));
        var none = await app.RunVerbAsync(Words(folder.File("none.json"), "2024-01-02"));
        var wrong = await app.RunVerbAsync("backtest-ticks", "sma-cross", "--symbols", "TA505,NOTHING", "--source", "A b", "--from", "2025-03-03", "--to", "yesterday", "--timeframe", "1d", "--set", "fast=0", "--latency-ms", "-1", "--speed", "2");

        once["fills"]!.AsArray().Count.ShouldBeGreaterThan(1);
        once["signals"]!.AsArray().ShouldAllBe(signal => signal!["result"]!.GetValue<string>() == "success");
        again.ToJsonString().ShouldBe(once.ToJsonString());
        Prices(later).ShouldNotBe(Prices(once));
        var pnl = once["pnl"]!.GetValue<decimal>();
        pnl.ShouldBe(once["final_equity"]!.GetValue<decimal>() - 1_000_000m);
        none.ExitCode.ShouldBe(1, none.Output);
        File.Exists(folder.File("none.json")).ShouldBeFalse();
        wrong.ExitCode.ShouldBe(2);
        foreach (var part in (string[])["--speed is no option", "--symbols: ", "--source: 1 to 64", "--to: a day", "--timeframe: 1m to 720m", "fast: 0 is out of range", "--latency-ms: a number from 0", "--out is needed"])
            wrong.Output.ShouldContain(part);

        async Task<JsonNode> RunAsync(string name, params string[] more)
        {
            var (exitCode, output) = await app.RunVerbAsync([.. Words(folder.File($"{name}.json"), "2025-03-03"), .. more]);
            exitCode.ShouldBe(0, output);
            return JsonNode.Parse(await File.ReadAllTextAsync(folder.File($"{name}.json")))!;
        }
    }

    private static string[] Words(string path, string day) =>
        ["backtest-ticks", "sma-cross", "--symbols", "TA505", "--source", "live", "--from", day, "--to", day, "--timeframe", "1m", "--set", "fast=2", "--set", "slow=5", "--out", path];

    private static string Prices(JsonNode result) => string.Join(' ', result["fills"]!.AsArray().Select(fill => fill!["price"]!.ToJsonString()));

    /// <summary>A morning's wave, three ticks a minute.</summary>
    private static string Ticks()
    {
        var text = new StringBuilder("symbol,timestamp,last_price,volume,bid_price,bid_volume,ask_price,ask_volume\n");
        var open = new DateTimeOffset(2025, 3, 3, 1, 0, 1, TimeSpan.Zero);
        for (var i = 0; i < 200; i++)
        {
            var price = 5000 + (2 * Math.Round(20 * Math.Sin(i / 12.0)));
            text.Append(CultureInfo.InvariantCulture, $"CZCE.TA2505,{open.AddSeconds(20 * i):yyyy-MM-ddTHH:mm:ssZ},{price},{1000 + (10 * i)},{price - 2},50,{price + 2},50\n");
        }

        return text.ToString();
    }
}
