using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Locking;

public sealed class TemplateRulesTests
{
    private static readonly DateTimeOffset Now = SampleSnapshot.Now;

    [Fact]
    public void Make_LadderOnAShortLeg_HasFallingPrices()
    {
        var rule = Make(new() { Stages = [new(8, 0.3m), new(16, 0.3m), new(24, 0.4m)], StopTicks = 20 }, Side.Short, 2800.4m).Value;

        rule.Stages.Select(s => s.Level).ShouldBe([2792m, 2784m, 2776m]);
        rule.StopLossPrice.ShouldBe(new Price(2821));
        (rule.TriggerType, rule.TriggerPrice).ShouldBe((TriggerType.Price, null));
    }

    [Fact]
    public void Make_ProfitPerLot_IsTheLegsProfit()
    {
        var rule = Make(new() { ProfitPerLot = 1000, TrailingTicks = 15 }, Side.Long, 2800m).Value;

        (rule.ProfitLockThreshold, rule.ProfitLockEnabled, rule.TriggerType).ShouldBe((12_000m, true, TriggerType.Profit));
        (rule.TrailingStop, rule.TrailingDistance).ShouldBe((true, 15m));
        rule.Also.ShouldBe([TriggerType.Trailing]);
    }

    [Fact]
    public void Make_UnknownAverage_IsRefusedWhereTheTermsCountFromIt()
    {
        Make(new() { StopTicks = 20 }, Side.Long, null).Problems.ShouldHaveSingleItem().Code.ShouldBe("average_unknown");
        Make(new() { ProfitPerLot = 1000 }, Side.Long, null).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void Make_StopBelowZero_IsRefusedWithTheField()
        => Make(new() { StopTicks = 5000 }, Side.Long, 2800m).Problems.ShouldContain(p => p.Field == "stop_loss_price");

    [Fact]
    public void TermsOf_RuleMadeFromATemplate_AreThatTemplatesTerms()
    {
        var terms = new TemplateTerms { Stages = [new(8, 0.5m), new(16, 0.5m)], StopTicks = 20, TrailingTicks = 15, AutoExecute = true };
        var leg = Leg(Side.Short, 2800m);
        var rule = Make(terms, Side.Short, 2800m).Value;

        var back = TemplateRules.TermsOf(rule, leg).ShouldNotBeNull();

        back.Stages.ShouldBe(terms.Stages);
        (back with { Stages = [] }).ShouldBe(terms with { Stages = [] });
    }

    private static Outcome<LockRule> Make(TemplateTerms terms, Side side, decimal? average) =>
        TemplateRules.Make(new() { Id = Guid.NewGuid(), Name = "t", Terms = terms, UpdatedAt = Now }, Leg(side, average), Guid.NewGuid(), Now);

    private static TemplateLeg Leg(Side side, decimal? average) => new(SampleSnapshot.Demo, SampleSnapshot.Pvc, side, new(12), average is { } price ? new Price(price) : null);
}
