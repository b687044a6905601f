using Bunit;
using Radzen.Blazor;

namespace QuantDash.Tests.Support;

/// <summary>bUnit runs here on an older AngleSharp.Diffing than it asks for (PackagedAssemblies): these are the calls that would break first.</summary>
public sealed class ComponentTestTests : ComponentTest
{
    [Fact]
    public void Component_RenderedAndClicked_Answers()
    {
        var clicks = 0;
        var button = Render<RadzenButton>(p => p.Add(b => b.Text, "锁仓").Add(b => b.Click, () => clicks++));

        button.Find("button").Click();

        clicks.ShouldBe(1);
        button.Find(".rz-button-text").MarkupMatches("<span class=\"rz-button-text\">锁仓</span>");
    }
}
