namespace QuantDash.Core.Primitives;

/// <summary>One page of a list, newest first. <see cref="NextCursor"/> asks for the next (older) page; null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Which page is wanted. The cursor is opaque: only what a page handed out is valid, anything else throws <see cref="FormatException"/>.</summary>
public sealed record PageRequest
{
    public const int LongestPage = 500;

    public static PageRequest First { get; } = new(null, 100);

    /// <param name="cursor">From the page before; null for the newest entries.</param>
    /// <param name="limit">1 to <see cref="LongestPage"/>.</param>
    public PageRequest(string? cursor, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LongestPage);
        Cursor = cursor;
        Limit = limit;
    }

    public string? Cursor { get; }
    public int Limit { get; }
}
