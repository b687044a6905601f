using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Ui.Trading;

/// <summary>A firing, ready to draw.</summary>
public sealed record TriggerRow
{
    public required Guid Id { get; init; }
    public required Guid RuleId { get; init; }
    public required AccountId AccountId { get; init; }
    public required string Symbol { get; init; }
    public required string Name { get; init; }
    public required Side Direction { get; init; }

    /// <summary>Locks, reduces, or unlocks.</summary>
    public required LockAction Action { get; init; }
    public required ConditionKind Condition { get; init; }
    public required int Places { get; init; }

    /// <summary>The engine's own sentence, as stored.</summary>
    public required string Sentence { get; init; }
    public required decimal Price { get; init; }

    /// <summary>What a tick's distance from the deciding price is counted in.</summary>
    public decimal? PriceNow { get; init; }
    public decimal? Profit { get; init; }
    public required decimal Volume { get; init; }
    public required decimal Filled { get; init; }
    public required TriggerStatus Status { get; init; }
    public required bool AutoExecute { get; init; }
    public required bool Shadow { get; init; }
    public required DateTimeOffset TickAt { get; init; }
    public required DateTimeOffset TriggeredAt { get; init; }

    /// <summary>On the wall clock.</summary>
    public DateTimeOffset? ConfirmBy { get; init; }
    public string? Result { get; init; }
    public string? Error { get; init; }

    public bool CanExecute => Status is TriggerStatus.WaitingConfirm or TriggerStatus.Failed;
    public bool CanCancel => Status is TriggerStatus.Pending or TriggerStatus.WaitingConfirm or TriggerStatus.Failed;

    public static TriggerRow From(LockTrigger trigger, EngineSnapshot snapshot)
    {
        var contract = snapshot.ContractOf(trigger.Symbol);
        var account = snapshot.Accounts.FirstOrDefault(a => a.Account.Id == trigger.AccountId)?.Account;
        var waiting = trigger.Status is TriggerStatus.WaitingConfirm;
        return new()
        {
            Id = trigger.Id,
            RuleId = trigger.ConfigId,
            AccountId = trigger.AccountId,
            Symbol = trigger.Symbol.ToString(),
            Name = contract?.NameOf() ?? "",
            Direction = trigger.Direction,
            Action = trigger.Action,
            Condition = trigger.Condition,
            Places = contract?.Places() ?? 2,
            Sentence = trigger.TriggerCondition,
            Price = trigger.TriggerPrice.Value,
            PriceNow = waiting && account is not null ? snapshot.QuoteOf(account, trigger.Symbol)?.Last.Value : null,
            Profit = trigger.TriggerProfit,
            Volume = trigger.LockVolume.Value,
            Filled = trigger.FilledVolume.Value,
            Status = trigger.Status,
            AutoExecute = trigger.AutoExecute,
            Shadow = trigger.Shadow,
            TickAt = trigger.TickTimestamp,
            TriggeredAt = trigger.TriggeredAt,
            ConfirmBy = waiting ? snapshot.OnWallClock(trigger.AccountId, trigger.ConfirmBy) : null,
            Result = trigger.ExecutionResult,
            Error = trigger.ErrorMessage,
        };
    }

    public static IReadOnlyList<TriggerRow> List(EngineSnapshot snapshot, AccountId account, IReadOnlyList<TriggerRow> previous) =>
        RowReuse.Keep(previous, snapshot.Triggers.Where(t => t.AccountId == account).Select(t => From(t, snapshot)), r => r.Id);
}
