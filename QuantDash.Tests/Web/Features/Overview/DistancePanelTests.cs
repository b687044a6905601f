using Bunit;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Overview;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Features.Overview;

/// <summary>The armed rules on the overview: the nearest ones, however many there are.</summary>
public sealed class DistancePanelTests : ScreenContext
{
    [Fact]
    public void ThirtyNearest_AreShown_AndHowManyMoreThereAre()
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        var watched = sample.Rules.First(view => RuleRow.List(sample with { Rules = [view] }, SampleSnapshot.Demo, []) is [{ IsWatched: true }]);
        var many = sample with { Rules = [.. Enumerable.Range(0, 1_500).Select(_ => watched with { Rule = watched.Rule with { Id = Guid.NewGuid() } })] };
        Snapshots.Publish(many);

        var panel = Render<DistancePanel>();

        panel.FindAll("ul.board > li").Count.ShouldBe(30);
        panel.Find("a.more").TextContent.ShouldBe("and 1470 further away");
    }
}
