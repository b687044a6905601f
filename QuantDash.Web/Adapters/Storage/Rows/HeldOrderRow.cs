using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>held_orders</c>.</summary>
internal sealed class HeldOrderRow
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }

    /// <summary>open, close or lock.</summary>
    public required string Action { get; set; }

    /// <summary>The leg that is opened, closed or locked.</summary>
    public required string Direction { get; set; }
    public decimal Volume { get; set; }
    public required string Type { get; set; }
    public decimal? Price { get; set; }
    public required string TimeInForce { get; set; }
    public required string Kind { get; set; }
    public decimal Level { get; set; }
    public required string Comparison { get; set; }
    public required string PriceSource { get; set; }
    public DateOnly? TradingDay { get; set; }
    public DateTimeOffset? ValidUntil { get; set; }
    public required string Status { get; set; }
    public int Tries { get; set; }
    public string? OrderId { get; set; }
    public decimal? SeenPrice { get; set; }
    public string? Reason { get; set; }
    public long Sequence { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static HeldOrderRow From(HeldOrder held) => new()
    {
        Id = held.Id,
        AccountId = held.Order.AccountId.Value,
        Symbol = held.Order.Symbol.ToString(),
        Action = EnumText<OrderPurpose>.Of(held.Order.Purpose),
        Direction = EnumText<Side>.Of(held.Order.Side),
        Volume = held.Order.Volume.Value,
        Type = EnumText<OrderType>.Of(held.Order.Type),
        Price = held.Order.LimitPrice?.Value,
        TimeInForce = EnumText<TimeInForce>.Of(held.Order.TimeInForce),
        Kind = EnumText<HeldKind>.Of(held.Kind),
        Level = held.Level.Value,
        Comparison = EnumText<HeldComparison>.Of(held.Comparison),
        PriceSource = EnumText<PriceSource>.Of(held.PriceSource),
        TradingDay = held.TradingDay,
        ValidUntil = held.ValidUntil,
        Status = EnumText<HeldState>.Of(held.State),
        Tries = held.Tries,
        OrderId = held.OrderId?.Value,
        SeenPrice = held.SeenPrice?.Value,
        Reason = held.Reason,
        Sequence = held.Sequence,
        CreatedAt = held.CreatedAt,
        UpdatedAt = held.UpdatedAt,
    };

    public HeldOrder ToHeldOrder() => new()
    {
        Id = Id,
        Order = new(
            new(AccountId), Core.Primitives.Symbol.ParseCanonical(Symbol), EnumText<OrderPurpose>.Parse(Action), EnumText<Side>.Parse(Direction), new(Volume), EnumText<OrderType>.Parse(Type),
            Price is { } price ? new Price(price) : null) { TimeInForce = EnumText<TimeInForce>.Parse(TimeInForce) },
        Kind = EnumText<HeldKind>.Parse(Kind),
        Level = new(Level),
        Comparison = EnumText<HeldComparison>.Parse(Comparison),
        PriceSource = EnumText<PriceSource>.Parse(PriceSource),
        TradingDay = TradingDay,
        ValidUntil = ValidUntil,
        State = EnumText<HeldState>.Parse(Status),
        Tries = Tries,
        OrderId = OrderId is { } order ? new ClientOrderId(order) : null,
        SeenPrice = SeenPrice is { } seen ? new Price(seen) : null,
        Reason = Reason,
        Sequence = Sequence,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
