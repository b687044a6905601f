using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Orders;

/// <summary>Orders and trades as CSV: every one that the filters want, not a page of them.</summary>
internal static class OrderCsv
{
    private static readonly string[] OrderColumns =
    [
        "id", "account_id", "symbol", "side", "offset", "type", "time_in_force", "price", "volume", "filled_volume", "average_price", "status", "action", "owner", "trigger_id", "rule_id", "lock_id",
        "held_order_id", "trading_day", "reason", "venue_order_id", "replay", "created_at", "updated_at",
    ];

    private static readonly string[] TradeColumns =
    [
        "trade_id", "order_id", "account_id", "symbol", "side", "offset", "volume", "price", "commission", "realised_pnl", "close_pnl", "action", "owner", "trigger_id", "rule_id", "lock_id",
        "held_order_id", "trading_day", "trade_time",
    ];

    public static void MapOrderCsv(this IEndpointRouteBuilder orders)
    {
        orders.MapGet("orders.csv", OrdersAsync).WithSummary($"Orders as CSV, newest first ({OrderQuery.Names})");
        orders.MapGet("trades.csv", TradesAsync).WithSummary($"Trades as CSV, newest first ({OrderQuery.Names})");
    }

    private static async Task<IResult> OrdersAsync(HttpContext context, OrderQuery query, IOrderHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        return fields.Problems.Count > 0 ? ProblemAnswer.Of(fields.Problems) : CsvAnswer.Of("orders.csv", OrderColumns, page => history.OrdersWithOriginAsync(filter, page, stop), Cells);
    }

    private static async Task<IResult> TradesAsync(HttpContext context, OrderQuery query, IOrderHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        return fields.Problems.Count > 0 ? ProblemAnswer.Of(fields.Problems) : CsvAnswer.Of("trades.csv", TradeColumns, page => history.TradesWithOriginAsync(filter, page, stop), Cells);
    }

    private static object?[] Cells(ListedOrder line)
    {
        var (o, origin) = (line.Order, line.Origin);
        return
        [
            o.Id.Value, o.AccountId.Value, o.Symbol.ToString(), WireNames<OrderSide>.Of(o.Side), WireNames<Offset>.Of(o.Offset), WireNames<OrderType>.Of(o.Type), WireNames<TimeInForce>.Of(o.TimeInForce),
            o.LimitPrice?.Value, o.Volume.Value, o.FilledVolume.Value, o.AverageFillPrice?.Value, WireNames<OrderState>.Of(o.State), WireNames<OrderPurpose>.Of(o.Purpose),
            origin is null ? null : WireNames<OrderOwner>.Of(origin.Owner), o.TriggerId, origin?.RuleId, origin?.LockId, origin?.HeldOrderId, Day(o.TradingDay), o.Reason, o.VenueOrderId, o.Replay,
            o.CreatedAt, o.UpdatedAt,
        ];
    }

    private static object?[] Cells(ListedTrade line)
    {
        var (f, done, origin) = (line.Trade.Fill, line.Trade.Accounting, line.Origin);
        return
        [
            f.TradeId, f.OrderId?.Value, f.AccountId.Value, f.Symbol.ToString(), WireNames<OrderSide>.Of(f.Side), WireNames<Offset>.Of(f.Offset), f.Volume.Value, f.Price.Value, done.Fee, done.RealisedPnl,
            done.ClosePnl, origin is null ? null : WireNames<OrderPurpose>.Of(origin.Purpose), WireNames<OrderOwner>.Of(line.Owner), origin?.TriggerId, origin?.RuleId, origin?.LockId,
            origin?.HeldOrderId, Day(f.TradingDay), f.OccurredAt,
        ];
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
