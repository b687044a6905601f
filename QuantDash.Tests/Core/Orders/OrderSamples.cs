using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Orders;

/// <summary>Orders, fills and reports to start from.</summary>
internal static class OrderSamples
{
    public static Order Order(
        Symbol symbol, OrderSide side = OrderSide.Buy, Offset offset = Offset.Open, decimal volume = 3, decimal? limit = 5400,
        OrderState state = OrderState.Submitting, int child = 1) => new()
    {
        Id = ClientOrderId.For(Account.Id, Day, new Guid("aaaaaaaa-0000-0000-0000-000000000001"), child),
        AccountId = Account.Id,
        Symbol = symbol,
        Side = side,
        Offset = offset,
        Type = limit is null ? OrderType.Market : OrderType.Limit,
        LimitPrice = limit is { } price ? new Price(price) : null,
        Volume = new(volume),
        State = state,
        Purpose = offset == Offset.Open ? OrderPurpose.Open : OrderPurpose.Close,
        OriginId = new Guid("aaaaaaaa-0000-0000-0000-000000000001"),
        Child = child,
        TradingDay = Day,
        CreatedAt = Morning,
        UpdatedAt = Morning,
    };

    public static Fill Fill(Order order, string tradeId, decimal volume, decimal price) => new()
    {
        TradeId = tradeId,
        AccountId = order.AccountId,
        Symbol = order.Symbol,
        TradingDay = order.TradingDay,
        Side = order.Side,
        Offset = order.Offset,
        Price = new(price),
        Volume = new(volume),
        OccurredAt = Morning,
        OrderId = order.Id,
    };

    public static OrderReport Report(Order order, ReportStatus status, Fill? fill = null, string? reason = null) => new()
    {
        OrderId = order.Id,
        Status = status,
        Fill = fill,
        VenueOrderId = status == ReportStatus.Absent ? null : "V1",
        Reason = reason,
        OccurredAt = Morning,
    };

    /// <summary>Applies reports as the engine does: a trade counts once.</summary>
    public static Order Apply(this Order order, params IEnumerable<OrderReport> reports)
    {
        var seen = new HashSet<FillKey>();
        foreach (var report in reports) order = OrderTransitions.Apply(order, report, report.Fill is { } fill && seen.Add(fill.Key), Morning.AddSeconds(1));
        return order;
    }
}
