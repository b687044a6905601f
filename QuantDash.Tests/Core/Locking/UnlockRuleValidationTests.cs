using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;

namespace QuantDash.Tests.Core.Locking;

/// <summary>Terms that mean nothing for a rule are refused by their field, not left aside.</summary>
public sealed class UnlockRuleValidationTests
{
    private static readonly LockRule Unlock =
        EngineHarness.NewRule(default, PtaDesk.Pta, Side.Long, TriggerType.Price) with { Action = LockAction.Unlock, TriggerPrice = new Price(5500m) };

    [Fact]
    public void Unlock_WithItsOwnTerms_IsTaken() =>
        Problems(Unlock with { LockId = Guid.NewGuid(), RelockTicks = 10, StopLossPrice = new Price(5400m), OcoGroup = "a" }).ShouldBeEmpty();

    [Fact]
    public void Unlock_WithTermsOfLocking_NamesEachField() =>
        Problems(Unlock with { Rearm = RearmMode.Cooldown, RearmAdds = true, IfLockRefused = IfLockRefused.Close, Opposite = OppositeLeg.Independent, Stages = [new(5500m, new(0.5m))] })
            .ShouldBe([("if_lock_refused", "not_with_unlock"), ("opposite", "not_with_unlock"), ("rearm", "not_with_stages"), ("rearm", "not_with_unlock"), ("rearm_adds", "not_with_unlock"), ("stages", "not_with_unlock")], ignoreOrder: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void RelockTicks_OutOfRange_SaysTheRange(int ticks)
    {
        var problem = LockRuleValidation.Check(Unlock with { RelockTicks = ticks }, null, EngineHarness.Wall).ShouldHaveSingleItem();
        (problem.Field, problem.Code, problem.Values[0], problem.Values[1]).ShouldBe(("relock_ticks", "out_of_range", 1m, 1000m));
    }

    [Fact]
    public void RelockBothWays_IsRefused() => Problems(Unlock with { RelockTicks = 5, RelockPrice = new Price(5400m) }).ShouldBe([("relock_ticks", "one_of_two")]);

    [Fact]
    public void Lock_WithTermsOfUnlocking_NamesEachField() =>
        Problems(Unlock with { Action = LockAction.Lock, LockId = Guid.NewGuid(), RelockTicks = 5, RelockPrice = new Price(5400m), TriggerTime = TriggerTime.AtCloseTodayRelief() })
            .ShouldBe([("lock_id", "only_with_unlock"), ("relock_price", "only_with_unlock"), ("relock_ticks", "only_with_unlock"), ("trigger_time", "only_with_unlock")], ignoreOrder: true);

    private static List<(string Field, string Code)> Problems(LockRule rule) => [.. LockRuleValidation.Check(rule, null, EngineHarness.Wall).Select(problem => (problem.Field, problem.Code))];
}
