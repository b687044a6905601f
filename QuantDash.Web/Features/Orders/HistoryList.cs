using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Orders;

/// <summary>A long list of which the newest part is on screen. While only its first page is, the newest are put on top as they come; once older ones were asked for, somebody reads
/// there: lines are changed where they stand, and what is new is only counted.</summary>
public sealed class HistoryList<T>(Func<T, object> keyOf)
    where T : class
{
    /// <summary>More lines than these no browser draws while it is scrolled; what is older is found by its time.</summary>
    public const int MostLines = 1_000;

    private readonly List<T> _items = [];
    private bool _hasOlder;

    public IReadOnlyList<T> Items => _items;
    public string? Next { get; private set; }

    /// <summary>Lines that came since, newer than the first one shown.</summary>
    public int New { get; private set; }

    /// <summary>There are older ones, and no room for them here.</summary>
    public bool IsFull => Next is not null && _items.Count >= MostLines;

    /// <summary>From the newest on.</summary>
    public void Begin(Page<T> newest)
    {
        _items.Clear();
        _items.AddRange(newest.Items);
        (Next, New, _hasOlder) = (newest.NextCursor, 0, false);
    }

    public void Add(Page<T> older)
    {
        _items.AddRange(older.Items);
        (Next, _hasOlder) = (older.NextCursor, true);
    }

    /// <summary>The newest page, read again.</summary>
    public void Refresh(Page<T> newest)
    {
        if (!_hasOlder)
        {
            Begin(newest);
            return;
        }

        var shown = _items.Select(keyOf).ToHashSet();
        var now = newest.Items.ToDictionary(keyOf);
        New = newest.Items.TakeWhile(item => !shown.Contains(keyOf(item))).Count();
        // Where both overlap, what the page has no more is not wanted any more.
        var last = _items.FindLastIndex(item => now.ContainsKey(keyOf(item)));
        for (var i = last; i >= 0; i--)
        {
            if (now.TryGetValue(keyOf(_items[i]), out var changed)) _items[i] = changed;
            else _items.RemoveAt(i);
        }
    }

    /// <summary>One line, read again; null: it is not wanted any more.</summary>
    public void Put(object key, T? item)
    {
        var at = _items.FindIndex(line => keyOf(line).Equals(key));
        if (at < 0) return;
        if (item is null) _items.RemoveAt(at);
        else _items[at] = item;
    }
}
