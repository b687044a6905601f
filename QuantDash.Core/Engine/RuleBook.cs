using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>All rules: which are armed, and with which levels. Whenever a rule, its leg or its trigger changes, <see cref="Refresh"/> brings the
/// board in step; nothing else arms or disarms.</summary>
internal sealed class RuleBook(ChangeLog changes, RuleClock clock, LockBook locks)
{
    private const int BestsAtOnce = 200;

    private readonly Dictionary<Guid, RuleSlot> _slots = [];
    private readonly Dictionary<(AccountId Account, Symbol Symbol), List<RuleSlot>> _byLeg = [];
    private readonly Dictionary<SymbolLane, List<RuleSlot>> _byLane = [];
    private long _sequence;

    public IReadOnlyCollection<RuleSlot> All => _slots.Values;

    /// <summary>The rules watched on one lane.</summary>
    public IReadOnlyList<RuleSlot> On(SymbolLane lane) => _byLane.TryGetValue(lane, out var slots) ? slots : [];

    /// <summary>The rules on both legs of one contract of an account.</summary>
    public IReadOnlyList<RuleSlot> Of(AccountId account, Symbol symbol) => _byLeg.TryGetValue((account, symbol), out var slots) ? slots : [];

    /// <summary>The other rules for the same lots: same account, leg and group; of unlock rules, same lock and group.</summary>
    public IEnumerable<RuleSlot> Peers(RuleSlot slot) =>
        slot.Rule is { OcoGroup: { } group, Shadow: false } && _byLeg.TryGetValue((slot.Account.Id, slot.Rule.Symbol), out var slots)
            ? slots.Where(other => other != slot && other.Rule is { Shadow: false, IsEnabled: true } && other.Rule.OcoGroup == group && IsForSameLots(slot.Rule, other.Rule))
            : [];

    private static bool IsForSameLots(LockRule one, LockRule other) =>
        one.Unlocks || other.Unlocks ? one.Unlocks && other.Unlocks && one.LockId == other.LockId : one.Direction == other.Direction;

    public RuleSlot? Find(Guid ruleId) => _slots.GetValueOrDefault(ruleId);

    public RuleSlot Add(LockRule rule, LockRuleState state, AccountBook account, SymbolLane lane)
    {
        var slot = new RuleSlot(rule, state, ++_sequence, account, lane, locks);
        _slots.Add(rule.Id, slot);
        if (!_byLeg.TryGetValue((account.Id, rule.Symbol), out var list)) _byLeg.Add((account.Id, rule.Symbol), list = []);
        list.Add(slot);
        if (!_byLane.TryGetValue(lane, out var onLane)) _byLane.Add(lane, onLane = []);
        onLane.Add(slot);
        return slot;
    }

    public void Remove(RuleSlot slot)
    {
        slot.Lane.Board.Disarm(slot.Rule.Id);
        _slots.Remove(slot.Rule.Id);
        clock.Put(slot, null);
        _byLeg[(slot.Account.Id, slot.Lane.Symbol)].Remove(slot);
        _byLane[slot.Lane].Remove(slot);
    }

    /// <summary>A leg of this contract changed: levels that depend on it are computed again.</summary>
    public void RefreshLegs(AccountId account, Symbol symbol, DateTimeOffset now)
    {
        if (!_byLeg.TryGetValue((account, symbol), out var slots)) return;
        if (slots.Count == 0) return;
        var (isLongFed, isShortFed) = (WhyIdle(slots[0].Account, symbol, Side.Long) is null, WhyIdle(slots[0].Account, symbol, Side.Short) is null);
        foreach (var slot in slots)
        {
            if (IsAtRest(slot)) continue;
            var isFed = slot.Rule.Direction == Side.Long ? isLongFed : isShortFed;
            if (!isFed || !IsUntouchedByItsLeg(slot, now)) Refresh(slot, now);
        }
    }

    /// <summary>Brings one rule's arming in step with what is true now.</summary>
    public void Refresh(RuleSlot slot, DateTimeOffset now)
    {
        slot.HeldMinutes = clock.HeldMinutes(slot, now);
        TrailingRange.Series(slot);
        slot.StagesPassed = 0;
        if (slot.State.State == ArmState.Done) slot.Lane.Board.Disarm(slot.Rule.Id);
        else if (WhyIdle(slot, now) is not { } why) Watch(slot, now);
        else if (slot.Held.Count == 0) Idle(slot, why, now);
        else Hold(slot, now);
        clock.Note(slot, now);
    }

    /// <summary>A threshold comes down by another minute; nothing else of the rule is touched.</summary>
    /// <returns>False: it is not that, or not only that, which the rule is due for.</returns>
    public bool StepDecay(RuleSlot slot, DateTimeOffset now)
    {
        if (!DecayingThreshold.Has(slot.Rule) || !slot.Lane.Board.IsArmed(slot.Rule.Id) || slot.NextMoment?.At <= now || slot.Rule.ValidUntil <= now) return false;
        slot.HeldMinutes = clock.HeldMinutes(slot, now);
        slot.Lane.Board.MoveProfit(slot.Rule.Id, slot.ProfitLevel);
        clock.Note(slot, now);
        return true;
    }

    /// <summary>Bars are complete: a rule that trails by their range takes the new distance, and keeps the level it has reached.</summary>
    public void StepRange(RuleSlot slot, DateTimeOffset now)
    {
        if (TrailingRange.Now(slot) is not { } range || slot.Lane.Board.TrailingDistanceOf(slot.Rule.Id) is not { } before || before == range) return;
        SaveBest(slot, now);
        Save(slot, slot.State with { TrailingDistanceTicks = TrailingRange.Kept(slot), UpdatedAt = now });
        slot.Lane.Board.MoveTrailing(slot.Rule.Id, range, TrailingRange.Floor(slot));
    }

    /// <summary>Something of its group ended: what it left to the group is watched again.</summary>
    public void RefreshPeers(RuleSlot slot, DateTimeOffset now)
    {
        if (slot.Rule.OcoGroup is null) return;
        foreach (var peer in Peers(slot).ToList()) Refresh(peer, now);
    }

    /// <summary>A rule whose cooldown is over is watched again.</summary>
    public void Wake(RuleSlot slot, DateTimeOffset now)
    {
        var state = slot.State.State is ArmState.Cooling ? ArmState.Armed : slot.State.State;
        Save(slot, slot.State with { State = state, RearmAt = null, Spent = false, UpdatedAt = now });
        Refresh(slot, now);
    }

    public void Set(RuleSlot slot, ArmState state, DateTimeOffset now, string? why = null) =>
        Save(slot, slot.State with { State = state, Why = why, UpdatedAt = now });

    public void Save(RuleSlot slot, LockRuleState state)
    {
        if (state with { UpdatedAt = slot.State.UpdatedAt } == slot.State) return;
        slot.State = state;
        changes.Add(new JournalChange.RuleStateSaved(state));
    }

    /// <summary>A firing of it locked some lots.</summary>
    /// <param name="cost">Their open price × volume; null when an open price is unknown.</param>
    public void CountFilled(RuleSlot slot, Volume volume, decimal? cost, DateTimeOffset now) =>
        Save(slot, slot.State with { DoneVolume = slot.State.DoneVolume + volume, DoneCost = slot.State.DoneCost + cost, UpdatedAt = now });

    /// <summary>Best prices are written down in turns, so that ten thousand trailing rules do not hold up the next tick.</summary>
    public void SaveBests(SymbolLane lane, DateTimeOffset now)
    {
        if (lane.Version == lane.SavedVersion || lane.Board.Count == 0) return;
        var slots = On(lane);
        var end = Math.Min(lane.NextBestToSave + BestsAtOnce, slots.Count);
        for (var i = lane.NextBestToSave; i < end; i++) SaveBest(slots[i], now);
        lane.NextBestToSave = end < slots.Count ? end : 0;
        if (end == slots.Count) lane.SavedVersion = lane.Version;
    }

    /// <summary>Stores the best price of a trailing rule when it moved.</summary>
    public void SaveBest(RuleSlot slot, DateTimeOffset now)
    {
        var best = StateWithBest(slot);
        if (!ReferenceEquals(best, slot.State)) Save(slot, best with { UpdatedAt = now });
    }

    /// <summary>What the engine remembers of a rule, with the best price that the board has seen for it.</summary>
    public static LockRuleState StateWithBest(RuleSlot slot)
    {
        if (slot.Lane.Board.BestOf(slot.Rule.Id) is not { } best || (best == slot.State.HighWaterTicks && slot.State.TrailingActive)) return slot.State;
        return slot.State with { HighWaterTicks = best, TrailingActive = true, TrailingDistanceTicks = TrailingRange.Between(slot, best, slot.Lane.Board.TrailingLevelOf(slot.Rule.Id)) };
    }

    /// <summary>A watched rule whose levels do not follow from the leg's lots stays as it is: thousands of them are not armed again for every fill,
    /// and none starts counting its confirming ticks again.</summary>
    private static bool IsUntouchedByItsLeg(RuleSlot slot, DateTimeOffset now) =>
        !slot.Rule.Unlocks && !RuleConditions.HasProfit(slot.Rule) && slot.Rule.TriggerTime is not { Kind: TriggerTimeKind.Holding } && slot.Lane.Board.IsArmed(slot.Rule.Id) && slot.Rule.IsEnabled && !(slot.Rule.ValidUntil <= now);

    /// <summary>Finished, or switched off, and put away wholly. No leg brings it back: whatever does, refreshes it itself.</summary>
    private static bool IsAtRest(RuleSlot slot) =>
        (slot.State.State == ArmState.Done || slot is { Rule.IsEnabled: false, State.State: ArmState.Idle, Held.Count: 0 }) && slot.DueAt is null && !slot.Lane.Board.IsArmed(slot.Rule.Id);

    private static string? WhyIdle(RuleSlot slot, DateTimeOffset now)
    {
        var rule = slot.Rule;
        if (!rule.IsEnabled) return rule.DisabledReason ?? "disabled";
        if (slot.Account.Account.IsClosed) return "account_closed";
        if (rule.ValidUntil <= now) return "expired";
        if (!RuleConditions.HasAny(rule)) return "no_live_condition";
        return rule.Unlocks ? WhyNoUnlock(slot) : WhyIdle(slot.Account, rule.Symbol, rule.Direction);
    }

    private static string? WhyNoUnlock(RuleSlot slot)
    {
        if (slot.Lock is not { Status: LockStatus.Active }) return "lock_gone";
        return slot.Account.Unconfirmed.Contains((slot.Rule.Symbol, Side.Long)) || slot.Account.Unconfirmed.Contains((slot.Rule.Symbol, Side.Short)) ? "unconfirmed" : null;
    }

    /// <summary>Why no rule on a leg is watched.</summary>
    private static string? WhyIdle(AccountBook account, Symbol symbol, Side side)
    {
        var leg = account.Ledger.Leg(symbol, side);
        if (leg.Volume.IsZero) return "no_position";
        if (account.Unconfirmed.Contains((symbol, side))) return "unconfirmed";
        return leg.FreeVolume.IsZero ? "wholly_locked" : null;
    }

    private void Idle(RuleSlot slot, string why, DateTimeOffset now)
    {
        TakeOff(slot, now);
        var state = slot.State with { State = ArmState.Idle, Why = why, ArmedAt = null, UpdatedAt = now };
        Save(slot, why == "no_position" ? WithoutLeg(state) : state);
    }

    /// <summary>Nothing to watch, but a trigger of it is still open or failed.</summary>
    private void Hold(RuleSlot slot, DateTimeOffset now)
    {
        TakeOff(slot, now);
        Set(slot, ArmState.Fired, now);
    }

    private void TakeOff(RuleSlot slot, DateTimeOffset now)
    {
        SaveBest(slot, now);
        slot.Lane.Board.Disarm(slot.Rule.Id);
    }

    /// <summary>What was reached belonged to a leg that is gone.</summary>
    private static LockRuleState WithoutLeg(LockRuleState state) => state with
    {
        HighWaterTicks = 0, TrailingActive = false, TrailingDistanceTicks = null, RearmAt = null, DoneVolume = Volume.Zero, DoneCost = 0m,
        StagesDone = 0, BaseVolume = Volume.Zero, Spent = false, TimeActedAt = null,
    };

    /// <summary>Rules whose condition was false again.</summary>
    public void TakeRearmed(SymbolLane lane, List<Guid> rearmed, DateTimeOffset now)
    {
        foreach (var ruleId in rearmed) OnRearmed(ruleId, now);
        rearmed.Clear();
        if (lane.StagesWaiting.Count > 0) StageWait.OnEvaluated(this, lane, now);
    }

    /// <summary>A condition that had to be false first has been: it is watched like any other, also after a restart.</summary>
    public void OnRearmed(Guid ruleId, DateTimeOffset now)
    {
        if (_slots.TryGetValue(ruleId, out var slot) && slot.State.State == ArmState.WaitingForFalse) Set(slot, ArmState.Armed, now);
    }

    /// <summary>A rule that rests is watched for its stop only.</summary>
    private void Watch(RuleSlot slot, DateTimeOffset now)
    {
        if (slot.State.RearmAt is null || RuleConditions.HasStop(slot.Rule) || slot.Held.Count > 0)
        {
            Arm(slot, now);
            return;
        }
        TakeOff(slot, now);
        Set(slot, ArmState.Cooling, now);
    }

    private void Arm(RuleSlot slot, DateTimeOffset now)
    {
        SaveBest(slot, now);
        var isHeld = slot.Held.Count > 0;
        // What held together with the condition that fired does not fire as well; after a restart nobody knows what did.
        var awaitFalse = (isHeld && slot.Lane.HasTick) || slot.State.State == ArmState.WaitingForFalse;
        slot.StagesPassed = StageWait.Passed(slot);
        if (StageWait.IsNeeded(slot) && !slot.Lane.StagesWaiting.Contains(slot)) slot.Lane.StagesWaiting.Add(slot);
        var armedAt = slot.State.ArmedAt ?? (slot.Lane.Source.IsReplay && slot.Lane.Source.FeedTime is null ? null : now);
        Save(slot, slot.State with { TrailingDistanceTicks = TrailingRange.Kept(slot), UpdatedAt = now });
        if (BoardRules.Compile(slot, awaitFalse, armedAt) is { } rule) slot.Lane.Board.Arm(rule);
        else slot.Lane.Board.Disarm(slot.Rule.Id);
        var next = isHeld ? ArmState.Fired : awaitFalse && (slot.StagesPassed > slot.StagesTaken || slot.Lane.Board.AwaitsFalse(slot.Rule.Id)) ? ArmState.WaitingForFalse : ArmState.Armed;
        Save(slot, slot.State with { State = next, Why = null, ArmedAt = armedAt, UpdatedAt = now });
    }
}
