using QuantDash.Core.Locking;

namespace QuantDash.Web.Ui.Trading;

public static class TradingTones
{
    public static Tone Of(TriggerStatus status) => status switch
    {
        TriggerStatus.Pending => Tone.Info,
        TriggerStatus.WaitingConfirm => Tone.Waiting,
        TriggerStatus.Executing => Tone.Info,
        TriggerStatus.Executed => Tone.Good,
        TriggerStatus.PartiallyExecuted => Tone.Warn,
        TriggerStatus.Failed => Tone.Danger,
        TriggerStatus.Cancelled => Tone.Weak,
        TriggerStatus.Expired => Tone.Weak,
    };

    public static Tone Of(ArmState state) => state switch
    {
        ArmState.Idle => Tone.Weak,
        ArmState.Armed => Tone.Good,
        ArmState.Fired => Tone.Waiting,
        ArmState.Done => Tone.None,
        ArmState.Cooling or ArmState.WaitingForFalse => Tone.Weak,
    };

    public static Tone Of(LockStatus status) => status switch
    {
        LockStatus.Active => Tone.Good,
        LockStatus.Broken => Tone.Danger,
        LockStatus.Unlocked or LockStatus.Declined => Tone.Weak,
    };
}
