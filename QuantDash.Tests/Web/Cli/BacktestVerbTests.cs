using System.Globalization;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Features.Backtests;
using QuantDash.Web.Adapters.Storage.Bars;

namespace QuantDash.Tests.Web.Cli;

/// <summary><c>backtest</c> as it is typed, without a server.</summary>
public sealed class BacktestVerbTests
{
    private const string Header = "timestamp,open,high,low,close,volume\n";

    [Fact]
    public async Task Backtest_OfAFile_WritesStatisticsTradesAndEquity()
    {
        await using var app = await StoppedAsync();
        using var folder = new TempFolder();
        var (bars, result) = (folder.File("bars.csv"), folder.File("result.json"));
        await File.WriteAllTextAsync(bars, Header + Waves(120));

        var (exitCode, output) = await app.RunVerbAsync(
            "backtest", "sma-cross", "--in", bars, "--symbol", "US.AAPL", "--set", "fast=3", "--set", "slow=8", "--set", "volume=10", "--cash", "10000", "--commission", "0.002",
            "--slippage-ticks", "0", "--fill", "next-open", "--out", result);

        exitCode.ShouldBe(0, output);
        var answer = JsonNode.Parse(await File.ReadAllTextAsync(result))!;
        var trades = answer["trades"]!.AsArray();
        trades.Count.ShouldBeGreaterThan(2);
        answer["equity"]!.AsArray().Count.ShouldBe(120);
        answer["assumptions"]!["look_ahead"]!.GetValue<bool>().ShouldBeFalse();
        answer["parameters"]!["fast"]!.GetValue<string>().ShouldBe("3");
        ShouldAddUp(answer, File.ReadLines(bars).Skip(1).Select(line => line.Split(',')).ToList());
    }

    [Fact]
    public async Task Backtest_WithWrongArguments_NamesEachAndEndsWithTwo()
    {
        await using var app = await StoppedAsync();
        using var folder = new TempFolder();
        var bars = folder.File("bars.csv");
        await File.WriteAllTextAsync(bars, Header + Waves(10));

        var (exitCode, output) = await app.RunVerbAsync("backtest", "sma-cross", "--in", bars, "--symbol", "US.AAPL", "--set", "fast=0", "--set", "speed=1", "--fill", "yesterday", "--cash", "-5", "--comission", "1", "--out", folder.File("r.json"));

        exitCode.ShouldBe(2, output);
        foreach (var part in (string[])["fast: 0 is out of range; allowed: 1 to 1000", "speed: There is no such parameter", "--fill: next-open or same-close", "--cash: a number from", "--comission is no option"])
            output.ShouldContain(part);
        (await app.RunVerbAsync("backtest", "no-such", "--in", bars, "--symbol", "US.AAPL", "--out", folder.File("r.json"))).ExitCode.ShouldBe(2);
        (await app.RunVerbAsync("backtest")).ExitCode.ShouldBe(2);
        File.Exists(folder.File("r.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Backtest_OfAWrongFileOrSymbol_SaysSoAndWritesNothing()
    {
        await using var app = await StoppedAsync();
        using var folder = new TempFolder();
        var (bars, broken, offTick) = (folder.File("bars.csv"), folder.File("broken.csv"), folder.File("off.csv"));
        await File.WriteAllTextAsync(bars, Header + Waves(10));
        await File.WriteAllTextAsync(broken, Header + "2024-01-02T09:30:00Z,10,9,11,10,5\n");
        await File.WriteAllTextAsync(offTick, Header + "2024-01-02T01:30:00Z,3500.1,3500.3,3500.1,3500.1,5\n");

        (string File, string Symbol, string Expected)[] wrong =
        [
            (broken, "US.AAPL", "line 2: high is below low"), (bars, "CFFEX.IX2401", "symbol: "), (offTick, "CFFEX.IF", "line 2: a price is no multiple of the price tick 0.2"),
        ];

        foreach (var (file, symbol, expected) in wrong)
        {
            var (exitCode, output) = await app.RunVerbAsync("backtest", "sma-cross", "--in", file, "--symbol", symbol, "--out", folder.File("result.json"));
            (exitCode, output.Contains(expected, StringComparison.Ordinal)).ShouldBe((1, true), output);
        }

        File.Exists(folder.File("result.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Backtest_OverStoredBars_GivesWhatTheFileOfTheSameBarsGives()
    {
        await using var app = await StoppedAsync();
        using var folder = new TempFolder();
        var archive = new BarArchive(Path.Combine(app.DataDirectory, "bars"));
        BacktestSeries.Store(archive);
        var (bars, ofFile, ofStore) = (folder.File("bars.csv"), folder.File("file.json"), folder.File("store.json"));
        var stored = archive.Read(archive.Catalogue().Series[0].Key)!;
        await File.WriteAllTextAsync(bars, Header + string.Concat(stored.Bars().Select(bar => string.Create(
            CultureInfo.InvariantCulture, $"{bar.Start},{bar.Open / 100m},{bar.High / 100m},{bar.Low / 100m},{bar.Close / 100m},{bar.Volume}\n"))));
        string[] same = ["--symbol", BacktestSeries.Symbol, "--set", "fast=3", "--set", "slow=8", "--set", "volume=10", "--cash", "100000", "--commission", "0.001"];

        foreach (var arguments in (string[][])[["--in", bars, "--out", ofFile], ["--timeframe", "1m", "--out", ofStore]])
        {
            var (exitCode, output) = await app.RunVerbAsync(["backtest", "sma-cross", .. same, .. arguments]);
            exitCode.ShouldBe(0, output);
        }

        (await File.ReadAllTextAsync(ofStore)).ShouldBe(await File.ReadAllTextAsync(ofFile));
    }

    [Fact]
    public async Task Backtest_OverBarsThatAreNotStored_SaysWhatIs()
    {
        await using var app = await StoppedAsync();
        using var folder = new TempFolder();
        var archive = new BarArchive(Path.Combine(app.DataDirectory, "bars"));
        BacktestSeries.Store(archive);
        BacktestSeries.Store(archive, source: "other", minutes: 5);
        var result = folder.File("result.json");
        (string[] Arguments, int ExitCode, string Expected)[] wrong =
        [
            (["--symbol", "US.NONE"], 1, "No bars of US.NONE are stored"),
            (["--symbol", BacktestSeries.Symbol], 1, "Several sources have US.WAVE: history, other"),
            (["--symbol", BacktestSeries.Symbol, "--source", "other", "--timeframe", "3m"], 1, "3m cannot be made"),
            (["--symbol", BacktestSeries.Symbol, "--source", "other", "--from", "2030-01-01"], 1, "stored are 2024-01-02 to 2024-01-07"),
            (["--symbol", BacktestSeries.Symbol, "--source", "other", "--from", "yesterday"], 2, "--from: a day such as"),
            (["--symbol", BacktestSeries.Symbol, "--in", result, "--source", "other"], 2, "--source is for stored bars"),
        ];

        foreach (var (arguments, code, expected) in wrong)
        {
            var (exitCode, output) = await app.RunVerbAsync(["backtest", "sma-cross", .. arguments, "--out", result]);
            (exitCode, output.Contains(expected, StringComparison.Ordinal)).ShouldBe((code, true), output);
        }

        File.Exists(result).ShouldBeFalse();
    }

    /// <summary>The answer holds together by itself: every price is the open of its bar, every fee its share, and the last equity is the cash and what came of it.</summary>
    private static void ShouldAddUp(JsonNode answer, IReadOnlyList<string[]> bars)
    {
        var opens = bars.ToDictionary(cells => DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture), cells => decimal.Parse(cells[1], CultureInfo.InvariantCulture));
        decimal net = 0, paid = 0;
        foreach (var trade in answer["trades"]!.AsArray())
        {
            var (entry, exit) = (trade!["entry_price"]!.GetValue<decimal>(), trade["exit_price"]!.GetValue<decimal>());
            entry.ShouldBe(opens[trade["entry_time"]!.GetValue<DateTimeOffset>()]);
            exit.ShouldBe(opens[trade["exit_time"]!.GetValue<DateTimeOffset>()]);
            var sign = trade["side"]!.GetValue<string>() == "long" ? 1 : -1;
            trade["pnl"]!.GetValue<decimal>().ShouldBe((exit - entry) * 10 * sign);
            var fee = decimal.Round(entry * 10 * 0.002m, 2, MidpointRounding.AwayFromZero) + decimal.Round(exit * 10 * 0.002m, 2, MidpointRounding.AwayFromZero);
            trade["fee"]!.GetValue<decimal>().ShouldBe(fee);
            net += trade["net"]!.GetValue<decimal>();
            paid += fee;
        }
        var statistics = answer["statistics"]!;
        var open = answer["open_position"]!.AsArray();
        var last = decimal.Parse(bars[^1][4], CultureInfo.InvariantCulture);
        var floating = open.Sum(leg => (last - leg!["average_open_price"]!.GetValue<decimal>()) * 10 * (leg["side"]!.GetValue<string>() == "long" ? 1 : -1));
        var openFees = statistics["fees"]!.GetValue<decimal>() - paid;
        statistics["final_equity"]!.GetValue<decimal>().ShouldBe(10_000m + net + floating - openFees);
        answer["equity"]!.AsArray()[^1]!["equity"]!.GetValue<decimal>().ShouldBe(statistics["final_equity"]!.GetValue<decimal>());
    }

    private static string Waves(int count)
    {
        var lines = Enumerable.Range(0, count).Select(i =>
        {
            var (open, close) = (100 + (10 * Math.Sin(i / 6.0)), 100 + (10 * Math.Sin((i + 1) / 6.0)));
            return string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2024, 1, 2, 9, 30, 0, DateTimeKind.Utc).AddMinutes(i):yyyy-MM-dd'T'HH:mm:ss'Z'},{open:0.00},{Math.Max(open, close) + 0.5:0.00},{Math.Min(open, close) - 0.5:0.00},{close:0.00},1000");
        });
        return string.Join('\n', lines) + "\n";
    }

    private static async Task<AppProcess> StoppedAsync()
    {
        var app = await AppProcess.StartAsync(TradingClient.Settings());
        await app.StopAsync();
        return app;
    }
}
