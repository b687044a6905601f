using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Audit;
using QuantDash.Core.Statements;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Features.Accounts;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Features.Accounts;

public sealed class StatementsPanelTests : ScreenContext
{
    private readonly SampleStatements _statements = new();
    private readonly SampleAuditLog _audit = new();

    public StatementsPanelTests()
    {
        Services.AddSingleton<IBrokerStatements>(_statements);
        Services.AddSingleton<IAuditLog>(_audit);
        Services.AddSingleton<StatementDesk>();
    }

    [Fact]
    public void Statements_BeforeTheFirst_SayWhatToDo() => Render<StatementsPanel>().WaitForElement(".empty").TextContent.ShouldContain("by day or by trade");

    [Fact]
    public void Statement_FromAFile_IsKeptAndHeldAgainstTheBooks()
    {
        var panel = Render<StatementsPanel>();

        Upload(panel, StatementApiTests.Statement.Replace("Currency：CNY", "", StringComparison.Ordinal));

        panel.WaitForElement("#verdict").TextContent.ShouldContain("unexplained");
        panel.FindAll("#statements tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("2025-01-06");
        panel.Find("#differences tr[data-field=equity]").GetAttribute("data-state").ShouldNotBe("agrees");
        panel.Find("#differences tr[data-field=equity]").Children[1].TextContent.ShouldBe("1,000,500.00");
        _audit.Notes.ShouldHaveSingleItem().Action.ShouldBe("statement.imported");
        _statements.Kept.ShouldHaveSingleItem().FileName.ShouldBe("jsd.txt");
    }

    [Fact]
    public void Statement_ThatIsDamaged_NamesTheLine_AndIsNotKept()
    {
        var panel = Render<StatementsPanel>();

        Upload(panel, StatementApiTests.Statement.Replace("24750.00|", "24x50.00|", StringComparison.Ordinal));

        panel.WaitForElement("#refused").TextContent.ShouldContain("Line 18, 保证金: “24x50.00” is no number.");
        _statements.Kept.ShouldBeEmpty();
        _audit.Notes.ShouldBeEmpty();
    }

    private static void Upload(IRenderedComponent<StatementsPanel> panel, string text)
    {
        panel.WaitForElement(".empty");
        panel.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(text, "jsd.txt"));
    }
}

/// <summary>For somebody who may only look.</summary>
public sealed class StatementsPanelOfAViewerTests : ScreenContext
{
    private protected override Rights Rights => new(Trade: false, Admin: false);

    [Fact]
    public void Import_IsNotOffered()
    {
        Services.AddSingleton<IBrokerStatements>(new SampleStatements());
        Services.AddSingleton<IAuditLog>(new SampleAuditLog());
        Services.AddSingleton<StatementDesk>();
        Render<StatementsPanel>().WaitForElement(".empty");
        Render<StatementsPanel>().FindAll("#statement-file").ShouldBeEmpty();
    }
}
