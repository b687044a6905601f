using System.Security.Cryptography;
using System.Text;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>trades</c>.</summary>
internal sealed class TradeRow
{
    /// <summary>Made from the <see cref="FillKey"/>: the same trade reported twice is the same row.</summary>
    public Guid Id { get; set; }
    public required string TradeId { get; set; }
    public string? OrderId { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }

    /// <summary>buy or sell.</summary>
    public required string Direction { get; set; }
    public required string Offset { get; set; }
    public decimal Volume { get; set; }
    public decimal Price { get; set; }
    public decimal Commission { get; set; }
    public decimal? RealisedPnl { get; set; }
    public decimal? ClosePnl { get; set; }
    public DateOnly TradingDay { get; set; }
    public DateTimeOffset TradeTime { get; set; }

    public static TradeRow From(Fill fill, FillAccounting accounting) => new()
    {
        Id = IdOf(fill.Key),
        TradeId = fill.TradeId,
        OrderId = fill.OrderId?.Value,
        AccountId = fill.AccountId.Value,
        Symbol = fill.Symbol.ToString(),
        Direction = EnumText<OrderSide>.Of(fill.Side),
        Offset = EnumText<Offset>.Of(fill.Offset),
        Volume = fill.Volume.Value,
        Price = fill.Price.Value,
        Commission = accounting.Fee,
        RealisedPnl = accounting.RealisedPnl,
        ClosePnl = accounting.ClosePnl,
        TradingDay = fill.TradingDay,
        TradeTime = fill.OccurredAt,
    };

    public Trade ToTrade() => new(
        new()
        {
            TradeId = TradeId,
            AccountId = new(AccountId),
            Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
            TradingDay = TradingDay,
            Side = EnumText<OrderSide>.Parse(Direction),
            Offset = EnumText<Offset>.Parse(Offset),
            Price = new(Price),
            Volume = new(Volume),
            OccurredAt = TradeTime,
            OrderId = OrderId is { } id ? new(id) : null,
        },
        new() { Fee = Commission, RealisedPnl = RealisedPnl, ClosePnl = ClosePnl });

    public static Guid IdOf(FillKey key)
    {
        var text = $"{key.AccountId}|{key.Symbol}|{key.TradingDay:yyyyMMdd}|{EnumText<OrderSide>.Of(key.Side)}|{key.TradeId}";
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
    }
}
