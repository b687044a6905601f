using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>orders</c>.</summary>
internal sealed class OrderRow
{
    /// <summary>Our client order id.</summary>
    public required string Id { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }

    /// <summary>buy or sell.</summary>
    public required string Direction { get; set; }
    public required string Offset { get; set; }
    public required string Type { get; set; }
    public decimal? Price { get; set; }

    /// <summary>day, fak or fok.</summary>
    public required string TimeInForce { get; set; }
    public decimal Volume { get; set; }
    public decimal FilledVolume { get; set; }
    public decimal? AveragePrice { get; set; }
    public required string Status { get; set; }
    public required string Purpose { get; set; }
    public Guid OriginId { get; set; }
    public Guid? TriggerId { get; set; }
    public Guid? StrategyId { get; set; }
    public int Child { get; set; }
    public DateOnly TradingDay { get; set; }
    public string? Reason { get; set; }
    public string? VenueOrderId { get; set; }
    public bool Replay { get; set; }

    /// <summary>What follows when it is cancelled (<see cref="Core.Orders.PendingChange"/>); null: nothing.</summary>
    public decimal? PendingPrice { get; set; }

    /// <summary>Null with a <see cref="PendingPrice"/>: all that it leaves.</summary>
    public decimal? PendingVolume { get; set; }
    public DateOnly? PendingDay { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static OrderRow From(Order order) => new()
    {
        Id = order.Id.Value,
        AccountId = order.AccountId.Value,
        Symbol = order.Symbol.ToString(),
        Direction = EnumText<OrderSide>.Of(order.Side),
        Offset = EnumText<Offset>.Of(order.Offset),
        Type = EnumText<OrderType>.Of(order.Type),
        Price = order.LimitPrice?.Value,
        TimeInForce = EnumText<TimeInForce>.Of(order.TimeInForce),
        Volume = order.Volume.Value,
        FilledVolume = order.FilledVolume.Value,
        AveragePrice = order.AverageFillPrice?.Value,
        Status = EnumText<OrderState>.Of(order.State),
        Purpose = EnumText<OrderPurpose>.Of(order.Purpose),
        OriginId = order.OriginId,
        TriggerId = order.TriggerId,
        StrategyId = order.StrategyId,
        Child = order.Child,
        TradingDay = order.TradingDay,
        Reason = order.Reason,
        VenueOrderId = order.VenueOrderId,
        Replay = order.Replay,
        PendingPrice = order.PendingChange?.Price.Value,
        PendingVolume = order.PendingChange?.Most?.Value,
        PendingDay = order.PendingChange?.AskedOn,
        CreatedAt = order.CreatedAt,
        UpdatedAt = order.UpdatedAt,
    };

    public Order ToOrder() => new()
    {
        Id = new(Id),
        AccountId = new(AccountId),
        Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
        Side = EnumText<OrderSide>.Parse(Direction),
        Offset = EnumText<Offset>.Parse(Offset),
        Type = EnumText<OrderType>.Parse(Type),
        LimitPrice = Price is { } price ? new(price) : null,
        TimeInForce = EnumText<TimeInForce>.Parse(TimeInForce),
        Volume = new(Volume),
        FilledVolume = new(FilledVolume),
        AverageFillPrice = AveragePrice is { } average ? new(average) : null,
        State = EnumText<OrderState>.Parse(Status),
        Purpose = EnumText<OrderPurpose>.Parse(Purpose),
        OriginId = OriginId,
        TriggerId = TriggerId,
        StrategyId = StrategyId,
        Child = Child,
        TradingDay = TradingDay,
        Reason = Reason,
        VenueOrderId = VenueOrderId,
        Replay = Replay,
        PendingChange = PendingPrice is { } next && PendingDay is { } day ? new(new(next), PendingVolume is { } most ? new(most) : null, day) : null,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
