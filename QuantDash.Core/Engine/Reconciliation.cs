using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Why an account was compared with its venue.</summary>
public enum ReconciliationWhy
{
    /// <summary>Our start.</summary>
    Start,

    /// <summary>The link came back.</summary>
    Reconnect,

    /// <summary>It was time.</summary>
    Timer,

    /// <summary>A person, or a program, asked for it.</summary>
    Demand,

    /// <summary>The venue told by itself.</summary>
    Told,
}

/// <summary>What a difference is about.</summary>
public enum DifferenceKind
{
    /// <summary>Lots of a leg.</summary>
    Leg,

    /// <summary>Of a leg's lots, those of today.</summary>
    Today,

    /// <summary>Average open price of a leg.</summary>
    Price,

    /// <summary>An order of ours that the venue does not answer for, or does not have.</summary>
    Order,

    /// <summary>Lots the venue says were filled of an order, whose trades have not come.</summary>
    Fills,

    /// <summary>An order of the venue that is none of ours.</summary>
    Stranger,

    /// <summary>A trade made elsewhere.</summary>
    Trade,

    /// <summary>The account's funds.</summary>
    Funds,

    /// <summary>Two legs that no lock owns.</summary>
    Pair,

    /// <summary>A contract the venue holds lots of and that is none of ours.</summary>
    Contract,
}

/// <summary>One thing that is not the same at the venue and with us.</summary>
public sealed record Difference
{
    /// <summary>Names it while it lasts, e.g. <c>leg:CZCE.TA2701:long</c>.</summary>
    public required string Key { get; init; }
    public required DifferenceKind Kind { get; init; }
    public Symbol? Symbol { get; init; }
    public Side? Side { get; init; }

    /// <summary>Or whatever else names it at the venue: a trade's id, a contract's spelling.</summary>
    public string? OrderId { get; init; }

    /// <summary>Lots, a price or money; null: none, or not known.</summary>
    public decimal? Ours { get; init; }
    public decimal? Venue { get; init; }

    /// <summary>On the machine's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why it is there: <c>taken_over</c>, <c>older_than_last_fill</c>, <c>left_out</c>, <c>not_answered</c>, <c>venue_has_none</c>, <c>trades_missing</c>, <c>not_ours</c>,
    /// <c>made_elsewhere</c>, <c>differs</c>, <c>no_lock</c>, <c>unknown_contract</c>.</summary>
    public required string Why { get; init; }

    /// <summary>The venue's truth is in our books already.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>One click makes it so.</summary>
    public bool CanAdopt { get; init; }
}

/// <summary>One comparison that has ended.</summary>
/// <param name="Why">What asked for it.</param>
/// <param name="AskedAt">When the venue was asked; null: it told by itself.</param>
/// <param name="EndedAt">When its answer was compared.</param>
/// <param name="Legs">Legs that were compared.</param>
/// <param name="Orders">Working orders the venue was asked about.</param>
/// <param name="Trades">Trades it told since the comparison before.</param>
public sealed record ReconciliationRun(ReconciliationWhy Why, DateTimeOffset? AskedAt, DateTimeOffset EndedAt, int Legs, int Orders, int Trades);

/// <summary>How an account stands against its venue.</summary>
public sealed record ReconciliationView
{
    public required AccountId AccountId { get; init; }

    /// <summary>The latest; null: none since our start.</summary>
    public required ReconciliationRun? Last { get; init; }

    /// <summary>When the latest ended that is kept (<see cref="ReconciliationRecord"/>); null: none since our start.</summary>
    public DateTimeOffset? KeptAt { get; init; }

    /// <summary>Comparisons since then that found nothing else.</summary>
    public int Quiet { get; init; }

    /// <summary>One that waits for the venue's answer, and since when.</summary>
    public (ReconciliationWhy Why, DateTimeOffset At)? Waiting { get; init; }

    /// <summary>No order goes out until it has ended.</summary>
    public bool HoldsOrders { get; init; }

    /// <summary>When the venue last told its funds; null: not since our start, or it is our own.</summary>
    public DateTimeOffset? FundsAt { get; init; }

    /// <summary>When the next one is due; null: not while nobody can be asked.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What still differs, then what the latest comparison took over.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    public int Open => Differences.Count(difference => !difference.IsAdopted);
}
