using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>Acts on time: fires time conditions whose moment has come, lets thresholds come down, and watches rested rules again (DESIGN.md 6.1: by
/// timer).</summary>
internal sealed class TimeDesk(RuleBook rules, RuleClock clock, FiringDesk firings, EngineOptions options)
{
    /// <summary>Ten thousand decaying rules are stepped in turns, so that they do not hold up the next tick.</summary>
    private const int MostAtOnce = 500;

    private static readonly TimeSpan WithoutQuote = TimeSpan.FromSeconds(1);
    private readonly List<RuleSlot> _due = [];

    /// <returns>When the next rule is due; <paramref name="now"/> or earlier when some are left for the next time.</returns>
    public DateTimeOffset Act(SourceBook source, DateTimeOffset now)
    {
        clock.TakeDue(source, now, MostAtOnce, _due);
        foreach (var slot in _due) Act(slot, now);
        _due.Clear();
        return clock.Next(source);
    }

    private void Act(RuleSlot slot, DateTimeOffset now)
    {
        if (slot.State.RearmAt <= now) rules.Wake(slot, now);
        else if (!rules.StepDecay(slot, now)) rules.Refresh(slot, now);
        if (slot.NextMoment is not { } moment || moment.At > now) return;
        if (slot.Rule.TriggerTime is { Kind: TriggerTimeKind.CloseTodayRelief } && !RuleClock.IsRelieved(slot, moment)) clock.Put(slot, now);
        else if (slot.Lane.HasTick) firings.OnMoment(slot, MustAsk(slot, moment, now), now);
        else clock.Put(slot, now + WithoutQuote);
    }

    /// <summary>Where nothing can be sent now, the next tradable tick decides with a fresh price. A moment that passed while the process was down is no
    /// surprise to act on: the trader is asked.</summary>
    private bool MustAsk(RuleSlot slot, TimeMoment moment, DateTimeOffset now)
    {
        var lane = slot.Lane;
        var isOld = lane.IsTradable && now - lane.Last.OccurredAt > options.Gate.MaxTickAge;
        var since = slot.State.ArmedAt is { } armedAt && armedAt > moment.At ? armedAt : moment.At;
        return isOld || (slot.IsUnseen && now - since > options.Gate.MaxTickAge);
    }
}
