using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

public enum ReportStatus
{
    Accepted,
    PartiallyFilled,
    Filled,
    Cancelled,
    Rejected,

    /// <summary>The answer to a query or a cancel: the venue never saw the id, the order provably does not exist.</summary>
    Absent,

    /// <summary>The venue has not answered within its time: what became of the order is unknown.</summary>
    Unanswered,
}

/// <summary>What a venue says about one of our orders. Repeating a report changes nothing.</summary>
public sealed record OrderReport
{
    public required ClientOrderId OrderId { get; init; }
    public required ReportStatus Status { get; init; }

    /// <summary>The trade this report tells of; null for a report without one.</summary>
    public Fill? Fill { get; init; }

    /// <summary>Filled volume over the order's life as the venue counts it; null: not told. An end that comes before all of these trades waits for them.</summary>
    public Volume? FilledVolume { get; init; }
    public string? VenueOrderId { get; init; }

    /// <summary>The venue's own words.</summary>
    public string? Reason { get; init; }

    /// <summary>A person told it, not the venue.</summary>
    public bool ByHand { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>A place where orders of one account go. Outcomes come back as <see cref="OrderReport"/>s, never as return values:
/// an adapter that loses its link simply does not report.</summary>
public interface IVenue
{
    /// <summary>Whether an order handed over now would be sent.</summary>
    bool IsLinkUp { get; }

    void Place(Order order);
    void Cancel(Order order);

    /// <summary>Asks what the venue knows of the id: every report on it comes again, or <see cref="ReportStatus.Absent"/>. No answer: ask again, stay unknown.</summary>
    void Query(Order order);
}

/// <summary>A venue whose books can be read at once.</summary>
public interface IVenueBooks
{
    /// <summary>Orders that may still be filled, with what was filled of them.</summary>
    IReadOnlyDictionary<ClientOrderId, Volume> OpenOrders { get; }
}
