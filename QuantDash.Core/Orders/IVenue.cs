namespace QuantDash.Core.Orders;

public enum ReportStatus { Accepted, PartiallyFilled, Filled, Cancelled, Rejected }

/// <summary>What a venue says about one of our orders. Repeating a report changes nothing.</summary>
public sealed record OrderReport
{
    public required ClientOrderId OrderId { get; init; }
    public required ReportStatus Status { get; init; }

    /// <summary>The trade this report tells of; null for a report without one.</summary>
    public Fill? Fill { get; init; }
    public string? VenueOrderId { get; init; }

    /// <summary>The venue's own words.</summary>
    public string? Reason { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>The answer to "what do you know of this id?".</summary>
public abstract record OrderLookup
{
    /// <summary>The venue never saw the id: the order provably does not exist.</summary>
    public sealed record Absent : OrderLookup;

    /// <summary>The venue's state of the order.</summary>
    public sealed record Known(IReadOnlyList<OrderReport> Reports) : OrderLookup;

    /// <summary>No answer: stay <see cref="OrderState.Unknown"/> and ask again.</summary>
    public sealed record NoAnswer(string Why) : OrderLookup;
}

/// <summary>A place where orders of one account go. Outcomes come back as <see cref="OrderReport"/>s, never as return values:
/// an adapter that loses its link simply does not report.</summary>
public interface IVenue
{
    /// <summary>Whether an order handed over now would be sent.</summary>
    bool IsLinkUp { get; }

    void Place(Order order);
    void Cancel(Order order);
    void Query(Order order);
}
