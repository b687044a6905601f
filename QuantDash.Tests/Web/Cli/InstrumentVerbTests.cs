using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Cli;

public sealed class InstrumentVerbTests
{
    private const string Header = "exchange,code,name_zh,name_en,lot,price_tick\n";

    [Fact]
    public async Task Stocks_OfAList_AreKnownFromTheNextStartOn_AndAWrongListChangesNothing()
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());
        using var folder = new TempFolder();
        var (good, wrong) = (folder.File("good.csv"), folder.File("wrong.csv"));
        await File.WriteAllTextAsync(good, "\uFEFF" + Header + "HK,01211,比亚迪,BYD,100,0.01\r\nHK,00700,腾讯控股,Tencent,200,0.01\r\n");
        await File.WriteAllTextAsync(wrong, Header + "HK,01211,比亚迪,BYD,500,0.01\nHK,12,x,X,100,0.01\n");

        var imported = await app.RunVerbAsync("instruments", "import", "--in", good);
        var refused = await app.RunVerbAsync("instruments", "import", "--in", wrong);
        var listed = await app.RunVerbAsync("instruments", "list", "--exchange", "HK");
        var misused = await app.RunVerbAsync("instruments", "import");

        (imported.ExitCode, imported.Output.Contains("1 stocks added, 1 replaced", StringComparison.Ordinal)).ShouldBe((0, true), imported.Output);
        (refused.ExitCode, refused.Output.Contains("row 3, column code: five digits", StringComparison.Ordinal)).ShouldBe((1, true), refused.Output);
        listed.ExitCode.ShouldBe(0);
        listed.Output.ShouldContain("HK,01211,Stock,BYD,HKD,1,100,0.01");
        listed.Output.ShouldContain("HK,00700,Stock,Tencent,HKD,1,200,0.01");
        misused.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Calendar_OfAFile_IsInForceFromTheNextStartOn_AndAWrongOneChangesNothing()
    {
        await using var app = AppProcess.Idle(TradingClient.Settings());
        using var folder = new TempFolder();
        var (good, wrong) = (folder.File("good.csv"), folder.File("wrong.csv"));
        await File.WriteAllTextAsync(good, "date,kind\n2027-01-01,known_from\n2027-03-31,known_to\n2027-01-01,closed\n2027-02-08,closed\n");
        await File.WriteAllTextAsync(wrong, "date,kind\n2027-01-01,known_from\n2027-06-30,known_to\n2027-02-30,closed\n");

        var imported = await app.RunVerbAsync("instruments", "import-calendar", "--market", "CN", "--in", good);
        var refused = await app.RunVerbAsync("instruments", "import-calendar", "--market", "CN", "--in", wrong);
        var listed = await app.RunVerbAsync("instruments", "calendar");
        var printed = await app.RunVerbAsync("instruments", "calendar", "--market", "CN");
        var misused = await app.RunVerbAsync("instruments", "import-calendar", "--market", "JP", "--in", good);

        (imported.ExitCode, imported.Output.Contains("The calendar of CN is known to 2027-03-31", StringComparison.Ordinal)).ShouldBe((0, true), imported.Output);
        (refused.ExitCode, refused.Output.Contains("line 4 date: Must be a day as yyyy-MM-dd from 2000-01-01 to 2099-12-31, was 2027-02-30.", StringComparison.Ordinal)).ShouldBe((1, true), refused.Output);
        listed.Output.ShouldContain("CN,2024-01-01,2027-03-31");
        printed.Output.ShouldContain("2027-02-08,closed");
        printed.Output.ShouldContain("2027-02-05,no_night");
        misused.ExitCode.ShouldBe(2);
    }
}
