namespace QuantDash.Core.Locking;

/// <summary>Trailing conditions with the same best price; the one with the shortest distance fires first.</summary>
internal sealed class TrailingGroup
{
    private PriorityQueue<TrailingEntry, long> _byTicks = new();
    private PriorityQueue<TrailingEntry, decimal> _byRatio = new();
    private int _removed;

    public long Best { get; private set; }

    /// <summary>The highest level of this group: it is reached first.</summary>
    public long Level { get; private set; } = long.MinValue;

    /// <summary>The highest level of this group and of all with a higher best.</summary>
    public long HighestLevel { get; set; } = long.MinValue;

    public bool IsEmpty => _byTicks.Count == 0 && _byRatio.Count == 0;

    private int Count => _byTicks.Count + _byRatio.Count;

    /// <summary>The smaller group moves into the larger one, so that merging stays cheap however often it happens.</summary>
    public static TrailingGroup Merge(TrailingGroup left, TrailingGroup right)
    {
        var (small, large) = left.Count <= right.Count ? (left, right) : (right, left);
        foreach (var (entry, _) in small._byTicks.UnorderedItems) large.Add(entry);
        foreach (var (entry, _) in small._byRatio.UnorderedItems) large.Add(entry);
        return large;
    }

    public void Add(TrailingEntry entry)
    {
        if (!entry.Present) return;
        entry.Group = this;
        if (entry.Trailing.DistanceTicks is { } ticks) _byTicks.Enqueue(entry, ticks);
        else _byRatio.Enqueue(entry, entry.Trailing.DistanceRatio ?? throw new InvalidOperationException("A trailing condition has a distance."));
    }

    public void MoveTo(long best)
    {
        Best = best;
        SetLevel();
    }

    /// <summary>The level of one entry at this group's best.</summary>
    public long LevelOf(TrailingEntry entry) => LevelFor(entry.Trailing, Best);

    /// <summary>Best − distance; a ratio of the best is rounded away from it, so that the level is never nearer than asked for.</summary>
    public static long LevelFor(BoardTrailing trailing, long best) =>
        best - (trailing.DistanceTicks ?? (long)decimal.Ceiling(Math.Abs(best) * trailing.DistanceRatio.GetValueOrDefault()));

    public void TakeReached(long price, List<TrailingEntry> reached)
    {
        Take(_byTicks, price, reached);
        Take(_byRatio, price, reached);
        SetLevel();
    }

    /// <summary>Forgets entries that were removed from outside; amortised, so that removing one of many stays cheap.</summary>
    public void DropRemoved()
    {
        if (_removed == 0) return;
        var rebuild = _removed > 32 && _removed > Count / 2;
        Drop(ref _byTicks, rebuild);
        Drop(ref _byRatio, rebuild);
        if (rebuild) _removed = 0;
        SetLevel();
    }

    public void OnRemoved() => _removed++;

    private void Take<TDistance>(PriorityQueue<TrailingEntry, TDistance> queue, long price, List<TrailingEntry> reached)
    {
        while (queue.TryPeek(out var entry, out _) && (!entry.Present || LevelOf(entry) >= price))
        {
            queue.Dequeue();
            if (!entry.Present)
            {
                _removed--;
                continue;
            }
            entry.Present = false;
            reached.Add(entry);
        }
    }

    private void Drop<TDistance>(ref PriorityQueue<TrailingEntry, TDistance> queue, bool rebuild)
    {
        if (rebuild) queue = new(queue.UnorderedItems.Where(item => item.Element.Present).Select(item => (item.Element, item.Priority)));
        while (queue.TryPeek(out var entry, out _) && !entry.Present)
        {
            queue.Dequeue();
            _removed--;
        }
    }

    private void SetLevel()
    {
        var level = _byTicks.TryPeek(out var nearest, out _) ? LevelOf(nearest) : long.MinValue;
        Level = _byRatio.TryPeek(out nearest, out _) ? Math.Max(level, LevelOf(nearest)) : level;
    }
}

/// <summary>The trailing condition of one rule on the board. Used once: taken or removed, it is not added again.</summary>
internal sealed class TrailingEntry(BoardSlot slot, BoardTrailing trailing)
{
    public BoardSlot Slot { get; } = slot;
    public BoardTrailing Trailing { get; } = trailing;

    /// <summary>Null until the first price.</summary>
    public TrailingGroup? Group { get; set; }
    public bool Present { get; set; }
}
