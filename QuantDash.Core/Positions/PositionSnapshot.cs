using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>What a venue (or a program beside it) says the account holds (<c>POST /api/position_snapshots</c>).</summary>
public sealed record PositionSnapshot
{
    public required AccountId AccountId { get; init; }

    /// <summary>When it was taken, on the account's clock; a snapshot older than our last fill of a contract changes nothing there.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The start of ours that asked for it (<c>IBridgeLink.Epoch</c>); null: nobody asked. Ours of a bridge account opens its gate.</summary>
    public string? Epoch { get; init; }

    /// <summary>Whether what is left out is flat; otherwise it is unconfirmed until a second full snapshot agrees.</summary>
    public bool Complete { get; init; }
    public required IReadOnlyList<SnapshotPosition> Positions { get; init; }

    /// <summary>Contracts it tells lots of that are none of ours, in its own spelling. One of them may be a leg that it seems to leave out: with any, nothing that is left out is flat.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];
}

/// <summary>One contract of a snapshot. Null: not told, ours is kept (an average price: unknown for what is new).</summary>
public sealed record SnapshotPosition
{
    public required Symbol Symbol { get; init; }
    public Volume? LongVolume { get; init; }
    public Volume? LongToday { get; init; }
    public Price? LongAveragePrice { get; init; }
    public Volume? ShortVolume { get; init; }
    public Volume? ShortToday { get; init; }
    public Price? ShortAveragePrice { get; init; }

    /// <summary>It tells of no lot: told of a contract that nobody knows, that is nothing.</summary>
    public bool IsFlat => (LongVolume ?? ShortVolume) is not null && (LongVolume ?? Volume.Zero).IsZero && (ShortVolume ?? Volume.Zero).IsZero;
}

public enum SnapshotAction { Unchanged, Adopted, OlderThanLastFill, Unconfirmed, Flattened }

/// <summary>What a snapshot meant for one leg.</summary>
public sealed record SnapshotDifference(Symbol Symbol, Side Side, Volume Ours, Volume Theirs, SnapshotAction Action)
{
    /// <summary>Of <see cref="Ours"/> what was opened today.</summary>
    public Volume OursToday { get; init; }

    /// <summary>Null: not told.</summary>
    public Volume? TheirsToday { get; init; }
    public Price? OursPrice { get; init; }

    /// <summary>Null: not told.</summary>
    public Price? TheirsPrice { get; init; }
}

/// <summary>The answer to a snapshot.</summary>
public sealed record SnapshotResult(IReadOnlyList<SnapshotDifference> Differences)
{
    /// <inheritdoc cref="PositionSnapshot.Ignored"/>
    public IReadOnlyList<string> Ignored { get; init; } = [];
}
