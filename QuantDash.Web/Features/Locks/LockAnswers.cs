using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>The columns of <c>lock_triggers</c>.</summary>
public sealed record LockTriggerAnswer(
    Guid Id,
    Guid ConfigId,
    Guid AccountId,
    string Symbol,
    Side Direction,
    ConditionKind TriggerType,
    string TriggerCondition,
    decimal TriggerPrice,
    decimal? TriggerProfit,
    DateTimeOffset TickTimestamp,
    decimal LockVolume,
    decimal FilledVolume,
    TriggerStatus ExecutionStatus,
    bool AutoExecute,
    bool Shadow,
    DateTimeOffset TriggeredAt,
    DateTimeOffset? ConfirmBy,
    DateTimeOffset? ExecutionTime,
    string? ExecutionResult,
    string? ErrorMessage,
    DateTimeOffset UpdatedAt,
    int Stage,
    LockAction Action,
    Guid? LockId)
{
    public static LockTriggerAnswer Of(LockTrigger trigger) => new(
        trigger.Id, trigger.ConfigId, trigger.AccountId.Value, trigger.Symbol.ToString(), trigger.Direction, trigger.Condition, trigger.TriggerCondition,
        trigger.TriggerPrice.Value, trigger.TriggerProfit, trigger.TickTimestamp, trigger.LockVolume.Value, trigger.FilledVolume.Value, trigger.Status,
        trigger.AutoExecute, trigger.Shadow, trigger.TriggeredAt, trigger.ConfirmBy, trigger.ExecutionTime, trigger.ExecutionResult, trigger.ErrorMessage,
        trigger.UpdatedAt, trigger.Stage, trigger.Action, trigger.LockId);
}

/// <summary>The columns of <c>lock_executions</c>.</summary>
public sealed record LockExecutionAnswer(
    Guid Id,
    Guid TriggerId,
    Guid? LockId,
    Guid AccountId,
    string Symbol,
    Side Direction,
    decimal LockVolume,
    decimal LockPrice,
    decimal? LockedProfit,
    decimal Fee,
    ExecutionMethod ExecutionMethod,
    DateTimeOffset ExecutedAt)
{
    public static LockExecutionAnswer Of(LockExecution execution) => new(
        execution.Id, execution.TriggerId, execution.LockId, execution.AccountId.Value, execution.Symbol.ToString(), execution.Direction,
        execution.LockVolume.Value, execution.LockPrice.Value, execution.LockedProfit, execution.Fee, execution.Method, execution.ExecutedAt);
}

/// <summary>A lock: two legs of one contract bound to each other.</summary>
/// <param name="LockPrice">Average open price of the opposite leg; null for an adopted pair whose open price is unknown.</param>
/// <param name="FrozenProfit">Of what is still locked, before fees; null when an open price is unknown.</param>
/// <param name="UnlockedVolume">Let go by unlocking so far.</param>
/// <param name="RealisedProfit">What unlocking closed, before fees.</param>
public sealed record LockAnswer(
    Guid Id,
    Guid AccountId,
    string Symbol,
    Side LockedSide,
    Guid? TriggerId,
    LockStatus Status,
    decimal Volume,
    decimal Ratio,
    decimal? ProtectedPrice,
    decimal? LockPrice,
    decimal? FrozenProfit,
    decimal Fees,
    decimal UnlockedVolume,
    decimal? RealisedProfit,
    bool IsAdopted,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static LockAnswer Of(PositionLock item) => new(
        item.Id, item.AccountId.Value, item.Symbol.ToString(), item.LockedSide, item.TriggerId, item.Status, item.Volume.Value, item.Ratio.Value,
        item.ProtectedPrice?.Value, item.LockPrice?.Value, item.FrozenProfit, item.Fees, item.UnlockedVolume.Value, item.RealisedProfit, item.IsAdopted, item.CreatedAt, item.UpdatedAt);
}

/// <summary>Why a rule fires or does not.</summary>
/// <param name="DistanceTicks">Ticks to the nearest live level; null when none is live or there is no quote.</param>
public sealed record ExplainAnswer(
    Guid ConfigId, ArmState ArmState, string? Why, DateTimeOffset? LastEvaluatedAt, long? DistanceTicks, IReadOnlyList<ExplainedCondition> Conditions)
{
    public static ExplainAnswer Of(RuleView view) => new(
        view.Rule.Id, view.State.State, view.State.Why, view.LastEvaluatedAt, view.DistanceTicks, [.. view.Conditions.Select(ExplainedCondition.Of)]);
}

/// <param name="Live">Evaluated on every tick; otherwise <paramref name="Why"/> says why it is ignored.</param>
/// <param name="Now">Value now: a price, or the profit for a profit condition.</param>
/// <param name="Target">What it is compared with.</param>
/// <param name="Level">The price at which it fires.</param>
/// <param name="DistanceTicks">Ticks to the level; 0 or less: it holds.</param>
/// <param name="Stage">The stage of a ladder it waits for, from 1.</param>
/// <param name="ActsAt">When a time condition acts next.</param>
/// <param name="BarsMissing">Completed bars that are missing until the average true range is known that it trails by; null: none, or it does not.</param>
/// <param name="HighWaterSince">From when the best price is known: arming, lock_price or stored_ticks.</param>
/// <param name="HeldMinutes">For how many minutes of trading time a threshold that decays has come down to <paramref name="Target"/>.</param>
public sealed record ExplainedCondition(
    ConditionKind Condition, bool Live, string? Why, decimal? Now, decimal? Target, decimal? Level, long? DistanceTicks, decimal? HighWater, int? Stage,
    DateTimeOffset? ActsAt, long? HeldMinutes, int? BarsMissing, HighWaterSince? HighWaterSince)
{
    public static ExplainedCondition Of(ConditionView view) => new(
        view.Kind, view.Live, view.Why, view.Now, view.Target, view.Level?.Value, view.DistanceTicks, view.HighWater?.Value, view.Stage,
        view.ActsAt, view.HeldMinutes, view.BarsMissing, view.HighWaterSince);
}
