using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Orders;

/// <summary>Every order there was.</summary>
public sealed partial class OrdersPanel
{
    protected override string Path => "/orders";

    protected override object KeyOf(ListedOrder line) => line.Order.Id;

    protected override ClientOrderId? Unfinished(ListedOrder line) => line.Order.IsFinal ? null : line.Order.Id;

    protected override Task<Page<ListedOrder>> ReadAsync(OrderFilter filter, PageRequest page) => History.OrdersWithOriginAsync(filter, page);

    private static Tone ToneOf(Order order) => order.State switch
    {
        OrderState.Unknown => Tone.Danger,
        OrderState.Rejected => Tone.Warn,
        OrderState.Filled or OrderState.Accepted or OrderState.PartiallyFilled => Tone.Good,
        OrderState.Cancelled => Tone.Weak,
        _ => Tone.Info,
    };
}
