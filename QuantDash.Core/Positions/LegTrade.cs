using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>One trade as the books see it: what it does to one leg.</summary>
public sealed record LegTrade
{
    public required Side Side { get; init; }

    /// <summary>Adds a lot to the leg; otherwise lots are taken from it.</summary>
    public required bool Opens { get; init; }

    /// <summary>Which lots a close takes; null: the oldest first whatever their age.</summary>
    public LotAge? Takes { get; init; }
    public required Price Price { get; init; }
    public required Volume Volume { get; init; }
    /// <summary>It came to an order that waited in the book.</summary>
    public bool AsMaker { get; init; }
    public required DateOnly TradingDay { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Id of the lot it opens; the same trade always gives the same id.</summary>
    public required Guid LotId { get; init; }

    /// <summary>The order it belongs to, whose frozen funds it uses up; null when not ours.</summary>
    public string? OrderId { get; init; }
}

/// <summary>What booking a trade did.</summary>
public sealed record FillBooked
{
    public required FillAccounting Accounting { get; init; }
    public required LotChanges Lots { get; init; }

    /// <summary>The lot an opening trade made; null for a close.</summary>
    public Guid? OpenedLotId { get; init; }

    public IReadOnlyList<Lot> ChangedLots => Lots.ChangedLots;
    public IReadOnlyList<Guid> RemovedLots => Lots.RemovedLots;

    /// <summary>Locked volume the close had to take: those locks are broken by that much.</summary>
    public IReadOnlyList<LotBinding> LockedTaken => Lots.LockedTaken;
}

/// <summary>A trade closes more than the leg has to give: our books and the venue's disagree. Nothing was changed.</summary>
public sealed class LegOverfillException : InvalidOperationException
{
    public LegOverfillException(Symbol symbol, LegTrade trade, Volume available)
        : base($"{symbol} {trade.Side}: {trade.Volume} to be closed, {available} there{(trade.Takes is { } age ? $" ({age})" : "")}.")
    {
        Symbol = symbol;
        Side = trade.Side;
        Closing = trade.Volume;
        Available = available;
    }

    public Symbol Symbol { get; }
    public Side Side { get; }
    public Volume Closing { get; }

    /// <summary>What of that age, and free unless locked lots were allowed, the leg holds.</summary>
    public Volume Available { get; }
}
