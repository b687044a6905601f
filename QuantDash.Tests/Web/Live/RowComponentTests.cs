using Bunit;
using Microsoft.AspNetCore.Components.Rendering;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Live;

public sealed class RowComponentTests : BunitContext
{
    [Fact]
    public void Row_SameObjectAgain_IsNotDrawn()
    {
        var row = new Row("a");
        var component = Render<RowProbe>(p => p.Add(c => c.Row, row));
        var drawn = component.RenderCount;

        component.Render(p => p.Add(c => c.Row, row));

        component.RenderCount.ShouldBe(drawn);
    }

    [Fact]
    public void Row_AnotherObject_IsDrawn()
    {
        var component = Render<RowProbe>(p => p.Add(c => c.Row, new Row("a")));

        component.Render(p => p.Add(c => c.Row, new Row("b")));

        component.MarkupMatches("b");
    }

    internal sealed record Row(string Text);

    private sealed class RowProbe : RowComponent<Row>
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Row.Text);
    }
}
