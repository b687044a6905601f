using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>lock_triggers</c>.</summary>
internal sealed class LockTriggerRow
{
    public Guid Id { get; set; }
    public Guid ConfigId { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }
    public required string Direction { get; set; }

    /// <summary>The condition that fired: stop, trailing, profit, price or time.</summary>
    public required string TriggerType { get; set; }

    /// <summary>The highest stage of a ladder that it carries out, from 1; 0 without one.</summary>
    public int Stage { get; set; }

    /// <summary><c>lock</c>, <c>reduce</c> or <c>unlock</c>.</summary>
    public required string Action { get; set; }

    /// <summary>The lock whose lots it closes; null when it locks or reduces.</summary>
    public Guid? LockId { get; set; }
    public required string TriggerCondition { get; set; }
    public decimal TriggerPrice { get; set; }
    public decimal? TriggerProfit { get; set; }
    public DateTimeOffset TickTimestamp { get; set; }
    public decimal LockVolume { get; set; }
    public decimal FilledVolume { get; set; }
    public required string ExecutionStatus { get; set; }
    public bool AutoExecute { get; set; }
    public bool Shadow { get; set; }
    public DateTimeOffset TriggeredAt { get; set; }
    public DateTimeOffset? ConfirmBy { get; set; }
    public DateTimeOffset? ExecutionTime { get; set; }
    public string? ExecutionResult { get; set; }
    public string? ErrorMessage { get; set; }
    public int Children { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <inheritdoc cref="LockConfigRow.Revision"/>
    public long Revision { get; set; }

    public static LockTriggerRow From(LockTrigger trigger) => new()
    {
        Id = trigger.Id,
        ConfigId = trigger.ConfigId,
        AccountId = trigger.AccountId.Value,
        Symbol = trigger.Symbol.ToString(),
        Direction = EnumText<Side>.Of(trigger.Direction),
        TriggerType = EnumText<ConditionKind>.Of(trigger.Condition),
        Stage = trigger.Stage,
        Action = EnumText<LockAction>.Of(trigger.Action),
        LockId = trigger.LockId,
        TriggerCondition = trigger.TriggerCondition,
        TriggerPrice = trigger.TriggerPrice.Value,
        TriggerProfit = trigger.TriggerProfit,
        TickTimestamp = trigger.TickTimestamp,
        LockVolume = trigger.LockVolume.Value,
        FilledVolume = trigger.FilledVolume.Value,
        ExecutionStatus = EnumText<TriggerStatus>.Of(trigger.Status),
        AutoExecute = trigger.AutoExecute,
        Shadow = trigger.Shadow,
        TriggeredAt = trigger.TriggeredAt,
        ConfirmBy = trigger.ConfirmBy,
        ExecutionTime = trigger.ExecutionTime,
        ExecutionResult = trigger.ExecutionResult,
        ErrorMessage = trigger.ErrorMessage,
        Children = trigger.Children,
        UpdatedAt = trigger.UpdatedAt,
        Revision = 1,
    };

    public LockTrigger ToTrigger() => new()
    {
        Id = Id,
        ConfigId = ConfigId,
        AccountId = new(AccountId),
        Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
        Direction = EnumText<Side>.Parse(Direction),
        Condition = EnumText<ConditionKind>.Parse(TriggerType),
        Stage = Stage,
        Action = EnumText<LockAction>.Parse(Action),
        LockId = LockId,
        TriggerCondition = TriggerCondition,
        TriggerPrice = new(TriggerPrice),
        TriggerProfit = TriggerProfit,
        TickTimestamp = TickTimestamp,
        LockVolume = new(LockVolume),
        FilledVolume = new(FilledVolume),
        Status = EnumText<TriggerStatus>.Parse(ExecutionStatus),
        AutoExecute = AutoExecute,
        Shadow = Shadow,
        TriggeredAt = TriggeredAt,
        ConfirmBy = ConfirmBy,
        ExecutionTime = ExecutionTime,
        ExecutionResult = ExecutionResult,
        ErrorMessage = ErrorMessage,
        Children = Children,
        UpdatedAt = UpdatedAt,
    };
}
