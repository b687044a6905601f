using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Backtesting.Locks;
using QuantDash.Tests.Core.Engine;

namespace QuantDash.Tests.Core.Locking;

/// <summary>触发统计: how firings went, by rule and condition.</summary>
public sealed class FiringStatisticsTests
{
    private static readonly Guid Rule = Guid.NewGuid();

    [Fact]
    public void Firings_AreCountedByTheirEnd()
    {
        var told = FiringStatistics.ByRule([Firing(TriggerStatus.Executed), Firing(TriggerStatus.Failed), Firing(TriggerStatus.Expired), Firing(TriggerStatus.WaitingConfirm), Firing(TriggerStatus.PartiallyExecuted), Firing(TriggerStatus.Cancelled)])
            .ShouldHaveSingleItem();
        (told.RuleId, told.Condition, told.Symbol, told.Direction).ShouldBe((Rule, ConditionKind.Profit, PtaDesk.Pta, Side.Long));
        (told.Firings, told.Open, told.Executed, told.Partly, told.Failed, told.Expired, told.Declined).ShouldBe((6, 1, 1, 1, 1, 1, 1));
        told.ExecutedShare.ShouldBe(0.4);
    }

    /// <summary>Decided at 5600, filled at 5596 two seconds later: two ticks; ten minutes on it stands at 5620.</summary>
    [Fact]
    public void Fills_TellTheirTimeTheirSlippageAndWhatCameAfter()
    {
        var told = FiringStatistics.ByRule([Firing(TriggerStatus.Executed, fill: 5596, later: 5620), Firing(TriggerStatus.Executed, fill: 5600)]).ShouldHaveSingleItem();
        (told.SecondsToFill, told.SlippageTicks).ShouldBe((2, 1));
        (told.LockedProfit, told.Fees, told.Currency).ShouldBe((960m + 1000m, 12m, Currency.Cny));
        (told.Regretted, told.Regret).ShouldBe((1, 24m * 2 * 5));
    }

    [Fact]
    public void ShortLeg_IsMirrored()
    {
        var told = FiringStatistics.Of([Firing(TriggerStatus.Executed, fill: 5606, later: 5580, side: Side.Short)]);
        (told.SlippageTicks, told.Regret).ShouldBe((3, 26m * 2 * 5));
    }

    [Fact]
    public void NothingFilled_IsUnknown_NotZero()
    {
        var told = FiringStatistics.Of([Firing(TriggerStatus.Failed)]);
        (told.SecondsToFill, told.SlippageTicks, told.LockedProfit, told.Regret).ShouldBe((null, null, null, null));
        FiringStatistics.Of([]).ExecutedShare.ShouldBeNull();
    }

    [Fact]
    public void RulesAndConditions_AreLinesOfTheirOwn_TheBusiestFirst()
    {
        var other = Firing(TriggerStatus.Executed) with { };
        FiringStatistics.ByRule([other with { Trigger = other.Trigger with { ConfigId = Guid.NewGuid() } }, Firing(TriggerStatus.Failed), Firing(TriggerStatus.Failed), other with { Trigger = other.Trigger with { Condition = ConditionKind.Stop } }])
            .Select(line => (line.Condition, line.Firings)).ShouldBe([(ConditionKind.Profit, 2), (ConditionKind.Stop, 1), (ConditionKind.Profit, 1)], ignoreOrder: true);
    }

    private static JudgedFiring Firing(TriggerStatus status, decimal fill = 5600, decimal? later = null, Side side = Side.Long)
    {
        var trigger = new LockTrigger
        {
            Id = Guid.NewGuid(), ConfigId = Rule, AccountId = default, Symbol = PtaDesk.Pta, Direction = side, Condition = ConditionKind.Profit, TriggerCondition = "", TriggerPrice = new(5600),
            TickTimestamp = LockDay.Open, LockVolume = new(2), Status = status, AutoExecute = true, TriggeredAt = LockDay.Open, ExecutionTime = LockDay.Open.AddSeconds(2), UpdatedAt = LockDay.Open,
        };
        var filled = status is TriggerStatus.Executed or TriggerStatus.PartiallyExecuted;
        return new(
            trigger,
            filled ? new() { Id = Guid.NewGuid(), TriggerId = trigger.Id, LockId = null, AccountId = default, Symbol = PtaDesk.Pta, Direction = side, LockVolume = new(2), LockPrice = new(fill), LockedProfit = (fill - 5500) * 10, Fee = 6, Method = ExecutionMethod.Auto, ExecutedAt = LockDay.Open } : null,
            LockDay.Pta,
            later is { } price ? new Price(price) : null);
    }
}
