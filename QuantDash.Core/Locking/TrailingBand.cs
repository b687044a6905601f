namespace QuantDash.Core.Locking;

/// <summary>Trailing conditions of one direction on one price. Rules that share a best price share a group; a new best merges the groups it passes, so a
/// tick costs the same for 1 rule and for 100,000. Written for long legs; short legs use it with negated prices.</summary>
internal sealed class TrailingBand
{
    /// <summary>Groups by best price, highest first: the last one is passed first.</summary>
    private readonly List<TrailingGroup> _groups = [];
    private readonly List<TrailingEntry> _notStarted = [];

    /// <summary>Something happens only above this price (a new best)…</summary>
    private long _lowestBest = long.MaxValue;

    /// <summary>…or at or below this one (a firing).</summary>
    private long _nearestLevel = long.MinValue;

    public void Add(TrailingEntry entry, long? best)
    {
        entry.Present = true;
        if (best is { } known)
        {
            Join(entry, known);
            return;
        }
        _notStarted.Add(entry);
        _lowestBest = long.MinValue;
    }

    public void Remove(TrailingEntry entry)
    {
        if (!entry.Present) return;
        entry.Present = false;
        if (entry.Group is { } group) group.OnRemoved();
        else _notStarted.Remove(entry);
        Refresh();
    }

    /// <summary>Moves bests and takes out every entry whose level is reached at <paramref name="price"/>.</summary>
    public void OnPrice(long price, List<TrailingEntry> reached)
    {
        if (price > _lowestBest) Raise(price);
        if (price <= _nearestLevel) TakeReached(price, reached);
    }

    /// <summary>The distinct best prices in use, highest first.</summary>
    public IEnumerable<long> Bests => _groups.Select(group => group.Best);

    private void Raise(long price)
    {
        var group = PassedGroup(price);
        foreach (var entry in _notStarted) (group ??= new TrailingGroup()).Add(entry);
        _notStarted.Clear();
        if (group is not null) Push(group, price);
        SetBounds();
    }

    private TrailingGroup? PassedGroup(long price)
    {
        TrailingGroup? merged = null;
        while (_groups.Count > 0 && _groups[^1].Best <= price)
        {
            merged = merged is null ? _groups[^1] : TrailingGroup.Merge(merged, _groups[^1]);
            _groups.RemoveAt(_groups.Count - 1);
        }
        return merged;
    }

    private void Push(TrailingGroup group, long best)
    {
        group.MoveTo(best);
        _groups.Add(group);
        SetHighestLevel(_groups.Count - 1);
    }

    private void Join(TrailingEntry entry, long best)
    {
        var at = _groups.FindIndex(group => group.Best <= best);
        if (at < 0) at = _groups.Count;
        if (at == _groups.Count || _groups[at].Best != best) _groups.Insert(at, new TrailingGroup());
        _groups[at].Add(entry);
        _groups[at].MoveTo(best);
        for (var i = at; i < _groups.Count; i++) SetHighestLevel(i);
        SetBounds();
    }

    private void TakeReached(long price, List<TrailingEntry> reached)
    {
        foreach (var group in _groups) group.TakeReached(price, reached);
        Refresh();
    }

    private void Refresh()
    {
        foreach (var group in _groups) group.DropRemoved();
        _groups.RemoveAll(group => group.IsEmpty);
        for (var i = 0; i < _groups.Count; i++) SetHighestLevel(i);
        SetBounds();
    }

    private void SetHighestLevel(int index) =>
        _groups[index].HighestLevel = Math.Max(_groups[index].Level, index == 0 ? long.MinValue : _groups[index - 1].HighestLevel);

    private void SetBounds()
    {
        var last = _groups.Count == 0 ? null : _groups[^1];
        _nearestLevel = last?.HighestLevel ?? long.MinValue;
        _lowestBest = _notStarted.Count > 0 ? long.MinValue : last?.Best ?? long.MaxValue;
    }
}
