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

    /// <summary>By reflection, so that a term that is added later is asked about too.</summary>
    [Fact]
    public void TermsOf_EveryTermOfARule_IsInTheRuleMadeOfThem()
    {
        string[] ofTheLeg = ["Id", "AccountId", "Symbol", "Direction", "CreatedAt", "UpdatedAt", "Stages", "Also", "Note"];
        var leg = Leg(Side.Long, 2800m);
        var rule = RuleCopyTests.Full() with { Symbol = leg.Contract.Symbol, TriggerPrice = new(2900), StopLossPrice = new(2700), TrailingActivation = new(2850), ProfitLockThreshold = 12_000, DecayFloor = 1200, DisabledReason = null };

        var back = TemplateRules.Make(new() { Id = Guid.NewGuid(), Name = "t", Terms = TemplateRules.TermsOf(rule, leg)!, UpdatedAt = Now }, leg, rule.Id, Now).Value;

        foreach (var term in typeof(LockRule).GetProperties().Where(p => !ofTheLeg.Contains(p.Name) && p.Name != "TriggerType")) term.GetValue(back).ShouldBe(term.GetValue(rule), term.Name);
        back.Also.Append(back.TriggerType).Order().ShouldBe(rule.Also.Append(rule.TriggerType).Order());
        back.Note.ShouldBe("t");
    }

    [Fact]
    public void Make_LadderOfProfit_IsThatOfTheLegsLots() =>
        Make(new() { Stages = [new(100, 0.5m), new(200, 0.5m)], StagesByProfit = true }, Side.Short, null).Value.Stages.Select(s => s.Level).ShouldBe([1200m, 2400m]);

    [Fact]
    public void Make_TimeOnly_NeedsNoAverage()
    {
        var rule = Make(new() { Options = new() { TriggerTime = "hold+30" } }, Side.Long, null).Value;

        (rule.TriggerType, rule.TriggerTime).ShouldBe((TriggerType.Time, TriggerTime.AfterHolding(30)));
    }

    [Theory]
    [InlineData("confirm_ticks")]
    [InlineData("trigger_time")]
    [InlineData("ratio")]
    [InlineData("stages[1].level")]
    [InlineData("trailing_activation_ticks")]
    [InlineData("rearm_cooldown")]
    public void Check_OutOfRange_NamesTheFieldOfTheTemplate(string field)
    {
        var terms = new TemplateTerms
        {
            Ratio = 2, Stages = [new(8, 0.5m), new(8, 0.5m)], TrailingActivationTicks = 0,
            Options = new() { ConfirmTicks = 0, TriggerTime = "noon", RearmCooldown = TimeSpan.Zero },
        };

        new LockTemplate { Id = Guid.NewGuid(), Name = "t", Terms = terms, UpdatedAt = Now }.Check().Select(p => p.Field).ShouldContain(field);
    }

    private static Outcome<LockRule> Make(TemplateTerms terms, Side side, decimal? average) =>
        TemplateRules.Make(new() { Id = Guid.NewGuid(), Name = "t", Terms = terms, UpdatedAt = Now }, Leg(side, average), Guid.NewGuid(), Now);

    private static TemplateLeg Leg(Side side, decimal? average) => new(SampleSnapshot.Demo, SampleSnapshot.Pvc, side, new(12), average is { } price ? new Price(price) : null);
}
