using System.Globalization;
using QuantDash.Core.Indicators;
using QuantDash.Tests.Core.Indicators;
using QuantDash.Tests.Support;
using QuantDash.Web.Cli;
using QuantDash.Web.Ui.Indicators;

namespace QuantDash.Tests.Web.Cli;

public sealed class IndicatorVerbTests : IDisposable
{
    private const string Header = "timestamp,open,high,low,close,volume\n";
    private const string Good = Header + "2025-03-03,10,12,9,11,100\n2025-03-04,11,13,10,12,200\n2025-03-05,12,15,11,14,300\n2025-03-06,14,14,12,13,100\n";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Values_StandBesideTheirTimestamps_EmptyWhileWarmingUp()
    {
        var (exitCode, output, error) = await RunAsync(Good, "sma", "--period", "3");

        (exitCode, error).ShouldBe((0, ""));
        output.ShouldBe("timestamp,sma\r\n2025-03-03,\r\n2025-03-04,\r\n2025-03-05,12.333333333333334\r\n2025-03-06,13\r\n");
    }

    [Fact]
    public async Task Values_GoToTheNamedFile()
    {
        var values = _folder.File("values.csv");

        var (exitCode, output, _) = await RunAsync(Good, "donchian", "--period", "2", "--out", values);

        (exitCode, output).ShouldBe((0, ""));
        (await File.ReadAllLinesAsync(values)).ShouldBe(["timestamp,upper,middle,lower,width", "2025-03-03,,,,", "2025-03-04,,,,", $"2025-03-05,13,11,9,{(4 / 11.0).ToString("R", CultureInfo.InvariantCulture)}", $"2025-03-06,15,12.5,10,{(5 / 12.5).ToString("R", CultureInfo.InvariantCulture)}"]);
        Directory.GetFiles(_folder.Path, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task Source_ChoosesAnotherNumber() => (await RunAsync(Good, "sma", "--period", "2", "--source", "volume")).Output.ShouldContain("2025-03-04,150\r\n");

    [Fact]
    public async Task Arguments_MayBeWrittenWithHyphensAndEqualsSigns_BesideConfiguration()
    {
        var (exitCode, output, error) = await RunAsync(Good, "standard-deviation", "--period=2", "--urls", "http://127.0.0.1:1", "--QuantDash:Demo=true");
        (exitCode, error).ShouldBe((0, ""));
        output.ShouldContain("2025-03-04,0.5,11.5,1\r\n");
    }

    [Fact]
    public async Task Days_MayBeWrittenWithoutHyphens() => (await RunAsync(Good.Replace("-", "", StringComparison.Ordinal), "sma", "--period", "3")).Output.ShouldContain("20250306,13\r\n");

    /// <summary>As a chart draws it: chikou on the row of the bar it is held against, the cloud on the row over which it stands, nothing beyond the last bar.</summary>
    [Fact]
    public async Task Ichimoku_ShiftsChikouUpTheTable()
    {
        var (_, output, _) = await RunAsync(Good, "ichimoku", "--tenkan", "1", "--kijun", "1", "--senkou", "1", "--displacement", "2");
        output.ShouldBe("timestamp,tenkan,kijun,senkou_a,senkou_b,chikou\r\n2025-03-03,10.5,10.5,,,14\r\n2025-03-04,11.5,11.5,,,13\r\n2025-03-05,13,13,10.5,10.5,\r\n2025-03-06,13,13,11.5,11.5,\r\n");
    }

    [Fact]
    public async Task VolumeWeightedPrice_Daily_TakesTheDayFromTheTimestamp()
    {
        var (_, output, _) = await RunAsync(Header + "2025-03-03T14:59:00+08:00,10,10,10,10,100\n2025-03-03T15:00:00+08:00,20,20,20,20,100\n2025-03-04T09:00:00+08:00,30,30,30,30,100\n", "vwap", "--daily", "1");
        output.Split("\r\n")[1..4].Select(line => line.Split(',')[1]).ShouldBe(["10", "15", "30"]);
    }

    [Theory]
    [InlineData("2025-03-03,10,12,9,abc,100\n", "line 2: close is abc; allowed: a number.")]
    [InlineData("2025-03-03,10,12,9,,100\n", "line 2: close is empty; allowed: a number.")]
    [InlineData("2025-03-03,10,12,9,NaN,100\n", "line 2: close is NaN; allowed: a number from -1E+30 to 1E+30.")]
    [InlineData("2025-03-03,10,Infinity,9,11,100\n", "line 2: high is Infinity; allowed: a number from -1E+30 to 1E+30.")]
    [InlineData("2025-03-03,10,12,13,11,100\n", "line 2: low is 13; allowed: at most the high, 12.")]
    [InlineData("2025-03-03,10,12,9,11,-1\n", "line 2: volume is -1; allowed: 0 to 1E+30.")]
    [InlineData("2025-03-03,10,12,9,11\n", "line 2: the header has 6 columns, this line has 5.")]
    [InlineData("03/04/2025,10,12,9,11,100\n", "line 2: timestamp is 03/04/2025; allowed: ISO-8601 such as")]
    [InlineData("2025-03-03,10,12,9,11,1\n2025-03-03,10,12,9,11,1\n", "line 3: timestamp is 2025-03-03; allowed: later than that of the line before.")]
    [InlineData("", "There are no bars in the file.")]
    public async Task File_WithAMistake_IsRefusedByLineAndField(string rows, string expected)
    {
        var values = _folder.File("values.csv");

        var (exitCode, output, error) = await RunAsync(Header + rows, "sma", "--period", "2", "--out", values);

        (exitCode, output).ShouldBe((2, ""));
        error.ShouldContain(expected);
        File.Exists(values).ShouldBeFalse("nothing is half-written");
    }

    [Fact]
    public async Task File_WithManyMistakes_TellsEachOfTheFirstTwenty()
    {
        var (_, _, error) = await RunAsync(Header + string.Concat(Enumerable.Range(1, 25).Select(day => $"2025-03-{day:00},10,x,9,y,1\n")), "sma");
        error.ShouldContain("line 2: high is x");
        error.ShouldContain("line 2: close is y");
        error.ShouldContain("… and 30 more.");
    }

    [Fact]
    public async Task File_WithoutAColumn_IsRefusedByItsName()
        => (await RunAsync("timestamp,open,high,low,close\n2025-03-03,1,1,1,1\n", "sma")).Error.ShouldContain("line 1: the column volume is missing");

    [Fact]
    public async Task RealisedVolatility_OfAPriceOfNothing_NamesTheLine()
        => (await RunAsync(Header + "2025-03-03,0,0,0,0,1\n", "realised_volatility")).Error.ShouldContain("line 2: ");

    [Theory]
    [InlineData("--period is 0; allowed: a whole number from 1 to 100000.", "sma", "--period", "0")]
    [InlineData("--period is 2.5; allowed: a whole number from 1 to 100000.", "sma", "--period", "2.5")]
    [InlineData("--period is many; allowed: a whole number from 1 to 100000.", "sma", "--period", "many")]
    [InlineData("--period: the value is missing.", "sma", "--period")]
    [InlineData("--period is there twice.", "sma", "--period", "3", "--period", "4")]
    [InlineData("--length: sma knows --period, --in, --out, --source.", "sma", "--length", "3")]
    [InlineData("--source: atr knows --period, --in, --out.", "atr", "--source", "open")]
    [InlineData("--source is 3; allowed: close, open", "sma", "--source", "3")]
    [InlineData("--atr-period is -1; allowed", "keltner", "--atr-period", "-1")]
    [InlineData("fast is 26; allowed: less than slow, 12.", "macd", "--fast", "26", "--slow", "12")]
    [InlineData("There is no indicator nothing. There are: adx, atr,", "nothing")]
    public async Task Arguments_ThatAreWrong_AreAllTold(string expected, params string[] words)
    {
        var (exitCode, output, error) = await RunAsync(Good, words);
        (exitCode, output).ShouldBe((2, ""));
        error.ShouldContain(expected);
    }

    [Theory]
    [InlineData]
    [InlineData("--period", "3")]
    public async Task Arguments_WithoutAName_ShowTheUsage(params string[] words)
    {
        var error = new StringWriter();
        (await IndicatorVerb.RunAsync(words, TextWriter.Null, error, CancellationToken.None)).ShouldBe(2);
        error.ToString().ShouldContain("indicators <name>");
    }

    [Theory]
    [InlineData("--in is missing", "sma", "--period", "3")]
    [InlineData("there is no file nowhere.csv", "sma", "--in", "nowhere.csv")]
    public async Task Input_ThatIsNotThere_IsSaid(string expected, params string[] words)
    {
        var error = new StringWriter();
        (await IndicatorVerb.RunAsync(words, TextWriter.Null, error, CancellationToken.None)).ShouldBe(2);
        error.ToString().ShouldContain(expected);
    }

    [Fact]
    public async Task Output_ThatCannotBeWritten_IsSaid()
    {
        var (exitCode, _, error) = await RunAsync(Good, "sma", "--out", _folder.File("nowhere/values.csv"));
        (exitCode, error.Length > 0).ShouldBe((2, true));
    }

    [Fact]
    public async Task List_ShowsEveryIndicatorWithItsSentencesInBothLanguages()
    {
        var output = new StringWriter();
        (await IndicatorVerb.RunAsync(["list"], output, TextWriter.Null, CancellationToken.None)).ShouldBe(0);
        foreach (var one in IndicatorCatalogue.All) output.ToString().ShouldContain($"{one.Name}: ");
        output.ToString().ShouldContain("--periods-per-year 252");

        var table = TextTables.All().Single(text => text.Type == typeof(IndicatorText));
        var keys = IndicatorCatalogue.All.SelectMany(one => one.Parameters.Select(parameter => parameter.HelpKey).Append(one.HelpKey)).Append("Parameter.source").Distinct();
        table.English.Keys.Order(StringComparer.Ordinal).ShouldBe(keys.Order(StringComparer.Ordinal));
    }

    /// <summary>The real series through the file and back gives what the kernel gives.</summary>
    [DataFact]
    public async Task Values_OfARealSeries_AreTheKernelsToTheLastDigit()
    {
        var bars = IndicatorSamples.Daily();
        var rows = string.Concat(bars.Select((bar, i) => string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000 + (i * 60)},{bar.Open:R},{bar.High:R},{bar.Low:R},{bar.Close:R},{bar.Volume:R}\n")));

        var (_, output, _) = await RunAsync(Header + rows, "rsi", "--period", "14");

        var expected = IndicatorCatalogue.Find("rsi")!.Over(bars)[0];
        output.Split("\r\n")[1..^1].Select(line => line.Split(',')[1]).ShouldBe(expected.Select(value => value?.ToString("R", CultureInfo.InvariantCulture) ?? ""));
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string bars, params string[] words)
    {
        var file = _folder.File("bars.csv");
        await File.WriteAllTextAsync(file, bars);
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await IndicatorVerb.RunAsync([words[0], "--in", file, .. words[1..]], output, error, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }
}
