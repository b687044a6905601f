using QuantDash.Core.Markets;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>watch_lists</c>: one row a person.</summary>
internal sealed class WatchListRow
{
    public required string Person { get; set; }

    /// <summary>In the person's order, blanks between them.</summary>
    public required string Entries { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public IReadOnlyList<WatchEntry> ToEntries() => [.. Entries.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WatchEntry.Read).OfType<WatchEntry>()];
}
