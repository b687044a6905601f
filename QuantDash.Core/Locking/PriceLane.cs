using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Everything on the board that looks at one price (last, bid or ask) from one side. A lane for short legs sees negated prices, so that in
/// every lane "better for the leg" is "higher": gains are reached from below, stops and trailing levels from above.</summary>
internal sealed class PriceLane(Side side)
{
    private readonly LevelLadder _gains = new();
    private readonly LevelLadder _losses = new();
    private readonly TrailingBand _trailing = new();
    private readonly List<Confirmation> _confirming = [];
    private readonly List<LadderEntry> _reachedLevels = [];
    private readonly List<TrailingEntry> _reachedTrailing = [];
    private readonly int _sign = side.Sign();

    /// <summary>Rules none of whose conditions has to be false first any more; whoever looks empties it.</summary>
    public List<Guid> Rearmed { get; } = [];

    public int Slots { get; private set; }
    public IEnumerable<long> Bests => _trailing.Bests.Select(best => best * _sign);

    /// <param name="slot">The rule.</param>
    /// <param name="lastPriceTicks">The latest price: a condition that is false there need not become false first. Null, not known (a restart): stop and
    /// trailing do not wait, since nobody may sleep through a fall; gains do.</param>
    public void Add(BoardSlot slot, long? lastPriceTicks)
    {
        slot.OnBoard = true;
        Slots++;
        var rule = slot.Rule;
        var last = lastPriceTicks * _sign;
        if (rule.StopLevel * _sign is { } stop) AddLevel(slot, ConditionKind.Stop, stop, rule.AwaitFalse && last <= stop);
        if (rule.ProfitLevel * _sign is { } profit) AddLevel(slot, ConditionKind.Profit, profit, rule.AwaitFalse && !(last < profit));
        if (rule.PriceLevel * _sign is { } price) AddLevel(slot, ConditionKind.Price, price, rule.AwaitFalse && !(last < price));
        if (rule.Trailing is { } trailing) AddTrailing(slot, trailing, last);
    }

    public void Remove(BoardSlot slot)
    {
        if (!slot.OnBoard) return;
        slot.OnBoard = false;
        Slots--;
        foreach (var entry in slot.Levels) LadderOf(entry).Remove(entry);
        foreach (var confirmation in slot.Confirming) _confirming.Remove(confirmation);
        if (slot.Trailing is { } trailing) _trailing.Remove(trailing);
        slot.Levels.Clear();
        slot.Confirming.Clear();
    }

    public void MoveProfit(BoardSlot slot, long level)
    {
        if (slot.Confirming.Find(c => c.Kind == ConditionKind.Profit) is { } confirming) confirming.Level = level * _sign;
        if (slot.Levels.Find(entry => entry.Kind == ConditionKind.Profit) is not { } entry) return;
        LadderOf(entry).Remove(entry);
        slot.Levels.Remove(entry);
        AddLevel(slot, ConditionKind.Profit, level * _sign, entry.Role == LadderRole.Rearm);
    }

    /// <summary>Its rule has other trailing terms now: the same best price, another distance.</summary>
    public void MoveTrailing(BoardSlot slot)
    {
        if (!slot.OnBoard) return;
        var trailing = slot.Rule.Trailing!;
        if (slot.Confirming.Find(c => c.Kind == ConditionKind.Trailing) is { } confirming)
        {
            confirming.Level = Math.Max(confirming.Level, LevelFor(trailing, confirming.Best.GetValueOrDefault()));
        }
        else if (slot.Trailing is { } entry)
        {
            _trailing.Remove(entry);
            RemoveFloor(slot);
            Trail(slot, entry.Group?.Best);
        }
        else if (slot.Levels.Find(level => level.Role == LadderRole.RearmTrailing) is { } waiting && trailing.Best * _sign is { } best)
        {
            LadderOf(waiting).Remove(waiting);
            slot.Levels.Remove(waiting);
            Put(new LadderEntry(slot, ConditionKind.Trailing, LadderRole.RearmTrailing, LevelFor(trailing, best) + 1));
        }
    }

    /// <summary>The level a rule's trailing condition has reached, in real ticks; null without a best price.</summary>
    public long? TrailingLevelOf(BoardSlot slot)
    {
        if (slot.Confirming.Find(c => c.Kind == ConditionKind.Trailing) is { } confirming) return confirming.Level * _sign;
        return slot.Rule.Trailing is { } trailing && (slot.Trailing?.Group?.Best ?? trailing.Best * _sign) is { } best ? LevelFor(trailing, best) * _sign : null;
    }

    /// <summary>The best price of a rule's trailing condition, in real ticks; null before the first price.</summary>
    public long? BestOf(BoardSlot slot) =>
        slot.Trailing?.Group is { } group ? group.Best * _sign
        : slot.Confirming.Find(c => c.Kind == ConditionKind.Trailing)?.Best * _sign;

    /// <summary>Adds every condition that holds at <paramref name="priceTicks"/> to <paramref name="held"/>.</summary>
    public void OnPrice(long priceTicks, List<HeldCondition> held)
    {
        var price = priceTicks * _sign;
        if (_confirming.Count > 0) CountConfirmations(price, held);
        _trailing.OnPrice(price, _reachedTrailing);
        if (price >= _gains.Nearest) _gains.TakeReached(price, _reachedLevels);
        if (-price >= _losses.Nearest) _losses.TakeReached(-price, _reachedLevels);
        if (_reachedLevels.Count > 0) TakeLevels(price, held);
        if (_reachedTrailing.Count > 0) TakeTrailing(price, held);
    }

    private void AddLevel(BoardSlot slot, ConditionKind kind, long level, bool awaitFalse)
    {
        var falling = kind == ConditionKind.Stop;
        var entry = awaitFalse
            ? falling ? new LadderEntry(slot, kind, LadderRole.Rearm, level + 1) : new LadderEntry(slot, kind, LadderRole.Rearm, -(level - 1))
            : new LadderEntry(slot, kind, LadderRole.Fire, falling ? -level : level);
        Put(entry);
    }

    private void Put(LadderEntry entry)
    {
        entry.Slot.Levels.Add(entry);
        LadderOf(entry).Add(entry);
    }

    /// <summary>Stops wait below and re-arm above; gains wait above and re-arm below. Activation is a gain.</summary>
    private LevelLadder LadderOf(LadderEntry entry)
    {
        var falling = entry.Kind is ConditionKind.Stop || entry.Role == LadderRole.Floor;
        return (falling != (entry.Role == LadderRole.Rearm)) ? _losses : _gains;
    }

    private void AddTrailing(BoardSlot slot, BoardTrailing trailing, long? last)
    {
        var best = trailing.Best * _sign;
        var wakesAt = trailing.ActivationLevel * _sign;
        var role = LadderRole.Activate;
        if (slot.Rule.AwaitFalse && best is { } known)
        {
            var falseFrom = LevelFor(trailing, known) + 1;
            wakesAt = last < falseFrom ? falseFrom : null;
            role = LadderRole.RearmTrailing;
        }
        if (wakesAt is { } level) Put(new LadderEntry(slot, ConditionKind.Trailing, role, level));
        else Trail(slot, best);
    }

    private void WakeUp(BoardSlot slot, long price) => Trail(slot, Math.Max(price, slot.Rule.Trailing!.Best * _sign ?? price));

    private void Trail(BoardSlot slot, long? best)
    {
        var entry = new TrailingEntry(slot, slot.Rule.Trailing!);
        slot.Trailing = entry;
        _trailing.Add(entry, best);
        if (entry.Trailing.Floor * _sign is { } floor) Put(new LadderEntry(slot, ConditionKind.Trailing, LadderRole.Floor, -floor));
    }

    private long LevelFor(BoardTrailing trailing, long best) => Math.Max(TrailingGroup.LevelFor(trailing, best), trailing.Floor * _sign ?? long.MinValue);

    private void RemoveFloor(BoardSlot slot)
    {
        if (slot.Levels.Find(entry => entry.Role == LadderRole.Floor) is not { } floor) return;
        LadderOf(floor).Remove(floor);
        slot.Levels.Remove(floor);
    }

    private void TakeLevels(long price, List<HeldCondition> held)
    {
        foreach (var entry in _reachedLevels)
        {
            entry.Slot.Levels.Remove(entry);
            if (entry.Role is LadderRole.Activate or LadderRole.RearmTrailing) WakeUp(entry.Slot, price);
            else if (entry.Role == LadderRole.Rearm) Rearm(entry);
            else if (entry.Role == LadderRole.Floor) TakeFloor(entry.Slot, price, held);
            else Hold(entry.Slot, entry.Kind, entry.Kind == ConditionKind.Stop ? -entry.Key : entry.Key, null, price, held);
            if (entry.Role is LadderRole.Rearm or LadderRole.RearmTrailing && !entry.Slot.AwaitsFalse) Rearmed.Add(entry.Slot.Rule.RuleId);
        }
        _reachedLevels.Clear();
    }

    private void Rearm(LadderEntry entry)
    {
        var level = entry.Kind == ConditionKind.Stop ? entry.Key - 1 : -entry.Key + 1;
        AddLevel(entry.Slot, entry.Kind, level, awaitFalse: false);
    }

    /// <summary>A floor that best and distance are beyond already was reached with them.</summary>
    private void TakeFloor(BoardSlot slot, long price, List<HeldCondition> held)
    {
        if (slot.Trailing is not { Present: true } entry) return;
        _trailing.Remove(entry);
        var best = entry.Group?.Best ?? price;
        Hold(slot, ConditionKind.Trailing, LevelFor(entry.Trailing, best), best, price, held);
    }

    private void TakeTrailing(long price, List<HeldCondition> held)
    {
        foreach (var entry in _reachedTrailing)
        {
            var best = entry.Group!.Best;
            RemoveFloor(entry.Slot);
            Hold(entry.Slot, ConditionKind.Trailing, LevelFor(entry.Trailing, best), best, price, held);
        }
        _reachedTrailing.Clear();
    }

    private void Hold(BoardSlot slot, ConditionKind kind, long level, long? best, long price, List<HeldCondition> held)
    {
        if (kind == ConditionKind.Trailing) slot.Trailing = null;
        if (slot.Rule.ConfirmTicks <= 1)
        {
            held.Add(new(slot, kind, price * _sign, level * _sign, best * _sign ?? 0));
            return;
        }
        var confirmation = new Confirmation(slot, kind, level, best);
        slot.Confirming.Add(confirmation);
        _confirming.Add(confirmation);
    }

    private void CountConfirmations(long price, List<HeldCondition> held)
    {
        for (var i = _confirming.Count - 1; i >= 0; i--)
        {
            var confirmation = _confirming[i];
            var falling = confirmation.Kind is ConditionKind.Stop or ConditionKind.Trailing;
            var holds = falling ? price <= confirmation.Level : price >= confirmation.Level;
            if (holds && ++confirmation.Ticks < confirmation.Slot.Rule.ConfirmTicks) continue;
            _confirming.RemoveAt(i);
            confirmation.Slot.Confirming.Remove(confirmation);
            if (holds) held.Add(new(confirmation.Slot, confirmation.Kind, price * _sign, confirmation.Level * _sign, confirmation.Best * _sign ?? 0));
            else if (confirmation.Kind == ConditionKind.Trailing) Trail(confirmation.Slot, confirmation.Best);
            else AddLevel(confirmation.Slot, confirmation.Kind, confirmation.Level, awaitFalse: false);
        }
    }
}

/// <summary>A condition that holds on the tick being looked at, in real ticks.</summary>
internal readonly record struct HeldCondition(BoardSlot Slot, ConditionKind Kind, long PriceTicks, long LevelTicks, long BestTicks);
