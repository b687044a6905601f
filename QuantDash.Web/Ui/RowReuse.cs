namespace QuantDash.Web.Ui;

/// <summary>Keeps the row objects of the last drawing where nothing visible changed: rows are drawn again only for another object.</summary>
public static class RowReuse
{
    public static IReadOnlyList<T> Keep<T, TKey>(IReadOnlyList<T> previous, IEnumerable<T> next, Func<T, TKey> key)
        where T : class, IEquatable<T>
        where TKey : notnull
    {
        var known = new Dictionary<TKey, T>(previous.Count);
        foreach (var row in previous) known[key(row)] = row;
        return [.. next.Select(row => known.TryGetValue(key(row), out var old) && old.Equals(row) ? old : row)];
    }
}
