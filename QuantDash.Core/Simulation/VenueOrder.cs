using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Simulation;

/// <summary>An order as the simulated venue keeps it: its own state, and every report it made on it.</summary>
internal sealed class VenueOrder(Order order)
{
    public Order Order { get; } = order;
    public Volume Filled { get; set; } = order.FilledVolume;
    public Volume Remaining => Order.Volume.Minus(Filled);

    /// <summary>The price it must not be worse than, in ticks; null for a market order.</summary>
    public long? LimitTicks { get; init; }
    public List<OrderReport> Reports { get; } = [];
    public bool IsWorking => Reports.Count == 0 || Reports[^1].Status is ReportStatus.Accepted or ReportStatus.PartiallyFilled;

    public bool Accepts(long price) => LimitTicks is not { } limit || (Order.Side == OrderSide.Buy ? price <= limit : price >= limit);

    /// <summary>Whether both would trade with each other on one book.</summary>
    public bool Crosses(VenueOrder other) =>
        Order.Symbol == other.Order.Symbol && Order.Side != other.Order.Side
        && (LimitTicks is not { } mine || other.LimitTicks is not { } theirs || (Order.Side == OrderSide.Buy ? mine >= theirs : mine <= theirs));
}
