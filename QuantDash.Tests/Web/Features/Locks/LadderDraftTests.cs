using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class LadderDraftTests
{
    private static readonly Price Average = new(2800.3m);

    [Fact]
    public void Build_PointsFromTheAverageOfAShortLeg_AreFallingPricesOnTheTick()
    {
        var problems = new List<Problem>();

        var stages = Ladder(LadderUnit.Points, (8, 30), (16, 30), (24, 40)).Build(Side.Short, SampleSnapshot.Pvc, Average, problems);

        problems.ShouldBeEmpty();
        stages.ShouldBe([new(2792, new(0.3m)), new(2784, new(0.3m)), new(2776, new(0.4m))]);
    }

    [Fact]
    public void Build_PointsWithoutAnAverage_AreRefusedLineByLine()
    {
        var problems = new List<Problem>();

        Ladder(LadderUnit.Points, (8, 30), (null, null)).Build(Side.Long, SampleSnapshot.Pvc, null, problems);

        problems.Select(p => (p.Field, p.Code)).ShouldBe([("stages[0].level", "average_unknown"), ("stages[1].level", "required"), ("stages[1].ratio", "required")]);
    }

    [Fact]
    public void Reckon_PointsToPricesAndTicks_LevelsStayWhereTheyAre()
    {
        var ladder = Ladder(LadderUnit.Points, (8, 50), (16, 50));

        ladder.Reckon(LadderUnit.Level, Side.Long, SampleSnapshot.Pvc, new(2800));
        ladder.Stages.Select(s => s.Level).ShouldBe([2808m, 2816m]);
        ladder.Reckon(LadderUnit.Ticks, Side.Long, SampleSnapshot.Pvc, new(2800));

        ladder.Stages.Select(s => s.Level).ShouldBe([8m, 16m]);
    }

    [Fact]
    public void Lines_SevenLotsByThreeThreeFour_AreTwoTwoThree()
    {
        var lines = LadderLine.List(Ladder(LadderUnit.Points, (8, 30), (16, 30), (24, 40)), Side.Long, SampleSnapshot.Pvc, new(2800), new(7));

        lines.Select(l => (l.Level, l.RunningPercent, l.Lots)).ShouldBe([(2808m, 30m, 2m), (2816m, 60m, 2m), (2824m, 100m, 3m)]);
    }

    [Fact]
    public void Form_SavedWithALadder_IsARuleWhoseStagesStandForItsLevel()
    {
        var draft = new RuleDraft { AccountId = SampleSnapshot.Demo, Symbol = "DCE.v2505", Direction = Side.Short, UsePrice = true, UseStop = true, StopPrice = 2900, Ladder = Ladder(LadderUnit.Level, (2790, 60), (2780, 40)) };

        var rule = RuleDraftCheck.Build(draft, SampleSnapshot.Pvc, Guid.NewGuid(), SampleSnapshot.Now).Value;

        (rule.TriggerType, rule.TriggerPrice, rule.Stages.Count, rule.StopLossPrice!.Value.Value).ShouldBe((TriggerType.Price, null, 2, 2900m));
        RuleDraft.Of(rule).Ladder.Stages.Select(s => (s.Level, s.Percent)).ShouldBe([(2790m, 60m), (2780m, 40m)]);
    }

    private static LadderDraft Ladder(LadderUnit unit, params (decimal? Level, decimal? Percent)[] lines)
    {
        var ladder = new LadderDraft { Use = true, Unit = unit };
        ladder.Stages.AddRange(lines.Select(l => new StageDraft { Level = l.Level, Percent = l.Percent }));
        return ladder;
    }
}
