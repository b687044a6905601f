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
}
