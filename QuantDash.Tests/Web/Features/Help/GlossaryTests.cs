using System.Text.RegularExpressions;
using Bunit;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Help;
using QuantDash.Web.Ui.Glossary;

namespace QuantDash.Tests.Web.Features.Help;

public sealed partial class GlossaryTests : ScreenContext
{
    private static readonly HashSet<string> Terms = [.. GlossaryTerms.Groups.SelectMany(group => group.Terms)];

    [Fact]
    public void Glossary_ExplainsEveryTermOnce_AndWhatIsLookedForIsFound()
    {
        var page = Render<GlossaryPage>();
        page.FindAll("dt").Count.ShouldBe(Terms.Count);
        Terms.Count.ShouldBeGreaterThan(40);
        page.FindAll("dt, dd").Select(cell => cell.TextContent).Where(text => text.StartsWith("Term.", StringComparison.Ordinal) || text.StartsWith("Text.", StringComparison.Ordinal)).ShouldBeEmpty();

        page.Find("#find").Input("逐笔");
        page.FindAll("dl > div").Select(term => term.Id).ShouldContain("by_trade");
        page.FindAll("dl > div").Count.ShouldBeLessThan(10);

        page.Find("#find").Input("nothing like that");
        page.Find(".empty").TextContent.ShouldContain("No term contains that");
    }

    [Fact]
    public void Explain_IsAButtonWithATextOfItsOwn_AndLeadsToTheGlossary()
    {
        var mark = Render<Explain>(explain => explain.Add(e => e.Term, "risk_ratio"));
        var button = mark.Find("button");
        button.GetAttribute("aria-label").ShouldBe("What is Risk ratio (风险度)?");
        var text = mark.Find($"#{button.GetAttribute("popovertarget")}");
        text.HasAttribute("popover").ShouldBeTrue();
        text.TextContent.ShouldContain("Margin ÷ equity");
        mark.Find("a").GetAttribute("href").ShouldBe("/help/glossary#risk_ratio");
    }

    /// <summary>Whatever a page asks the glossary for is in it.</summary>
    [Fact]
    public void Explain_OnAnyPage_AsksForATermThatThereIs()
    {
        var asked = Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "QuantDash.Web"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Asked().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToList();
        asked.Count.ShouldBeGreaterThan(10);
        asked.ShouldBeSubsetOf(Terms);
    }

    [GeneratedRegex("Term=\"([a-z_]+)\"")]
    private static partial Regex Asked();
}
