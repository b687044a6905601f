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
    private readonly PriceLane _markLong = new(Side.Long);
    private readonly PriceLane _markShort = new(Side.Short);
    private readonly PriceLane[] _lanes;
    private readonly Dictionary<Guid, BoardSlot> _slots = [];
    private readonly List<HeldCondition> _held = [];

    /// <summary>Rules that were armed at a later time than the latest tick's: they see nothing before it.</summary>
    private readonly PriorityQueue<BoardSlot, DateTimeOffset> _asleep = new();
    private DateTimeOffset _nextStart = DateTimeOffset.MaxValue;
    private DateTimeOffset _time = DateTimeOffset.MinValue;
    private (long Last, long Bid, long Ask) _prices;

    /// <summary>The latest mark price, of whatever tick; 0 before the first.</summary>
    private long _mark;

    public TriggerBoard() => _lanes = [_lastLong, _lastShort, _bid, _ask, _markLong, _markShort];

    /// <summary>Rules on the board.</summary>
    public int Count => _slots.Count;

    public bool IsArmed(Guid ruleId) => _slots.ContainsKey(ruleId);

    /// <summary>Whether a condition of a rule has to be false before it can fire. A rule that is armed later than the latest tick is not known to.</summary>
    public bool AwaitsFalse(Guid ruleId) => _slots.TryGetValue(ruleId, out var slot) && (slot.AwaitsFalse || (slot.Rule.AwaitFalse && !slot.OnBoard));

    /// <summary>Rules whose conditions have all been false once since <see cref="BoardRule.AwaitFalse"/>, and takes note of it.</summary>
    public void TakeRearmed(List<Guid> rearmed)
    {
        foreach (var lane in _lanes)
        {
            if (lane.Rearmed.Count == 0) continue;
            rearmed.AddRange(lane.Rearmed);
            lane.Rearmed.Clear();
        }
    }

    /// <summary>Puts a rule on the board; one with the same id is replaced.</summary>
    public void Arm(BoardRule rule)
    {
        Disarm(rule.RuleId);
        var slot = new BoardSlot(rule, LaneFor(rule));
        _slots.Add(rule.RuleId, slot);
        if (rule.ArmedAt <= _time) Start(slot);
        else Sleep(slot);
    }

    /// <summary>Takes a rule off the board; false when it was not there.</summary>
    public bool Disarm(Guid ruleId)
    {
        if (!_slots.Remove(ruleId, out var slot)) return false;
        slot.Lane.Remove(slot);
        return true;
    }

    /// <summary>A profit level that moves while its rule is watched: everything else of the rule, and ticks that agree already, stay as they are.</summary>
    public void MoveProfit(Guid ruleId, long? level)
    {
        if (!_slots.TryGetValue(ruleId, out var slot) || slot.Rule.ProfitLevel is null || slot.Rule.ProfitLevel == level || level is not { } known) return;
        slot.Rule = slot.Rule with { ProfitLevel = known };
        slot.Lane.MoveProfit(slot, known);
    }

    /// <summary>A trailing distance that changes while its rule is watched; the level it has reached is kept. Everything else of the rule, and ticks that agree
    /// already, stay as they are.</summary>
    public void MoveTrailing(Guid ruleId, long distanceTicks, long? floor)
    {
        if (!_slots.TryGetValue(ruleId, out var slot) || slot.Rule.Trailing is not { } trailing) return;
        slot.Rule = slot.Rule with { Trailing = trailing with { DistanceTicks = distanceTicks, Floor = floor } };
        slot.Lane.MoveTrailing(slot);
    }

    /// <summary>Adds what fires on this tick to <paramref name="firings"/>, at most once a rule: stops first, then trailing, profit, price; within one
    /// condition in arming order.</summary>
    public void OnTick(in Tick tick, List<Firing> firings)
    {
        if (tick.OccurredAt >= _nextStart) StartThoseArmedBy(tick.OccurredAt);
        _time = tick.OccurredAt;
        _prices = (tick.LastTicks, tick.BidTicks, tick.AskTicks);
        if (_lastLong.Slots > 0) _lastLong.OnPrice(tick.LastTicks, _held);
        if (_lastShort.Slots > 0) _lastShort.OnPrice(tick.LastTicks, _held);
        if (_bid.Slots > 0 && tick.BidTicks > 0) _bid.OnPrice(tick.BidTicks, _held);
        if (_ask.Slots > 0 && tick.AskTicks > 0) _ask.OnPrice(tick.AskTicks, _held);
        if (tick.MarkTicks > 0) OnMark(tick.MarkTicks);
        if (_held.Count > 0) Fire(firings);
    }

    /// <summary>A mark is looked at when it comes: between two of them nothing agrees and nothing fires.</summary>
    private void OnMark(long ticks)
    {
        _mark = ticks;
        if (_markLong.Slots > 0) _markLong.OnPrice(ticks, _held);
        if (_markShort.Slots > 0) _markShort.OnPrice(ticks, _held);
    }

    /// <summary>The best price of a rule's trailing condition so far, in ticks; null while it waits for its activation or its first tick.</summary>
    public long? BestOf(Guid ruleId) => _slots.TryGetValue(ruleId, out var slot) ? slot.Lane.BestOf(slot) ?? slot.Rule.Trailing?.Best : null;

    /// <summary>The level a rule's trailing condition has reached, in ticks; null while it has no best price.</summary>
    public long? TrailingLevelOf(Guid ruleId) => _slots.TryGetValue(ruleId, out var slot) ? slot.Lane.TrailingLevelOf(slot) : null;

    /// <summary>The distance a rule's trailing condition goes by, in ticks; null: none, or a ratio.</summary>
    public long? TrailingDistanceOf(Guid ruleId) => _slots.TryGetValue(ruleId, out var slot) ? slot.Rule.Trailing?.DistanceTicks : null;

    /// <summary>Whether a rule's trailing condition is awake.</summary>
    public bool IsTrailing(Guid ruleId) =>
        _slots.TryGetValue(ruleId, out var slot) && (slot.Trailing is not null || slot.Confirming.Exists(c => c.Kind == ConditionKind.Trailing));

    /// <summary>Whether a condition of a rule holds and waits for more ticks that agree.</summary>
    public bool IsConfirming(Guid ruleId) => _slots.TryGetValue(ruleId, out var slot) && slot.Confirming.Count > 0;

    private void Start(BoardSlot slot)
    {
        var price = slot.Rule.PriceSource switch
        {
            PriceSource.Last => _prices.Last,
            PriceSource.Mark => _mark,
            _ => slot.Rule.Side == Side.Long ? _prices.Bid : _prices.Ask,
        };
        slot.Lane.Add(slot, price > 0 ? price : null);
    }

    private void Sleep(BoardSlot slot)
    {
        _asleep.Enqueue(slot, slot.Rule.ArmedAt);
        if (slot.Rule.ArmedAt < _nextStart) _nextStart = slot.Rule.ArmedAt;
    }

    private void StartThoseArmedBy(DateTimeOffset time)
    {
        while (_asleep.TryPeek(out var slot, out var armedAt) && armedAt <= time)
        {
            _asleep.Dequeue();
            if (!_slots.TryGetValue(slot.Rule.RuleId, out var current) || !ReferenceEquals(current, slot)) continue;
            Start(slot);
            if (slot.Rule.AwaitFalse && !slot.AwaitsFalse) slot.Lane.Rearmed.Add(slot.Rule.RuleId);
        }
        _nextStart = _asleep.TryPeek(out _, out var next) ? next : DateTimeOffset.MaxValue;
    }

    private void Fire(List<Firing> firings)
    {
        _held.Sort(static (left, right) => left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : left.Slot.Rule.Sequence.CompareTo(right.Slot.Rule.Sequence));
        foreach (var held in _held)
        {
            var slot = held.Slot;
            var (best, level) = held.BestTicks > 0 ? (held.BestTicks, held.LevelTicks) : (slot.Lane.BestOf(slot) ?? 0, slot.Lane.TrailingLevelOf(slot) ?? 0);
            if (!Disarm(slot.Rule.RuleId)) continue;
            firings.Add(new(slot.Rule.RuleId, held.Kind, held.PriceTicks, held.LevelTicks, best, level));
        }
        _held.Clear();
    }

    private PriceLane LaneFor(BoardRule rule) => (rule.PriceSource, rule.Side) switch
    {
        (PriceSource.Last, Side.Long) => _lastLong,
        (PriceSource.Last, Side.Short) => _lastShort,
        (PriceSource.BidAsk, Side.Long) => _bid,
        (PriceSource.BidAsk, Side.Short) => _ask,
        (PriceSource.Mark, Side.Long) => _markLong,
        (PriceSource.Mark, Side.Short) => _markShort,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}
