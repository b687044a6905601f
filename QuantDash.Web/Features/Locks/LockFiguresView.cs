using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Locks;

/// <summary>The numbers over the locks page.</summary>
public sealed record LockFiguresView(int Waiting, int Armed, decimal? Frozen, int Locks, int Broken, int ExecutedToday, int Failed)
{
    public static LockFiguresView From(EngineSnapshot snapshot, AccountView account)
    {
        var id = account.Account.Id;
        var triggers = snapshot.Triggers.Where(t => t.AccountId == id).ToList();
        var locks = snapshot.Locks.Where(l => l.AccountId == id && l.Status != LockStatus.Unlocked).ToList();
        var today = ExchangeDay(snapshot.At);
        return new(
            triggers.Count(t => t.Status == TriggerStatus.WaitingConfirm),
            snapshot.Rules.Count(r => r.Rule.AccountId == id && r.State.State == ArmState.Armed),
            locks.TrueForAll(l => l.FrozenProfit is not null) ? locks.Sum(l => l.FrozenProfit) : null,
            locks.Count,
            locks.Count(l => l.Status == LockStatus.Broken),
            triggers.Count(t => t.Status is TriggerStatus.Executed or TriggerStatus.PartiallyExecuted && t.ExecutionTime is { } at && ExchangeDay(at) == today),
            triggers.Count(t => t.Status == TriggerStatus.Failed));
    }

    private static DateOnly ExchangeDay(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(ScreenTime.ExchangeOffset).Date);
}
