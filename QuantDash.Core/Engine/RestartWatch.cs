using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Rules that were armed when the process ended (DESIGN.md 6.1, Restart): each stays "unseen" until its price has been compared with its levels once.
/// A level that was crossed and left again while we were off is told and nothing else.</summary>
/// <remarks>That is known where the feed's own high or low of the day is beyond the level and was reached since the last tick we stored: it has grown since
/// then, or the day began since then. High and low are of trades, so rules on bid, ask or mark are not told.</remarks>
internal sealed class RestartWatch(ChangeLog changes, RuleBook rules)
{
    /// <summary>After the board has looked at a tradable tick.</summary>
    public void OnEvaluated(SymbolLane lane, DateTimeOffset now) => lane.Unseen.RemoveAll(slot => IsSeen(lane, slot, now));

    private bool IsSeen(SymbolLane lane, RuleSlot slot, DateTimeOffset now)
    {
        if (slot.IsUnseen && rules.Find(slot.Rule.Id) == slot && IsStillOpen(lane, slot)) return false;
        if (slot.IsUnseen && lane.Board.IsArmed(slot.Rule.Id) && slot.Held.Count == 0) TellMissed(lane, slot, now);
        slot.IsUnseen = false;
        return true;
    }

    /// <summary>Not compared yet: its leg waits for the venue's snapshot, the tick has no such price, or more ticks have to agree.</summary>
    private static bool IsStillOpen(SymbolLane lane, RuleSlot slot)
    {
        if (slot.State is { State: ArmState.Idle, Why: "unconfirmed" }) return true;
        if (!lane.Board.IsArmed(slot.Rule.Id)) return false;
        return lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction) is null || lane.Board.IsConfirming(slot.Rule.Id);
    }

    private void TellMissed(SymbolLane lane, RuleSlot slot, DateTimeOffset now)
    {
        if (slot.Rule.PriceSource != PriceSource.Last) return;
        var (high, low) = ReachedWhileOff(lane);
        var (gains, losses) = slot.Rule.Direction == Side.Long ? (high, low) : (low, high);
        foreach (var kind in Enum.GetValues<ConditionKind>())
        {
            var reached = kind is ConditionKind.Profit or ConditionKind.Price ? gains : losses;
            if (reached is not { } price || FiringLevels.LevelNow(slot, kind) is not { } level || !FiringLevels.IsBeyond(slot.Rule.Direction, kind, price, level)) continue;
            var firing = new Firing(slot.Rule.Id, kind, price, level, slot.State.HighWaterTicks);
            var profit = slot.ProfitLeg().FloatingPnl(lane.Contract.PriceAt(price), lane.Contract);
            (int, int)? stages = Ladder.Has(slot.Rule, kind) ? (slot.StagesTaken + 1, slot.StagesTaken + 1) : null;
            changes.Tell(now, TapeSeverity.Warning, "lock.missed", new(slot.Account.Id, slot.Rule.Symbol, slot.Rule.Id),
                LockWords.Name(slot.Rule.Direction), LockWords.Condition(slot.Rule, firing, profit, lane.Contract, stages, slot.HeldMinutes));
        }
    }

    /// <summary>The day's high and low where they were reached since our last stored tick, in ticks; null where that is not known.</summary>
    internal static (long? High, long? Low) ReachedWhileOff(SymbolLane lane)
    {
        if (lane.BeforeStop is not { } before) return default;
        ref readonly var tick = ref lane.Last;
        var isNewDay = before.TradingDay < lane.Window!.TradingDay && !lane.Contract.Product.Sessions.Always && !lane.Source.Source.SessionsAlways;
        var high = tick.HighTicks > 0 && (isNewDay || (before.Tick.HighTicks > 0 && tick.HighTicks > before.Tick.HighTicks)) ? tick.HighTicks : (long?)null;
        var low = tick.LowTicks > 0 && (isNewDay || (before.Tick.LowTicks > 0 && tick.LowTicks < before.Tick.LowTicks)) ? tick.LowTicks : (long?)null;
        return (high, low);
    }
}
