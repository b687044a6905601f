using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class ImportDialogTests : ScreenContext
{
    private const string Header = "id,account_id,symbol,direction,trigger_type,trigger_price,stop_loss_price,note\r\n";
    private static readonly string Row = $",{SampleSnapshot.Demo.Value},DCE.v2605,short,price,2700,,new one\r\n";

    [Fact]
    public void File_Chosen_ShowsWhatEachRowWouldDoAndWritesNothing()
    {
        var old = SampleSnapshot.At(SampleSnapshot.Now).Rules[2].Rule;
        var dialog = Open(Header + Row + $"{old.Id},,,,,,5300,\r\n".Replace(",,,,,,", $",{SampleSnapshot.Demo.Value},{old.Symbol},long,price,,", StringComparison.Ordinal) + Row.Replace("2700", "2700.5", StringComparison.Ordinal));

        dialog.FindAll("tr[data-kind]").Select(tr => tr.GetAttribute("data-kind")).ShouldBe(["create", "change", "refused"]);
        dialog.FindAll("tr[data-kind]")[1].TextContent.ShouldContain("stop_loss_price 5400 → 5300");
        dialog.FindAll("tr[data-kind]")[2].TextContent.ShouldContain("trigger_price");
        dialog.Find("#import-save").HasAttribute("disabled").ShouldBeTrue();
        Locks.Saved.ShouldBeEmpty();
    }

    /// <summary>What the hint under the file says.</summary>
    [Fact]
    public void EmptyCell_ClearsItsField_AndAColumnLeftOutKeepsIt()
    {
        var old = SampleSnapshot.At(SampleSnapshot.Now).Rules[2].Rule;

        var dialog = Open($"id,trigger_price,stop_loss_price,auto_execute\r\n{old.Id},5800,,\r\n");

        var row = dialog.Find("tr[data-kind=change]").TextContent;
        row.ShouldContain("stop_loss_price 5400 → —");
        row.ShouldContain("auto_execute True → False");
        row.ShouldNotContain("direction");
    }

    [Fact]
    public void Save_EveryRowGood_WritesThemTogetherAndCloses()
    {
        var dialog = Open(Header + Row + Row);

        dialog.Find("#import-save").Click();

        Locks.Saved.Select(rule => rule.Note).ShouldBe(["new one", "new one"]);
        dialog.FindAll("#import").ShouldBeEmpty();
    }

    [Fact]
    public void File_AsItWasExported_ChangesNothing()
    {
        var rule = SampleSnapshot.At(SampleSnapshot.Now).Rules[1].Rule;
        var dialog = Open(RuleFile.Csv([rule]));

        dialog.Find("tr[data-kind]").GetAttribute("data-kind").ShouldBe("unchanged");
        dialog.Find("#import-save").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void Engine_RefusesARow_SaysWhyInTheTable()
    {
        Locks.Refusal = new("symbol", "currency_differs", "USD", "CNY");

        var dialog = Open(Header + Row);

        dialog.Find("tr[data-kind=refused] .sub.danger").TextContent.ShouldContain("CNY");
    }

    [Fact]
    public void File_WithSemicolons_IsRefusedInASentence() => Open("symbol;note\r\n1;2").Find("#import .notice").TextContent.ShouldContain("commas");

    private IRenderedComponent<LocksPage> Open(string file)
    {
        var page = Render<LocksPage>();
        page.Find("#import-rules").Click();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(file, "rules.csv"));
        return page;
    }
}
