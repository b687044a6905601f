using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>All rules: which are armed, and with which levels. Whenever a rule, its leg or its trigger changes, <see cref="Refresh"/> brings the
/// board in step; nothing else arms or disarms.</summary>
internal sealed class RuleBook(ChangeLog changes)
{
    private readonly Dictionary<Guid, RuleSlot> _slots = [];
    private readonly Dictionary<(AccountId Account, Symbol Symbol), List<RuleSlot>> _byLeg = [];
    private readonly Dictionary<SymbolLane, List<RuleSlot>> _byLane = [];
    private long _sequence;

    public IReadOnlyCollection<RuleSlot> All => _slots.Values;

    /// <summary>The rules watched on one lane.</summary>
    public IReadOnlyList<RuleSlot> On(SymbolLane lane) => _byLane.TryGetValue(lane, out var slots) ? slots : [];

    public RuleSlot? Find(Guid ruleId) => _slots.GetValueOrDefault(ruleId);

    public RuleSlot Add(LockRule rule, LockRuleState state, AccountBook account, SymbolLane lane)
    {
        var slot = new RuleSlot(rule, state, ++_sequence, account, lane);
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
            var isFed = slot.Rule.Direction == Side.Long ? isLongFed : isShortFed;
            if (!isFed || !IsUntouchedByItsLeg(slot, now)) Refresh(slot, now);
        }
    }

    /// <summary>Brings one rule's arming in step with what is true now.</summary>
    public void Refresh(RuleSlot slot, DateTimeOffset now)
    {
        if (slot.State.State is ArmState.Fired or ArmState.Done)
        {
            slot.Lane.Board.Disarm(slot.Rule.Id);
            return;
        }
        if (WhyIdle(slot, now) is { } why) Idle(slot, why, now);
        else Arm(slot, now);
    }

    public void Set(RuleSlot slot, ArmState state, DateTimeOffset now, string? why = null) =>
        Save(slot, slot.State with { State = state, Why = why, UpdatedAt = now });

    public void Save(RuleSlot slot, LockRuleState state)
    {
        if (state with { UpdatedAt = slot.State.UpdatedAt } == slot.State) return;
        slot.State = state;
        changes.Add(new JournalChange.RuleStateSaved(state));
    }

    /// <summary>Stores the best price of a trailing rule when it moved.</summary>
    public void SaveBest(RuleSlot slot, DateTimeOffset now)
    {
        if (slot.Lane.Board.BestOf(slot.Rule.Id) is { } best && (best != slot.State.HighWaterTicks || !slot.State.TrailingActive))
            Save(slot, slot.State with { HighWaterTicks = best, TrailingActive = true, UpdatedAt = now });
    }

    /// <summary>A watched rule whose levels do not follow from the leg's lots stays as it is: thousands of them are not armed again for every fill,
    /// and none starts counting its confirming ticks again.</summary>
    private static bool IsUntouchedByItsLeg(RuleSlot slot, DateTimeOffset now) =>
        !RuleConditions.HasProfit(slot.Rule) && slot.Lane.Board.IsArmed(slot.Rule.Id) && slot.Rule.IsEnabled && !(slot.Rule.ValidUntil <= now);

    private static string? WhyIdle(RuleSlot slot, DateTimeOffset now)
    {
        var rule = slot.Rule;
        if (!rule.IsEnabled) return rule.DisabledReason ?? "disabled";
        if (rule.ValidUntil <= now) return "expired";
        if (!RuleConditions.HasAny(rule)) return "no_live_condition";
        return WhyIdle(slot.Account, rule.Symbol, rule.Direction);
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
        SaveBest(slot, now);
        slot.Lane.Board.Disarm(slot.Rule.Id);
        var state = slot.State with { State = ArmState.Idle, Why = why, ArmedAt = null, UpdatedAt = now };
        Save(slot, why == "no_position" ? state with { HighWaterTicks = 0, TrailingActive = false, DoneVolume = Volume.Zero } : state);
    }

    private void Arm(RuleSlot slot, DateTimeOffset now)
    {
        SaveBest(slot, now);
        var awaitFalse = slot.State.State == ArmState.WaitingForFalse;
        var armedAt = slot.State.ArmedAt ?? (slot.Lane.Source.IsReplay && slot.Lane.Source.FeedTime is null ? null : now);
        var state = slot.State with { State = awaitFalse ? ArmState.WaitingForFalse : ArmState.Armed, Why = null, ArmedAt = armedAt, UpdatedAt = now };
        slot.Lane.Board.Arm(Compile(slot, awaitFalse, armedAt));
        Save(slot, state);
    }

    private static BoardRule Compile(RuleSlot slot, bool awaitFalse, DateTimeOffset? armedAt)
    {
        var rule = slot.Rule;
        var contract = slot.Lane.Contract;
        var awake = slot.State.TrailingActive || rule.TrailingActivation is null;
        return new()
        {
            RuleId = rule.Id,
            Sequence = slot.Sequence,
            Side = rule.Direction,
            PriceSource = rule.PriceSource,
            ConfirmTicks = rule.ConfirmTicks,
            ArmedAt = armedAt ?? DateTimeOffset.MinValue,
            StopLevel = RuleConditions.StopLevel(rule, contract),
            ProfitLevel = RuleConditions.ProfitLevel(rule, contract, slot.Leg()),
            PriceLevel = RuleConditions.PriceLevel(rule, contract),
            Trailing = RuleConditions.Trailing(rule, contract, awake ? Best(slot) : null, awake),
            AwaitFalse = awaitFalse,
        };
    }

    /// <summary>Where a high-water starts: where it was, else the last accepted price of this session; null: with the next tick.</summary>
    private static long? Best(RuleSlot slot) =>
        slot.State.HighWaterTicks > 0 ? slot.State.HighWaterTicks
        : slot.Lane is { HasTick: true, IsTradable: true, Stale: false } ? slot.Lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction)
        : null;
}
