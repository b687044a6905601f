using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Rules of one group protect the same lots (DESIGN.md 6.1): what one of them asks for or has filled, the others need not; lots that are still
/// uncovered keep their stop; a firing that comes to nothing gives everything back.</summary>
internal sealed class OcoDesk(ChangeLog changes, RuleBook rules, TriggerBook triggers, TriggerEnding ending)
{
    /// <summary>What open triggers of the group's other rules ask for.</summary>
    public Volume AskedByPeers(RuleSlot slot, bool withWaiting)
    {
        var asked = Volume.Zero;
        foreach (var peer in rules.Peers(slot)) asked += triggers.AskedBy(peer.Rule.Id, withWaiting);
        return asked;
    }

    /// <summary>A firing of <paramref name="slot"/> was filled.</summary>
    public void OnFilled(RuleSlot slot, Volume volume, decimal? cost, DateTimeOffset now)
    {
        foreach (var peer in rules.Peers(slot).ToList())
        {
            if (slot.Rule.OcoMode == OcoMode.CancelAll) End(peer, now);
            else Reduce(peer, volume, cost, now);
        }
    }

    private void Reduce(RuleSlot peer, Volume volume, decimal? cost, DateTimeOffset now)
    {
        rules.CountFilled(peer, volume, cost, now);
        foreach (var waiting in Waiting(peer))
        {
            var wanted = FiringVolume.Of(peer, waiting.Condition, waiting.TriggerPrice, Volume.Zero).Wanted;
            if (waiting.LockVolume <= wanted) continue;
            if (wanted.IsZero) ending.Displace(waiting, peer, TakenByGroup(peer), now);
            else triggers.Save(waiting with { LockVolume = wanted, UpdatedAt = now });
        }
        var isEnded = peer.State.State == ArmState.Done;
        if (isEnded || peer.Rule.Stages.Count > 0 || !Wanted(peer).IsZero) return;
        rules.Save(peer, RuleProgress.Spend(peer, now));
        rules.Refresh(peer, now);
    }

    private void End(RuleSlot peer, DateTimeOffset now)
    {
        foreach (var waiting in Waiting(peer)) ending.Displace(waiting, peer, TakenByGroup(peer), now);
        if (peer.State.State == ArmState.Done) return;
        rules.Set(peer, ArmState.Done, now);
        rules.Refresh(peer, now);
        changes.Tell(now, TapeSeverity.Info, "rule.group_ended", new(peer.Account.Id, peer.Rule.Symbol, peer.Rule.Id), LockWords.Name(peer.Rule.Direction), peer.Rule.OcoGroup!);
    }

    private List<LockTrigger> Waiting(RuleSlot peer) =>
        [.. triggers.Open.Where(trigger => trigger.ConfigId == peer.Rule.Id && trigger.Status == TriggerStatus.WaitingConfirm)];

    private static Volume Wanted(RuleSlot peer) =>
        LockVolume.Wanted(peer.Base, peer.Rule.ProfitLockRatio, peer.State.DoneVolume, peer.Lane.Contract.VolumeStep, peer.Rule.LocksAtLeastOneLot);

    private static string TakenByGroup(RuleSlot peer) => $"同组规则已{(peer.Rule.Unlocks ? "解锁" : "锁定")}: 组 {peer.Rule.OcoGroup}";
}
