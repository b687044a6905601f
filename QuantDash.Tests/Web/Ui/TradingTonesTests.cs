using QuantDash.Core.Locking;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Ui;

public class TradingTonesTests
{
    [Theory]
    [InlineData(TriggerStatus.Pending, Tone.Info)]
    [InlineData(TriggerStatus.WaitingConfirm, Tone.Waiting)]
    [InlineData(TriggerStatus.Executing, Tone.Info)]
    [InlineData(TriggerStatus.Executed, Tone.Good)]
    [InlineData(TriggerStatus.PartiallyExecuted, Tone.Warn)]
    [InlineData(TriggerStatus.Failed, Tone.Danger)]
    [InlineData(TriggerStatus.Cancelled, Tone.Weak)]
    [InlineData(TriggerStatus.Expired, Tone.Weak)]
    public void Of_EveryStateOfATrigger_HasItsColour(TriggerStatus status, Tone tone) => TradingTones.Of(status).ShouldBe(tone);

    /// <summary>A broken lock is naked, and an active one is what it should be.</summary>
    [Theory]
    [InlineData(LockStatus.Active, Tone.Good)]
    [InlineData(LockStatus.Broken, Tone.Danger)]
    [InlineData(LockStatus.Unlocked, Tone.Weak)]
    [InlineData(LockStatus.Declined, Tone.Weak)]
    public void Of_EveryStateOfALock_IsToldApart(LockStatus status, Tone tone) => TradingTones.Of(status).ShouldBe(tone);
}
