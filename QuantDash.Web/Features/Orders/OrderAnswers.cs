using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Orders;

/// <summary>The columns of <c>orders</c>.</summary>
public sealed record OrderAnswer(
    string Id,
    Guid AccountId,
    string Symbol,
    OrderSide Side,
    Offset Offset,
    OrderType Type,
    decimal? Price,
    decimal Volume,
    decimal FilledVolume,
    decimal? AveragePrice,
    OrderState Status,
    OrderPurpose Action,
    Guid? TriggerId,
    DateOnly TradingDay,
    string? Reason,
    string? VenueOrderId,
    bool Replay,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static OrderAnswer Of(Order order) => new(
        order.Id.Value, order.AccountId.Value, order.Symbol.ToString(), order.Side, order.Offset, order.Type, order.LimitPrice?.Value, order.Volume.Value,
        order.FilledVolume.Value, order.AverageFillPrice?.Value, order.State, order.Purpose, order.TriggerId, order.TradingDay, order.Reason,
        order.VenueOrderId, order.Replay, order.CreatedAt, order.UpdatedAt);
}

/// <summary>The columns of <c>trades</c>.</summary>
/// <param name="RealisedPnl">平仓盈亏 against the open price; null for an opening trade.</param>
/// <param name="ClosePnl">平仓盈亏 against the previous settlement.</param>
public sealed record TradeAnswer(
    string TradeId,
    string? OrderId,
    Guid AccountId,
    string Symbol,
    OrderSide Side,
    Offset Offset,
    decimal Volume,
    decimal Price,
    decimal Commission,
    decimal? RealisedPnl,
    decimal? ClosePnl,
    DateOnly TradingDay,
    DateTimeOffset TradeTime)
{
    public static TradeAnswer Of(Trade trade) => new(
        trade.Fill.TradeId, trade.Fill.OrderId?.Value, trade.Fill.AccountId.Value, trade.Fill.Symbol.ToString(), trade.Fill.Side, trade.Fill.Offset,
        trade.Fill.Volume.Value, trade.Fill.Price.Value, trade.Accounting.Fee, trade.Accounting.RealisedPnl, trade.Accounting.ClosePnl,
        trade.Fill.TradingDay, trade.Fill.OccurredAt);
}
