using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Whole stretches of the tape.</summary>
public static class TapeReads
{
    /// <summary>All events whose key begins so, in the tape's order: for whoever remembers by the tape what was told.</summary>
    public static async Task<IReadOnlyList<TapeEvent>> AllSinceAsync(this ITapeHistory history, string keyPrefix, DateTimeOffset since, CancellationToken stop)
    {
        var events = new List<TapeEvent>();
        string? cursor = null;
        do
        {
            var page = await history.EventsAsync(new() { KeyPrefix = keyPrefix, Since = since }, new(cursor, PageRequest.LongestPage), stop);
            events.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        events.Reverse();
        return events;
    }
}
