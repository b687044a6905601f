using System.Globalization;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Cli;

/// <summary>The verbs as they are typed: a process of their own, beside a running QuantDash or after it.</summary>
public sealed class VerbTests
{
    private const string Good = "symbol,timestamp,last_price,volume\nCZCE.TA2505,2025-03-03T02:00:01Z,5000,10\nCZCE.TA2505,2025-03-03T02:00:02Z,5002,12\n";

    [Fact]
    public async Task Import_BesideARunningProcess_IsTakenOverByIt()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        using var folder = new TempFolder();
        var file = folder.File("ticks.csv");
        await File.WriteAllTextAsync(file, Good);

        var (exitCode, output) = await app.RunVerbAsync("import", file, "--source", "history");

        (exitCode, output.Contains("Imported: 2 of 2 rows", StringComparison.Ordinal)).ShouldBe((0, true), output);
        var days = await TradingClient.EventuallyAsync(() => TradingClient.Of(app).ItemsAsync("api/ticks/days"), found => found.Count > 0);
        days.ShouldHaveSingleItem()["ticks"]!.GetValue<int>().ShouldBe(2);

        await TradingClient.Of(app).SourceAsync("audited", "ticks");
        var whole = await app.RunVerbAsync("audit", "verify");
        (whole.ExitCode, whole.Output.Contains("whole: ", StringComparison.Ordinal)).ShouldBe((0, true), whole.Output);
        File.Delete(Path.Combine(app.DataDirectory, "audit.heads"));
        var broken = await app.RunVerbAsync("audit", "verify");
        (broken.ExitCode, broken.Output.Contains("NOT WHOLE: no_witness", StringComparison.Ordinal)).ShouldBe((1, true), broken.Output);
    }

    [Fact]
    public async Task Import_OfABrokenFile_NamesTheRowAndStoresNothing()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        using var folder = new TempFolder();
        var file = folder.File("ticks.csv");
        await File.WriteAllTextAsync(file, Good + "CZCE.TA2505,2025-03-03T02:00:03Z,broken,13\n");

        var refused = await app.RunVerbAsync("import", file, "--source", "history");
        var skipped = await app.RunVerbAsync("import", file, "--source", "other", "--skip-broken");

        (refused.ExitCode, refused.Output.Contains("line 4: last_price", StringComparison.Ordinal)).ShouldBe((1, true), refused.Output);
        skipped.ExitCode.ShouldBe(0, skipped.Output);
        var days = await TradingClient.EventuallyAsync(() => TradingClient.Of(app).ItemsAsync("api/ticks/days"), found => found.Count > 0);
        days.ShouldHaveSingleItem()["source"]!.GetValue<string>().ShouldBe("other");
    }

    [Theory]
    [InlineData(2, "import", "--source", "x")]
    [InlineData(2, "audit")]
    [InlineData(2, "indicators", "sma", "--period", "0")]
    [InlineData(2, "import", "nowhere.csv", "--source", "x")]
    [InlineData(2, "replay", "--from", "history", "--to", "replay", "--day", "yesterday")]
    [InlineData(2, "replay", "--from", "history", "--to", "replay", "--day", "2025-03-03", "--speed", "0")]
    [InlineData(1, "replay", "--from", "history", "--to", "nobody", "--day", "2025-03-03")]
    public async Task Verb_WithWrongArguments_SaysSo(int expected, params string[] arguments)
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        await app.StopAsync();

        var (exitCode, output) = await app.RunVerbAsync(arguments);

        exitCode.ShouldBe(expected, output);
        output.ShouldNotContain("Unhandled exception");
    }

    [Fact]
    public async Task Indicators_OfABarFile_WritesTheirValues()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        using var folder = new TempFolder();
        var (bars, values) = (folder.File("bars.csv"), folder.File("values.csv"));
        await File.WriteAllTextAsync(bars, "timestamp,open,high,low,close,volume\n2025-03-03,1,1,1,1,1\n2025-03-04,2,2,2,2,1\n");

        var (exitCode, output) = await app.RunVerbAsync("indicators", "sma", "--period", "2", "--in", bars, "--out", values);

        exitCode.ShouldBe(0, output);
        (await File.ReadAllTextAsync(values)).ShouldBe("timestamp,sma\r\n2025-03-03,\r\n2025-03-04,1.5\r\n");
    }

    /// <summary>2021-01-04 of the index future with nothing but the command line: the listed ticks decide.</summary>
    [DataFact]
    public async Task Replay_OfAnImportedDay_PrintsTheDecidingTicks()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var client = TradingClient.Of(app);
        await IndexFutureRules.ArmAsync(client, await client.SourceAsync("replay", "ticks"), 5230.8m);
        (await app.StopAsync()).ShouldBe(0);

        var imported = await app.RunVerbAsync("import", IndexFutures.FileOf("20210104"), "--source", "history");
        var replayed = await app.RunVerbAsync("replay", "--from", "history", "--to", "replay", "--day", "2021-01-04");

        imported.ExitCode.ShouldBe(0, imported.Output);
        replayed.ExitCode.ShouldBe(0, replayed.Output);
        foreach (var (rule, (time, price)) in IndexFutureRules.Expected20210104)
        {
            var (side, condition) = (rule.Split(' ')[0], rule.Split(' ')[1]);
            var at = DateTime.Parse($"2021-01-04T{time}+08:00", CultureInfo.InvariantCulture).ToUniversalTime();
            var line = string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} CFFEX.IF2101 {side} {condition} at {price}: ");
            replayed.Output.ShouldContain(line, Case.Insensitive);
        }
    }

    [Fact]
    public async Task Replay_BesideARunningProcess_PointsToTheHttpInterface()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());

        var (exitCode, output) = await app.RunVerbAsync("replay", "--from", "history", "--to", "replay", "--day", "2025-03-03");

        (exitCode, output.Contains("POST /api/replays", StringComparison.Ordinal)).ShouldBe((1, true), output);
    }
}
