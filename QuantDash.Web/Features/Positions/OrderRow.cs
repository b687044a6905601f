using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>An order that is not final, ready to draw.</summary>
public sealed record OrderRow
{
    public required ClientOrderId Id { get; init; }
    public required string Symbol { get; init; }
    public required int Places { get; init; }
    public required OrderSide Side { get; init; }
    public required Offset Offset { get; init; }
    public decimal? LimitPrice { get; init; }
    public TimeInForce TimeInForce { get; init; }
    public required decimal Volume { get; init; }
    public required decimal Filled { get; init; }
    public required OrderState State { get; init; }
    public string? Reason { get; init; }
    public required bool OfTrigger { get; init; }
    public required AccountId Account { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Another price can be given to it.</summary>
    public required bool CanChange { get; init; }
    public decimal Remaining => Math.Max(0, Volume - Filled);

    public Tone Tone => State switch
    {
        OrderState.Unknown => Tone.Danger,
        OrderState.Accepted or OrderState.PartiallyFilled => Tone.Good,
        _ => Tone.Info,
    };

    public static IReadOnlyList<OrderRow> List(EngineSnapshot snapshot, AccountId account, IReadOnlyList<OrderRow> previous) =>
        RowReuse.Keep(previous, snapshot.Orders.Where(o => o.AccountId == account).Select(o => From(o, snapshot)), r => r.Id);

    public static OrderRow From(Order order, EngineSnapshot snapshot) => new()
    {
        Id = order.Id, Symbol = order.Symbol.ToString(), Places = snapshot.ContractOf(order.Symbol)?.Places() ?? 2, Side = order.Side, Offset = order.Offset,
        LimitPrice = order.LimitPrice?.Value, TimeInForce = order.TimeInForce, Volume = order.Volume.Value, Filled = order.FilledVolume.Value, State = order.State, Reason = order.Reason,
        OfTrigger = order.TriggerId is not null, Account = order.AccountId, At = order.CreatedAt,
        CanChange = order is { TriggerId: null, Type: OrderType.Limit, TimeInForce: TimeInForce.Day, Purpose: not OrderPurpose.Unlock, State: not (OrderState.Cancelling or OrderState.Unknown) },
    };
}
