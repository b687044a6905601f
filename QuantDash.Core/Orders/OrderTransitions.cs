using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>How a venue's report moves an order (DESIGN.md 7). Fills are facts and are always counted; a state never goes back; a report that says nothing
/// new returns the same instance.</summary>
public static class OrderTransitions
{
    /// <summary>Reason of an order that was closed without ever reaching its venue: what it was for is decided again.</summary>
    public const string ExpiredUnsent = "expired_unsent";

    /// <summary>Reason of an order whose cancel nobody answered: whoever asked for it still wants it gone.</summary>
    public const string CancelUnanswered = "cancel_unanswered";

    /// <summary>A cancel that nobody answered for this long leaves the order's outcome open: it is shown and not only waited for.</summary>
    public static TimeSpan CancelPatience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Reason of an order whose end a person told: trades of it that are told later are in it already.</summary>
    public const string SettledByHand = "settled_by_hand";

    /// <param name="isNewFill">Whether <see cref="OrderReport.Fill"/> has not been counted before (<see cref="FillKey"/>).</param>
    public static Order Apply(Order order, OrderReport report, bool isNewFill, DateTimeOffset now)
    {
        var filled = isNewFill && report.Fill is { } fill ? WithFill(order, fill) : order;
        var named = filled.VenueOrderId is null && report.VenueOrderId is { } venueId ? filled with { VenueOrderId = venueId } : filled;
        var state = Next(named, report, now);
        var reason = state != order.State && state is OrderState.Cancelled or OrderState.Rejected or OrderState.Unknown ? ReasonOf(order, report) : named.Reason;
        if (state == OrderState.Unknown && order.State == OrderState.Cancelling) reason = CancelUnanswered;
        if (order.State == OrderState.Unknown && state is (OrderState.Accepted or OrderState.PartiallyFilled or OrderState.Filled)) reason = null;
        if (report.ByHand && report.Status != ReportStatus.Absent) reason = SettledByHand;
        // An order that is not being cancelled any more is not being changed any more: a cancel of later is another wish.
        var next = named with { State = state, Reason = reason, PendingChange = state == OrderState.Cancelling ? named.PendingChange : null };
        return next == order ? order : next with { UpdatedAt = now };
    }

    private static Order WithFill(Order order, Fill fill)
    {
        var before = order.AverageFillPrice is { } average ? average.Value * order.FilledVolume.Value : 0m;
        var volume = order.FilledVolume + fill.Volume;
        return order with { FilledVolume = volume, AverageFillPrice = new Price((before + (fill.Price.Value * fill.Volume.Value)) / volume.Value) };
    }

    private static OrderState Next(Order order, OrderReport report, DateTimeOffset now)
    {
        if (!order.FilledVolume.IsZero && order.FilledVolume >= order.Volume) return OrderState.Filled;
        if (order.IsFinal) return order.State;
        return report.Status switch
        {
            ReportStatus.Accepted when order.State == OrderState.Cancelling && report.Reason is not null => Working(order), // the cancel was refused
            ReportStatus.Accepted or ReportStatus.PartiallyFilled => order.State == OrderState.Cancelling ? OrderState.Cancelling : Working(order),
            // Filled before every trade of it has come: the order stays open for them.
            ReportStatus.Filled => Working(order),
            ReportStatus.Cancelled => OrderState.Cancelled,
            ReportStatus.Rejected => order.FilledVolume.IsZero ? OrderState.Rejected : OrderState.Cancelled,
            // A venue that once took the order cannot prove that it never did.
            ReportStatus.Unanswered => order.State == OrderState.Cancelling && now - order.UpdatedAt < CancelPatience ? OrderState.Cancelling : OrderState.Unknown,
            ReportStatus.Absent => order.VenueOrderId is null && order.FilledVolume.IsZero ? OrderState.Cancelled : OrderState.Unknown,
        };
    }

    /// <summary>Whether somebody asked for its end and has not been answered yet.</summary>
    public static bool IsCancelWished(Order order) => order.State == OrderState.Cancelling || order is { State: OrderState.Unknown, Reason: CancelUnanswered };

    private static OrderState Working(Order order) => order.FilledVolume.IsZero ? OrderState.Accepted : OrderState.PartiallyFilled;

    private static string? ReasonOf(Order order, OrderReport report) => report.Reason ?? report.Status switch
    {
        ReportStatus.Absent => ExpiredUnsent,
        // Nobody asked for it: what an order that never waits leaves ends by itself.
        ReportStatus.Cancelled when order.State != OrderState.Cancelling => TimesInForce.EndOf(order.TimeInForce),
        _ => null,
    };
}
