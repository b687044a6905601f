using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class RuleDraftCheckTests
{
    [Fact]
    public void Build_ScenarioOneOfTheSeeds_IsThatRule()
    {
        var rule = Build(new() { AccountId = SampleSnapshot.Demo, Symbol = "CZCE.TA2505", UseProfit = true, ProfitThreshold = 10_000, RatioPercent = 80, AutoExecute = true }).Value;

        rule.TriggerType.ShouldBe(TriggerType.Profit);
        rule.ProfitLockEnabled.ShouldBeTrue();
        rule.ProfitLockThreshold.ShouldBe(10_000);
        rule.ProfitLockRatio.Value.ShouldBe(0.8m);
        rule.AutoExecute.ShouldBeTrue();
    }

    [Fact]
    public void Build_StopAlone_IsAPriceRuleWithAStopAsInTheSeeds()
    {
        var rule = Build(new() { AccountId = SampleSnapshot.Demo, Symbol = "CZCE.TA2505", UseStop = true, StopPrice = 5400 }).Value;

        rule.TriggerType.ShouldBe(TriggerType.Price);
        rule.TriggerPrice.ShouldBeNull();
        rule.StopLossPrice.ShouldBe(new Price(5400));
    }

    [Fact]
    public void Build_SeveralConditions_NamesTheFirstAndListsTheOthers()
    {
        var rule = Build(new()
        {
            AccountId = SampleSnapshot.Demo, Symbol = "CZCE.TA2505", UseProfit = true, ProfitThreshold = 1, UseTrailing = true, TrailingDistance = 0.4m, TrailingMode = TrailingMode.Ratio,
        }).Value;

        rule.TriggerType.ShouldBe(TriggerType.Profit);
        rule.Also.ShouldBe([TriggerType.Trailing]);
        rule.TrailingDistance.ShouldBe(0.004m);
    }

    [Fact]
    public void Build_EverythingWrong_NamesEveryField()
    {
        var outcome = Build(new()
        {
            AccountId = SampleSnapshot.Demo, Symbol = "CZCE.TA2505", UseProfit = true, UsePrice = true, TriggerPrice = 5601, UseStop = true, StopPrice = -3, UseTrailing = true,
            TrailingDistance = -1, RatioPercent = 120, StopRatioPercent = 0, ConfirmTicks = 0,
        });

        string[] fields = ["profit_lock_threshold", "trigger_price", "stop_loss_price", "trailing_distance", "profit_lock_ratio", "stop_lock_ratio", "confirm_ticks"];
        fields.Except(outcome.Problems.Select(p => p.Field)).ShouldBeEmpty();
    }

    [Fact]
    public void Build_NoCondition_IsRefused() =>
        Build(new() { AccountId = SampleSnapshot.Demo, Symbol = "CZCE.TA2505" }).Problems.ShouldContain(p => p.Field == "trigger_type");

    [Fact]
    public void Build_NoSymbol_IsRefused() => Build(new() { AccountId = SampleSnapshot.Demo, Symbol = "???", UseProfit = true, ProfitThreshold = 1 }).Problems.ShouldContain(p => p.Code == "unknown_symbol");

    [Fact]
    public void Of_AnyRule_BuildsTheSameRuleAgain()
    {
        foreach (var rule in SampleSnapshot.At(SampleSnapshot.Now).Rules.Select(r => r.Rule))
        {
            var contract = new[] { SampleSnapshot.Pta, SampleSnapshot.Pvc, SampleSnapshot.Gold, SampleSnapshot.Index }.Single(c => c.Symbol == rule.Symbol);

            var again = RuleDraftCheck.Build(RuleDraft.Of(rule), contract, Guid.Empty, SampleSnapshot.Now).Value;

            (again with { UpdatedAt = rule.UpdatedAt, Also = rule.Also }).ShouldBe(rule);
        }
    }

    private static Outcome<LockRule> Build(RuleDraft draft) => RuleDraftCheck.Build(draft, SampleSnapshot.Pta, Guid.NewGuid(), SampleSnapshot.Now);
}
