using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>Trailing by the average true range: when a bar is complete, the distances that have become narrower move their levels (DESIGN.md 6.1: a stop never
/// loosens).</summary>
internal sealed class RangeDesk(RuleBook rules)
{
    private readonly List<RuleSlot> _narrower = [];

    /// <summary>The lane's latest tick, before conditions are looked at.</summary>
    public void OnTick(SymbolLane lane, DateTimeOffset now)
    {
        var isComplete = false;
        foreach (var series in lane.Ranges) isComplete |= series.Add(lane.Last, lane.Window!);
        if (isComplete) Narrow(lane, now);
    }

    /// <summary>Time passed without a tick: a quiet market completes its bars too.</summary>
    public void OnTime(SymbolLane lane, DateTimeOffset now)
    {
        var isComplete = false;
        foreach (var series in lane.Ranges) isComplete |= series.CompleteAt(now);
        if (isComplete) Narrow(lane, now);
    }

    /// <summary>The distance a rule trails by from now on: the latest range, but never more than it was while the leg is trailed; null: not enough bars.</summary>
    public static long? DistanceOf(RuleSlot slot)
    {
        var (rule, before) = (slot.Rule, slot.State.TrailingDistanceTicks);
        if (rule.TrailingMode != TrailingMode.Atr || !RuleConditions.HasTrailing(rule) || rule.TrailingDistance is not { } multiples) return before;
        if (slot.Lane.Follow(rule.AtrPeriod, rule.AtrTimeframe).Distance(multiples) is not { } now) return before;
        var isTrailing = slot.State.TrailingActive || rule.TrailingActivation is null || slot.Lane.Board.IsTrailing(rule.Id);
        return isTrailing && before < now ? before : now;
    }

    private void Narrow(SymbolLane lane, DateTimeOffset now)
    {
        _narrower.AddRange(rules.On(lane).Where(slot => IsWatched(slot) && DistanceOf(slot) != slot.State.TrailingDistanceTicks));
        foreach (var slot in _narrower) rules.Refresh(slot, now);
        _narrower.Clear();
    }

    private static bool IsWatched(RuleSlot slot) => slot.Rule.TrailingMode == TrailingMode.Atr && slot.State.State is ArmState.Armed or ArmState.Fired or ArmState.WaitingForFalse;
}
