using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Lots that position snapshots added to a leg, or took from it, which no trade has explained yet: the trade that is told later takes them back instead of being
/// counted twice. Outlives the process, since the trade may come after a restart.</summary>
/// <param name="Added">Added to the leg; else taken from it.</param>
/// <param name="TakenAt">When the latest of these snapshots was taken, on the account's clock.</param>
/// <param name="Volume">In lots, never negative; zero: all is explained.</param>
public sealed record UnexplainedVolume(AccountId AccountId, Symbol Symbol, Side Side, bool Added, DateTimeOffset TakenAt, Volume Volume)
{
    /// <summary>Which lots; together at most <see cref="Volume"/>, less where an older version of ours wrote it down.</summary>
    public IReadOnlyList<UnexplainedLot> Lots { get; init; } = [];

    /// <summary>All of the volume as lots, of which some may not be known.</summary>
    internal IReadOnlyList<UnexplainedLot> AllLots()
    {
        var unknown = Volume.Minus(new(Lots.Sum(lot => lot.Volume.Value)));
        return unknown.IsZero ? Lots : [new() { LotId = Guid.Empty, TakenAt = TakenAt, Volume = unknown }, .. Lots];
    }
}

/// <summary>One lot that a snapshot added, or the share of one that it took.</summary>
public sealed record UnexplainedLot
{
    /// <summary>Empty: not known.</summary>
    public required Guid LotId { get; init; }

    /// <summary>When the snapshot was taken, on the account's clock: a trade after that was not in it.</summary>
    public required DateTimeOffset TakenAt { get; init; }
    public required Volume Volume { get; init; }

    /// <summary>Of a share that was taken: as it was before; null of one that was added.</summary>
    public DateOnly? OpenedOn { get; init; }

    /// <inheritdoc cref="OpenedOn"/>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Of a share that was taken; of an added lot that is closed by now: what it counted as opened at. Null: unknown.</summary>
    public Price? OpenPrice { get; init; }

    /// <inheritdoc cref="Positions.Lot.MarkBasis"/>
    public Price? MarkBasis { get; init; }

    /// <inheritdoc cref="Positions.Lot.FeeTodayUsed"/>
    public Volume FeeTodayUsed { get; init; }

    /// <summary>The lock that it belonged to and whose own unlock explains that it is gone; null: free, or the lock is broken.</summary>
    public Guid? LockId { get; init; }

    /// <summary>Of an added lot: the price at which a trade has closed it since; null: it was not closed.</summary>
    public Price? ClosedAt { get; init; }
}
