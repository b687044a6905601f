using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Orders;

/// <summary>Every order there was.</summary>
public sealed partial class OrdersPanel
{
    private OrderState? _state;

    protected override Task<Page<Order>> ReadAsync(OrderFilter filter, PageRequest page) => History.OrdersAsync(filter with { State = _state }, page);

    private int PlacesOf(Order order) => Snapshot.ContractOf(order.Symbol)?.Places() ?? 2;

    private static Tone ToneOf(Order order) => order.State switch
    {
        OrderState.Unknown => Tone.Danger,
        OrderState.Rejected => Tone.Warn,
        OrderState.Filled or OrderState.Accepted or OrderState.PartiallyFilled => Tone.Good,
        OrderState.Cancelled => Tone.Weak,
        _ => Tone.Info,
    };
}
