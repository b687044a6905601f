using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Cli;

/// <summary><c>history</c> as it is typed: each call is a process of its own.</summary>
public sealed class HistoryVerbTests
{
    private const string Header = "timestamp,open,high,low,close,volume\n";
    private const string Good = Header + "2025-04-29 09:35,3800,3801,3799,3800.2,10\n2025-04-29 09:40,3800.2,3800.2,3800,3800,5\n2025-04-29 09:50,3800,3800,3800,3800,1\n";

    [Fact]
    public async Task Import_List_Check_Remove_OneAfterTheOther()
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());
        using var folder = new TempFolder();
        var file = folder.File("bars.csv");
        await File.WriteAllTextAsync(file, Good);
        string[] import = ["history", "import", "--format", "csv", "--in", file, "--symbol", "CFFEX.IF2506", "--timeframe", "5m", "--zone", "+08:00", "--bar-time", "end"];

        var imported = await app.RunVerbAsync(import);
        var again = await app.RunVerbAsync(import);
        var listed = await app.RunVerbAsync("history", "list");
        var holed = await app.RunVerbAsync("history", "check", "--symbol", "IF2506");
        await File.WriteAllTextAsync(file, Header + "2025-04-29 09:45,3800,3800,3800,3800,1\n");
        var repaired = await app.RunVerbAsync(import);
        var whole = await app.RunVerbAsync("history", "check", "--symbol", "CFFEX.IF2506", "--timeframe", "5m", "--source", "history");
        var removed = await app.RunVerbAsync("history", "remove", "--symbol", "CFFEX.IF2506", "--timeframe", "5m", "--source", "history");
        var gone = await app.RunVerbAsync("history", "check", "--symbol", "CFFEX.IF2506");

        imported.ExitCode.ShouldBe(0, imported.Output);
        imported.Output.ShouldContain("Imported 3 bars of history CFFEX.IF2506 5m, 2025-04-29T01:30Z to 2025-04-29T01:50Z, price tick 0.2");
        again.Output.ShouldContain("0 new, 0 replaced, 3 unchanged, 0 removed; 0 others");
        (listed.ExitCode, listed.Output.Contains("history,CFFEX.IF2506,5m,3,2025-04-29T01:30Z,2025-04-29T01:50Z,0.2,496,1,1", StringComparison.Ordinal)).ShouldBe((0, true), listed.Output);
        (holed.ExitCode, holed.Output.Contains("2025-04-29T01:40Z to 2025-04-29T01:45Z: 1 missing within a session", StringComparison.Ordinal)).ShouldBe((1, true), holed.Output);
        holed.Output.ShouldContain("2025-04-29 to 2025-04-29: gap, 1 missing");
        repaired.Output.ShouldContain("1 new, 0 replaced");
        (whole.ExitCode, whole.Output.Contains("4 bars, 4 expected, 0 missing, 0 doubtful", StringComparison.Ordinal)).ShouldBe((0, true), whole.Output);
        removed.ExitCode.ShouldBe(0, removed.Output);
        (gone.ExitCode, gone.Output.Contains("No bars of CFFEX.IF2506", StringComparison.Ordinal)).ShouldBe((1, true), gone.Output);
    }

    [Fact]
    public async Task Import_OfABadFile_NamesLineAndFieldAndStoresNothing()
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());
        using var folder = new TempFolder();
        var file = folder.File("bars.csv");
        await File.WriteAllTextAsync(file, Good + "2025-04-29 09:55,3800.1,3800,3800,x,-1\n");
        string[] import = ["history", "import", "--format", "csv", "--in", file, "--symbol", "CFFEX.IF2506", "--timeframe", "5m", "--zone", "+08:00", "--bar-time", "end"];

        var refused = await app.RunVerbAsync(import);
        var empty = await app.RunVerbAsync("history", "list");
        var skipped = await app.RunVerbAsync([.. import, "--skip-bad-lines"]);

        refused.ExitCode.ShouldBe(1, refused.Output);
        refused.Output.ShouldContain("bars.csv line 5: open: Must be a multiple of the price tick 0.2, was 3800.1.");
        refused.Output.ShouldContain("bars.csv line 5: close: Must be a number, was x.");
        refused.Output.ShouldContain("bars.csv line 5: volume: Must be 0 to");
        refused.Output.ShouldContain("Nothing was imported.");
        empty.Output.ShouldNotContain("CFFEX");
        (skipped.ExitCode, skipped.Output.Contains("Imported 3 bars", StringComparison.Ordinal)).ShouldBe((0, true), skipped.Output);
        skipped.Output.ShouldContain("1 were bad and left out");
    }

    [DataFact]
    public async Task Import_OfRealFilesOfEachKind_KnowsTheirFormat()
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());
        using var folder = new TempFolder();
        var zip = folder.File("equity/usa/minute/aapl");
        Directory.CreateDirectory(zip);
        Pack(Path.Combine(zip, "20140609_trade.zip"), "20140609_aapl_minute_trade.csv", "us_equity/minute/aapl/20140609_trade.csv.gz");

        var wondertrader = await app.RunVerbAsync(
            "history", "import", "--format", "wondertrader", "--in", TestData.PathOf("cn_futures/CFFEX.IF.HOT_m5_2014_2019.csv.gz"), "--symbol", "CFFEX.IF.HOT", "--timeframe", "5m", "--source", "wt");
        var check = await app.RunVerbAsync("history", "check", "--symbol", "CFFEX.IF-MAIN", "--holidays", Unpacked(folder, "cn_futures/meta/holidays.json.gz"));
        var lean = await app.RunVerbAsync("history", "import", "--format", "lean", "--in", folder.File("equity/usa/minute/aapl"), "--symbol", "AAPL.US", "--timeframe", "1m");

        (wondertrader.ExitCode, wondertrader.Output.Contains("Imported 68145 bars of wt CFFEX.IF-MAIN 5m", StringComparison.Ordinal)).ShouldBe((0, true), wondertrader.Output);
        (check.ExitCode, check.Output.Contains("68145 bars, 68208 expected, 63 missing", StringComparison.Ordinal)).ShouldBe((1, true), check.Output);
        check.Output.ShouldContain("2016-01-07 to 2016-01-07: gap, 44 missing");
        var always = await app.RunVerbAsync("history", "check", "--symbol", "AAPL.US", "--around-the-clock");

        always.Output.ShouldContain("834 bars, 960 expected, 126 missing");
        (lean.ExitCode, lean.Output.Contains("Imported 834 bars of history US.AAPL 1m, 2014-06-09T08:00Z", StringComparison.Ordinal)).ShouldBe((0, true), lean.Output);
    }

    [Fact]
    public async Task Export_OfStoredBars_IsReadBackTheSame()
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());
        using var folder = new TempFolder();
        var (file, exported) = (folder.File("bars.csv"), folder.File("exported.csv"));
        await File.WriteAllTextAsync(file, Good);
        (await app.RunVerbAsync("history", "import", "--format", "csv", "--in", file, "--symbol", "CFFEX.IF2506", "--timeframe", "5m", "--zone", "+08:00", "--bar-time", "end")).ExitCode.ShouldBe(0);

        var export = await app.RunVerbAsync("history", "export", "--source", "history", "--symbol", "CFFEX.IF2506", "--timeframe", "5m", "--out", exported, "--bar-time", "end");
        var again = await app.RunVerbAsync("history", "import", "--format", "csv", "--in", exported, "--symbol", "CFFEX.IF2506", "--timeframe", "5m", "--bar-time", "end");

        export.ExitCode.ShouldBe(0, export.Output);
        (await File.ReadAllLinesAsync(exported))[..2].ShouldBe(["timestamp,open,high,low,close,volume", "2025-04-29T01:35:00.000Z,3800,3801,3799,3800.2,10"]);
        again.Output.ShouldContain("0 new, 0 replaced, 3 unchanged", Case.Sensitive, export.Output);
    }

    /// <summary>2019-01-17: the last bar of the old contract, 3129.4, is the new one's 3131.0 of that evening, and nine more rolls follow.</summary>
    [DataFact]
    public async Task Export_OfAdjustedBars_TakesTheRollsOut()
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());
        using var folder = new TempFolder();
        var (file, rolls) = (folder.File("exported.csv"), TestData.PathOf("cn_futures/meta/hots.json.gz"));
        await app.RunVerbAsync("history", "import", "--format", "wondertrader", "--in", TestData.PathOf("cn_futures/CFFEX.IF.HOT_m5_2014_2019.csv.gz"), "--symbol", "CFFEX.IF.HOT", "--timeframe", "5m");
        string[] export = ["history", "export", "--source", "history", "--symbol", "CFFEX.IF-MAIN", "--timeframe", "5m", "--out", file, "--adjust", "forward", "--rolls", rolls];

        var tooEarly = await app.RunVerbAsync(export);
        var done = await app.RunVerbAsync([.. export, "--from", "2019-01-02", "--to", "2019-01-17"]);

        (tooEarly.ExitCode, tooEarly.Output.Contains("The list tells the rolls from 2019-01-02 on, and the bars begin on 2014-01-02", StringComparison.Ordinal)).ShouldBe((1, true), tooEarly.Output);
        done.ExitCode.ShouldBe(0, done.Output);
        var lines = await File.ReadAllLinesAsync(file);
        // The first bar of the new contract opened at 3134.8, 1.6 above what the old one would have.
        lines.ShouldContain("2019-01-17T01:30:00.000Z,3133.2,3133.2,3124.4,3126.4,581");
        lines.ShouldContain("2019-01-16T06:55:00.000Z,3130.2,3131.4,3128.6,3129.4,1278");
    }

    [Fact]
    public async Task Sync_OfImportedTicks_StoresTheirBars()
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());
        using var folder = new TempFolder();
        var file = folder.File("ticks.csv");
        await File.WriteAllTextAsync(file, "symbol,timestamp,last_price,volume\nCZCE.TA2505,2025-03-03T02:30:01Z,5000,10\nCZCE.TA2505,2025-03-03T02:30:02Z,5002,12\nCZCE.TA2505,2025-03-03T02:31:02Z,4998,15\n");
        (await app.RunVerbAsync("import", file, "--source", "ours")).ExitCode.ShouldBe(0);

        var synced = await app.RunVerbAsync("history", "sync", "--source", "ours", "--symbol", "TA2505", "--timeframe", "1m");
        var listed = await app.RunVerbAsync("history", "list", "--source", "ours");

        (synced.ExitCode, synced.Output.Contains("2 new, 0 replaced", StringComparison.Ordinal)).ShouldBe((0, true), synced.Output);
        listed.Output.ShouldContain("ours,CZCE.TA2505,1m,2,2025-03-03T02:30Z,2025-03-03T02:32Z");
    }

    [Theory]
    [InlineData(1, "history", "sync", "--source", "nobody", "--symbol", "TA2505", "--timeframe", "1m")]
    [InlineData(2, "history", "sync", "--source", "nobody", "--symbol", "TA2505", "--timeframe", "1m", "--from", "yesterday")]
    [InlineData(2, "history")]
    [InlineData(2, "history", "improt")]
    [InlineData(2, "history", "import", "--format", "csv")]
    [InlineData(2, "history", "import", "--format", "parquet", "--in", "x", "--symbol", "US.AAPL", "--timeframe", "1m")]
    [InlineData(2, "history", "import", "--format", "csv", "--in", "x", "--symbol", "US.AAPL", "--timeframe", "7y")]
    [InlineData(2, "history", "import", "--format", "csv", "--in", "x", "--symbol", "US.AAPL", "--timeframe", "1m", "--zone", "Mars/Olympus")]
    [InlineData(2, "history", "import", "--format", "csv", "--in", "x", "--symbol", "US.AAPL", "--timeframe", "1m", "--skip-bad-line")]
    [InlineData(2, "history", "import", "--format", "binance", "--in", "x", "--symbol", "US.AAPL", "--timeframe", "1m", "--bar-time", "end")]
    [InlineData(2, "history", "import", "--format", "csv", "--in", "--symbol", "US.AAPL", "--timeframe", "1m")]
    [InlineData(2, "history", "export", "--source", "s", "--symbol", "US.AAPL", "--timeframe", "1d")]
    [InlineData(2, "history", "export", "--source", "s", "--symbol", "US.AAPL", "--timeframe", "1d", "--out", "x.csv", "--adjust", "backward")]
    [InlineData(2, "history", "export", "--source", "s", "--symbol", "US.AAPL", "--timeframe", "1d", "--out", "x.csv", "--factors", "f.csv")]
    [InlineData(1, "history", "export", "--source", "s", "--symbol", "US.AAPL", "--timeframe", "1d", "--out", "x.csv")]
    [InlineData(2, "history", "check")]
    [InlineData(2, "history", "check", "--symbol", "US.AAPL", "--holidays", "nowhere.txt")]
    [InlineData(2, "history", "list", "--source", "No Name")]
    [InlineData(2, "history", "remove", "--symbol", "US.AAPL", "--timeframe", "1m")]
    [InlineData(1, "history", "import", "--format", "csv", "--in", "nowhere.csv", "--symbol", "US.AAPL", "--timeframe", "1m", "--price-tick", "0.01")]
    [InlineData(1, "history", "import", "--format", "csv", "--in", ".", "--symbol", "nothing at all", "--timeframe", "1m")]
    public async Task Verb_WithWrongArguments_SaysSo(int expected, params string[] arguments)
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());

        var (exitCode, output) = await app.RunVerbAsync(arguments);

        exitCode.ShouldBe(expected, output);
        output.ShouldNotContain("Unhandled exception");
    }

    private static void Pack(string zip, string entry, string relative)
    {
        using var archive = System.IO.Compression.ZipFile.Open(zip, System.IO.Compression.ZipArchiveMode.Create);
        using var text = TestData.Open(relative);
        using var to = new StreamWriter(archive.CreateEntry(entry).Open());
        to.Write(text.ReadToEnd());
    }

    private static string Unpacked(TempFolder folder, string relative)
    {
        using var text = TestData.Open(relative);
        var path = folder.File(Path.GetFileNameWithoutExtension(relative));
        File.WriteAllText(path, text.ReadToEnd());
        return path;
    }
}
