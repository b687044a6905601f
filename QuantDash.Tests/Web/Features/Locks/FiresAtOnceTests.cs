using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class FiresAtOnceTests
{
    private static readonly EngineSnapshot Sample = SampleSnapshot.At(SampleSnapshot.Now);
    private static readonly LockRule Pvc = Sample.Rules[1].Rule;

    [Theory]
    [InlineData(2806, true)]
    [InlineData(2807, true)]
    [InlineData(2805, false)]
    public void Check_PriceOfAShortLeg_HoldsAtOrBelow(decimal trigger, bool fires) =>
        (Check(Pvc with { TriggerPrice = new(trigger) }) is not null).ShouldBe(fires);

    [Fact]
    public void Check_Holding_TellsLotsAndPrice() =>
        Check(Pvc with { TriggerPrice = new(2810), ProfitLockRatio = new(0.5m) }).ShouldBe(new FiresAtOnce(ConditionKind.Price, 6, 2806));

    [Fact]
    public void Check_Profit_CountsFreeLots() =>
        Check(Pvc with { TriggerType = TriggerType.Profit, TriggerPrice = null, ProfitLockEnabled = true, ProfitLockThreshold = 3360 })!.Condition.ShouldBe(ConditionKind.Profit);

    /// <summary>The form asks at the price the rule will decide by.</summary>
    [Theory]
    [InlineData(PriceSource.Last, 2806, true)]
    [InlineData(PriceSource.BidAsk, 2806, false)]
    [InlineData(PriceSource.Mark, 2806, false)]
    public void Check_PriceSource_IsTheOneOfTheRule(PriceSource source, decimal trigger, bool fires) =>
        (Check(Pvc with { TriggerPrice = new(trigger), PriceSource = source }) is not null).ShouldBe(fires);

    [Fact]
    public void Check_SwitchedOff_NeverFires() => Check(Pvc with { TriggerPrice = new(2810), IsEnabled = false }).ShouldBeNull();

    [Fact]
    public void Check_NoPosition_NeverFires() => Check(Pvc with { Symbol = SampleSnapshot.Index.Symbol, TriggerPrice = new(9000) }).ShouldBeNull();

    private static FiresAtOnce? Check(LockRule rule) => FiresAtOnce.Check(rule, Sample, Sample.Accounts[0]);
}
