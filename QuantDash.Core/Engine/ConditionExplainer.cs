using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Says of every condition of a rule what it compares, how far it is, and why it is not evaluated.</summary>
internal static class ConditionExplainer
{
    public static IReadOnlyList<ConditionView> Explain(RuleSlot slot) =>
        RuleConditions.HasTime(slot.Rule) || slot.Rule.Names(TriggerType.Time)
            ? [Stop(slot), Trailing(slot), Profit(slot), Price(slot), Time(slot)]
            : [Stop(slot), Trailing(slot), Profit(slot), Price(slot)];

    /// <summary>The first live condition that holds at the lane's latest price, or whose moment has come; null when none does.</summary>
    public static ConditionKind? HoldsNow(RuleSlot slot, DateTimeOffset now) =>
        slot.Lane is { IsTradable: true, HasTick: true }
            ? Explain(slot).FirstOrDefault(condition => condition is { Live: true, Why: null } && (condition.DistanceTicks <= 0 || condition.ActsAt <= now))?.Kind
            : null;

    private static ConditionView Stop(RuleSlot slot)
    {
        var level = RuleConditions.StopLevel(slot.Rule, slot.Lane.Contract);
        return View(slot, ConditionKind.Stop, RuleConditions.HasStop(slot.Rule), level, falling: true, slot.Rule.StopLossPrice?.Value, "not_set");
    }

    private static ConditionView Profit(RuleSlot slot)
    {
        var rule = slot.Rule;
        var live = RuleConditions.HasProfit(rule);
        var (leg, level) = (slot.ProfitLeg(), slot.ProfitLevel);
        var why = !rule.Names(TriggerType.Profit) ? "not_named" : !rule.ProfitLockEnabled ? "flag_off" : "not_set";
        var view = View(slot, ConditionKind.Profit, live, level, falling: false, slot.ProfitThreshold, why);
        var now = Seen(slot) is { } ticks ? leg.FloatingPnl(slot.Lane.Contract.PriceAt(ticks), slot.Lane.Contract) : null;
        return view with
        {
            Now = now,
            Why = view.Why ?? (live && level is null ? "open_price_unknown" : null),
            HeldMinutes = live && DecayingThreshold.Has(rule) ? slot.HeldMinutes : null,
        };
    }

    /// <summary>What is due acts whether or not the market trades: it waits for the next tradable tick then.</summary>
    private static ConditionView Time(RuleSlot slot)
    {
        var live = RuleConditions.HasTime(slot.Rule);
        var view = View(slot, ConditionKind.Time, live, level: null, falling: false, target: null, slot.Rule.Names(TriggerType.Time) ? "not_set" : "not_named");
        var why = view.Why is "session_closed" or "waiting_for_false" ? null : view.Why;
        return view with { Why = why ?? (live && slot.NextMoment is null ? "done" : null), ActsAt = slot.NextMoment?.At };
    }

    private static ConditionView Price(RuleSlot slot)
    {
        var level = RuleConditions.PriceLevel(slot.Rule, slot.Lane.Contract, slot.StagesBefore);
        var why = slot.Rule.Names(TriggerType.Price) ? "not_set" : "not_named";
        return View(slot, ConditionKind.Price, RuleConditions.HasPrice(slot.Rule), level, falling: false, RuleConditions.PriceTarget(slot.Rule, slot.StagesBefore)?.Value, why);
    }

    private static ConditionView Trailing(RuleSlot slot)
    {
        var rule = slot.Rule;
        var contract = slot.Lane.Contract;
        var live = RuleConditions.HasTrailing(rule);
        var best = slot.Lane.Board.BestOf(rule.Id) ?? (slot.State.HighWaterTicks > 0 ? slot.State.HighWaterTicks : null);
        var level = live && best is { } known ? LevelOnBoard(slot) ?? RuleConditions.TrailingLevel(rule, contract, known, slot.State.TrailingDistanceTicks) : null;
        var why = !rule.Names(TriggerType.Trailing) ? "not_named" : !rule.TrailingStop ? "flag_off" : "not_set";
        var view = View(slot, ConditionKind.Trailing, live, level, falling: true, rule.TrailingDistance, why);
        var series = live ? TrailingRange.Series(slot) : null;
        var noRange = series is not null && slot.State.TrailingDistanceTicks is null && TrailingRange.Now(slot) is null;
        var sleeping = live && slot.State.State == ArmState.Armed && rule.TrailingActivation is not null && !slot.Lane.Board.IsTrailing(rule.Id);
        return view with
        {
            HighWater = best is { } high ? contract.PriceAt(high) : null,
            HighWaterSince = best is null ? null : slot.State.HighWaterSince,
            BarsMissing = series is { Missing: > 0 and var missing } ? missing : null,
            Why = view.Why ?? (noRange ? "not_enough_bars" : sleeping ? "not_activated" : null),
        };
    }

    /// <summary>Where the range has grown, best and distance alone do not say it.</summary>
    private static long? LevelOnBoard(RuleSlot slot) =>
        slot.Lane.Board.TrailingDistanceOf(slot.Rule.Id) is null or >= TrailingRange.OutOfReach ? null : slot.Lane.Board.TrailingLevelOf(slot.Rule.Id);

    private static ConditionView View(RuleSlot slot, ConditionKind kind, bool live, long? level, bool falling, decimal? target, string whyNotLive)
    {
        var contract = slot.Lane.Contract;
        var seen = Seen(slot);
        var distance = (seen - level) * (falling ? 1 : -1) * slot.Rule.Direction.Sign();
        return new()
        {
            Kind = kind,
            Live = live,
            Why = live ? WhyNotEvaluated(slot, kind) : whyNotLive,
            Stage = live && Ladder.Has(slot.Rule, kind) ? Math.Min(slot.StagesBefore + 1, slot.Rule.Stages.Count) : null,
            Now = seen is { } ticks ? contract.PriceAt(ticks).Value : null,
            Target = target,
            Level = live && level is { } known ? contract.PriceAt(known) : null,
            DistanceTicks = live ? distance : null,
        };
    }

    private static string? WhyNotEvaluated(RuleSlot slot, ConditionKind kind) => slot.State.State switch
    {
        ArmState.Idle => slot.State.Why,
        ArmState.Done => "done",
        _ when slot.IsHeld(kind) => "open_trigger",
        _ when slot.State.Spent && kind != ConditionKind.Stop => "done",
        ArmState.WaitingForFalse when !Ladder.Has(slot.Rule, kind) || slot.StagesPassed == 0 => "waiting_for_false",
        ArmState.Fired or ArmState.Armed or ArmState.WaitingForFalse when !slot.Lane.HasTick => "no_quote",
        ArmState.Fired or ArmState.Armed or ArmState.WaitingForFalse when !slot.Lane.IsTradable => "session_closed",
        ArmState.Fired or ArmState.Armed or ArmState.WaitingForFalse => kind == ConditionKind.Time ? null : WhyNoMark(slot),
        _ => throw new InvalidOperationException($"Unknown arm state {slot.State.State}."),
    };

    /// <summary>Its price comes with some ticks only.</summary>
    private static string? WhyNoMark(RuleSlot slot) =>
        slot.Rule.PriceSource != PriceSource.Mark || slot.Lane.MarkTicks is not null ? null : slot.Lane.HasMark ? "mark_stale" : "waiting_for_mark";

    private static long? Seen(RuleSlot slot) => slot.Lane.HasTick ? slot.Lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction) : null;
}
