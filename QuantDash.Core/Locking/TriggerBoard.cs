using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Every armed condition of one (source, symbol) as price levels, nearest first: a tick that fires nothing costs a few comparisons with 1 rule
/// or 100,000, and allocates nothing (DESIGN.md 5). A rule that fires leaves the board; the engine decides when it comes back.</summary>
public sealed class TriggerBoard
{
    private readonly PriceLane _lastLong = new(Side.Long);
    private readonly PriceLane _lastShort = new(Side.Short);
    private readonly PriceLane _bid = new(Side.Long);
    private readonly PriceLane _ask = new(Side.Short);
    private readonly Dictionary<Guid, BoardSlot> _slots = [];
    private readonly List<HeldCondition> _held = [];

    /// <summary>Rules on the board.</summary>
    public int Count => _slots.Count;

    public bool IsArmed(Guid ruleId) => _slots.ContainsKey(ruleId);

    /// <summary>Puts a rule on the board; one with the same id is replaced.</summary>
    public void Arm(BoardRule rule)
    {
        Disarm(rule.RuleId);
        var slot = new BoardSlot(rule, LaneFor(rule));
        _slots.Add(rule.RuleId, slot);
        slot.Lane.Add(slot);
    }

    /// <summary>Takes a rule off the board; false when it was not there.</summary>
    public bool Disarm(Guid ruleId)
    {
        if (!_slots.Remove(ruleId, out var slot)) return false;
        slot.Lane.Remove(slot);
        return true;
    }

    /// <summary>Adds what fires on this tick to <paramref name="firings"/>, at most once a rule: stops first, then trailing, profit, price; within one
    /// condition in arming order.</summary>
    public void OnTick(in Tick tick, List<Firing> firings)
    {
        if (_lastLong.Slots > 0) _lastLong.OnPrice(tick.LastTicks, tick.OccurredAt, _held);
        if (_lastShort.Slots > 0) _lastShort.OnPrice(tick.LastTicks, tick.OccurredAt, _held);
        if (_bid.Slots > 0 && tick.BidTicks > 0) _bid.OnPrice(tick.BidTicks, tick.OccurredAt, _held);
        if (_ask.Slots > 0 && tick.AskTicks > 0) _ask.OnPrice(tick.AskTicks, tick.OccurredAt, _held);
        if (_held.Count > 0) Fire(firings);
    }

    /// <summary>The best price of a rule's trailing condition so far, in ticks; null while it sleeps or before the first tick.</summary>
    public long? BestOf(Guid ruleId) => _slots.TryGetValue(ruleId, out var slot) ? slot.Lane.BestOf(slot) : null;

    /// <summary>Whether a rule's trailing condition is awake.</summary>
    public bool IsTrailing(Guid ruleId) =>
        _slots.TryGetValue(ruleId, out var slot) && (slot.Trailing is not null || slot.Confirming.Exists(c => c.Kind == ConditionKind.Trailing));

    private void Fire(List<Firing> firings)
    {
        _held.Sort(static (left, right) => left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : left.Slot.Rule.Sequence.CompareTo(right.Slot.Rule.Sequence));
        foreach (var held in _held)
        {
            if (!Disarm(held.Slot.Rule.RuleId)) continue;
            firings.Add(new(held.Slot.Rule.RuleId, held.Kind, held.PriceTicks, held.LevelTicks, held.BestTicks));
        }
        _held.Clear();
    }

    private PriceLane LaneFor(BoardRule rule) => (rule.PriceSource, rule.Side) switch
    {
        (PriceSource.Last, Side.Long) => _lastLong,
        (PriceSource.Last, Side.Short) => _lastShort,
        (PriceSource.BidAsk, Side.Long) => _bid,
        (PriceSource.BidAsk, Side.Short) => _ask,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}
