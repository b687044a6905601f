namespace QuantDash.Core.Locking;

/// <summary>Fixed levels of one direction on one price, nearest first. Works on keys that are reached when <c>price ≥ key</c>; the falling direction is the
/// same thing mirrored (negated prices and levels). A price that reaches nothing costs one comparison.</summary>
internal sealed class LevelLadder
{
    private PriorityQueue<LadderEntry, long> _entries = new();
    private int _removed;

    /// <summary>The key reached first; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Nearest { get; private set; } = long.MaxValue;

    public void Add(LadderEntry entry)
    {
        entry.Present = true;
        _entries.Enqueue(entry, entry.Key);
        if (entry.Key < Nearest) Nearest = entry.Key;
    }

    public void Remove(LadderEntry entry)
    {
        if (!entry.Present) return;
        entry.Present = false;
        _removed++;
        if (_removed > 32 && _removed > _entries.Count / 2) Compact();
        if (entry.Key == Nearest) FindNearest();
    }

    /// <summary>Takes every entry whose key is at or below <paramref name="price"/> out of the ladder.</summary>
    public void TakeReached(long price, List<LadderEntry> reached)
    {
        while (Nearest <= price)
        {
            var entry = _entries.Dequeue();
            entry.Present = false;
            reached.Add(entry);
            FindNearest();
        }
    }

    private void FindNearest()
    {
        while (_entries.TryPeek(out var top, out _) && !top.Present)
        {
            _entries.Dequeue();
            _removed--;
        }
        Nearest = _entries.TryPeek(out _, out var key) ? key : long.MaxValue;
    }

    private void Compact()
    {
        _entries = new(_entries.UnorderedItems.Where(item => item.Element.Present).Select(item => (item.Element, item.Priority)));
        _removed = 0;
    }
}

/// <summary>What an entry of a ladder does when it is reached.</summary>
internal enum LadderRole
{
    /// <summary>The condition holds.</summary>
    Fire,

    /// <summary>A trailing condition wakes up.</summary>
    Activate,

    /// <summary>A condition that had to be false once is false now.</summary>
    Rearm,

    /// <summary>A trailing condition that had to be false once is false now, and wakes up.</summary>
    RearmTrailing,

    /// <summary>A trailing condition holds at the level it had reached before its distance grew.</summary>
    Floor,
}

/// <summary>One level of one rule. Used once: taken or removed, it is not added again.</summary>
internal sealed class LadderEntry(BoardSlot slot, ConditionKind kind, LadderRole role, long key)
{
    public BoardSlot Slot { get; } = slot;
    public ConditionKind Kind { get; } = kind;
    public LadderRole Role { get; } = role;

    /// <summary>Level, mirrored for the falling direction.</summary>
    public long Key { get; } = key;

    public bool Present { get; set; }
}
