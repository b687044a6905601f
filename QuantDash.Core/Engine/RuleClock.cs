using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Positions;

namespace QuantDash.Core.Engine;

/// <summary>What of the rules goes by time on their account's clock: when a time condition acts, how long a threshold has decayed, and when a cooldown
/// is over. Keeps them in the order in which they are due, so that time passing costs nothing while none is.</summary>
internal sealed class RuleClock(TradingCalendar calendar)
{
    /// <summary>A moment of which a part could not be locked is remembered as so much earlier: it acts again while it stands.</summary>
    public static readonly TimeSpan ActedInPart = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<SourceBook, PriorityQueue<RuleSlot, DateTimeOffset>> _due = [];
    private readonly Dictionary<SymbolLane, TradingTime> _times = [];

    /// <summary>How long a decaying threshold has come down so far.</summary>
    public long HeldMinutes(RuleSlot slot, DateTimeOffset now) =>
        DecayingThreshold.Has(slot.Rule) && OldestLot(slot) is { } openedAt ? (long)TimeOf(slot.Lane).Between(openedAt, now).TotalMinutes : 0;

    /// <summary>A rule changed, or was looked at: finds out when it is due next.</summary>
    public void Note(RuleSlot slot, DateTimeOffset now)
    {
        slot.NextMoment = null;
        if (IsWaitingForTheFeed(slot))
        {
            Put(slot, DateTimeOffset.MinValue);
            return;
        }
        slot.NextMoment = NextMoment(slot, now);
        var at = slot.NextMoment?.At;
        if (NextStep(slot, now) is { } step && !(at <= step)) at = step;
        if (slot.State.RearmAt is { } rested && !(at <= rested)) at = rested;
        Put(slot, at);
    }

    /// <summary>Looks at it again at a later time.</summary>
    public void Put(RuleSlot slot, DateTimeOffset? at)
    {
        if (slot.DueAt == at) return;
        slot.DueAt = at;
        if (at is not { } due) return;
        var source = slot.Lane.Source;
        if (!_due.TryGetValue(source, out var queue)) _due.Add(source, queue = new());
        queue.Enqueue(slot, due);
        if (due < source.NextDeadline) source.NextDeadline = due;
    }

    /// <summary>Moves at most <paramref name="most"/> rules that are due into <paramref name="due"/>.</summary>
    public void TakeDue(SourceBook source, DateTimeOffset now, int most, List<RuleSlot> due)
    {
        if (!_due.TryGetValue(source, out var queue)) return;
        while (due.Count < most && queue.TryPeek(out var slot, out var at) && at <= now)
        {
            queue.Dequeue();
            if (slot.DueAt != at) continue;
            slot.DueAt = null;
            due.Add(slot);
        }
    }

    /// <summary>When the next one is due.</summary>
    public DateTimeOffset Next(SourceBook source) =>
        _due.TryGetValue(source, out var queue) && queue.TryPeek(out _, out var at) ? at : DateTimeOffset.MaxValue;

    /// <summary>Null while it is not watched, is spent, or has an open trigger of its own. Each moment is acted on once, and again for
    /// what of it could not be locked.</summary>
    private TimeMoment? NextMoment(RuleSlot slot, DateTimeOffset now)
    {
        var (rule, state) = (slot.Rule, slot.State);
        if (!IsWatched(slot) || !RuleConditions.HasTime(rule) || rule.TriggerTime is not { } time || state.Spent || slot.IsHeld(ConditionKind.Time)) return null;
        if (time.Kind == TriggerTimeKind.CloseTodayRelief)
            return ReliefAt(slot) is { } relief && !(state.TimeActedAt >= relief) ? new(relief, DateTimeOffset.MaxValue) : null;
        if (time.Kind == TriggerTimeKind.Holding)
            return HeldLongEnough(slot, time) is { } held && !(state.TimeActedAt >= held) ? new(held, DateTimeOffset.MaxValue) : null;
        return LastSettled(state) is { } after ? ConditionOf(slot).Next(time, after, now) : null;
    }

    /// <summary>The latest moment of a rule's time condition that nobody acted on and that nobody may act on any more: its close, or its trading day, is over.
    /// Null: there is none.</summary>
    public DateTimeOffset? Missed(RuleSlot slot, DateTimeOffset now)
    {
        var (rule, state) = (slot.Rule, slot.State);
        if (!IsWatched(slot) || !RuleConditions.HasTime(rule) || rule.TriggerTime is not { } time || state.Spent || slot.IsHeld(ConditionKind.Time)) return null;
        // What acted in part is not missed.
        if (LastSettled(state)?.Add(ActedInPart) is not { } after) return null;
        var missed = time.Kind == TriggerTimeKind.Holding
            ? HeldLongEnough(slot, time) is { } held && held > after && TradingDayAt(slot, held) < TradingDayAt(slot, now) ? held : (DateTimeOffset?)null
            : ConditionOf(slot).LatestMissed(time, after, now)?.At;
        return rule.ValidUntil <= missed ? null : missed;
    }

    /// <summary>Only moments after this one count: it was acted on, or lies before the rule was armed.</summary>
    private static DateTimeOffset? LastSettled(LockRuleState state) =>
        state.ArmedAt is { } armedAt && state.TimeActedAt is { } acted && acted > armedAt ? acted : state.ArmedAt;

    private DateTimeOffset? HeldLongEnough(RuleSlot slot, TriggerTime time) =>
        OldestLot(slot) is { } openedAt ? TimeOf(slot.Lane).After(openedAt, TimeSpan.FromMinutes(time.Minutes)) : null;

    /// <summary>When the last of the locked lots of the leg is no longer of today.</summary>
    private DateTimeOffset? ReliefAt(RuleSlot slot) => LockedLots(slot).Select(lot => (DateOnly?)lot.OpenedOn).Max() is { } newest ? ConditionOf(slot).DayAfterBegins(newest) : null;

    /// <summary>Whether a tick of the day on which they are older has come, and the books have gone on to it.</summary>
    public static bool IsRelieved(RuleSlot slot, TimeMoment moment) =>
        slot.Lane is { IsTradable: true, HasTick: true } && slot.Lane.Last.OccurredAt >= moment.At && LockedLots(slot).All(lot => lot.AgeOn(slot.Account.Ledger.TradingDay) == LotAge.Yesterday);

    private static IEnumerable<Lot> LockedLots(RuleSlot slot)
    {
        if (slot.Lock is not { } held) return [];
        return UnlockPlanner.Oldest(held, slot.Rule.Direction, held.Covered, slot.Account.Ledger.Leg(held.Symbol, slot.Rule.Direction)).Select(item => item.Lot);
    }

    private TimeCondition ConditionOf(RuleSlot slot) => new(slot.Lane.Contract.Product.Sessions, calendar, slot.Lane.Source.Source.SessionsAlways, slot.Lane.Contract.LastTradingDay);

    private DateOnly TradingDayAt(RuleSlot slot, DateTimeOffset at) => calendar.WindowAt(slot.Lane.Contract, at, slot.Lane.Source.Source.SessionsAlways).TradingDay;

    /// <summary>The next whole minute of trading time, where a threshold decays.</summary>
    private DateTimeOffset? NextStep(RuleSlot slot, DateTimeOffset now) =>
        IsWatched(slot) && DecayingThreshold.Has(slot.Rule) && OldestLot(slot) is { } openedAt
            ? TimeOf(slot.Lane).After(openedAt, TimeSpan.FromMinutes(HeldMinutes(slot, now) + 1))
            : null;

    /// <summary>A feed that is the clock has not begun: nobody knows what time it is before its first tick.</summary>
    private static bool IsWaitingForTheFeed(RuleSlot slot) =>
        IsWatched(slot) && slot.Lane.Source is { IsReplay: true, FeedTime: null } && (RuleConditions.HasTime(slot.Rule) || DecayingThreshold.Has(slot.Rule));

    private static bool IsWatched(RuleSlot slot) => slot.State.State is ArmState.Armed or ArmState.Fired or ArmState.WaitingForFalse;

    /// <summary>An unlock rule counts from its lock.</summary>
    private static DateTimeOffset? OldestLot(RuleSlot slot) => slot.Rule.Unlocks ? slot.Lock?.CreatedAt : slot.Account.Ledger.Leg(slot.Rule.Symbol, slot.Rule.Direction).OpenedAt;

    private TradingTime TimeOf(SymbolLane lane)
    {
        if (_times.TryGetValue(lane, out var time)) return time;
        return _times[lane] = new(at => calendar.WindowAt(lane.Contract, at, lane.Source.Source.SessionsAlways));
    }
}
