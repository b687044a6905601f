using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>order_commands</c>: what the trader's program is asked to do about one order. One id is one order for ever, so it is one row.</summary>
internal sealed class OrderCommandRow
{
    public required string ClientOrderId { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>Of the latest hand-out: grows, over restarts too.</summary>
    public long Sequence { get; set; }
    public required string Epoch { get; set; }

    /// <summary>The program it was handed out to; not for any other.</summary>
    public required string Program { get; set; }
    public required string Action { get; set; }
    public required string Symbol { get; set; }

    /// <summary>buy or sell.</summary>
    public required string Side { get; set; }
    public required string Offset { get; set; }
    public required string Type { get; set; }
    public decimal? Price { get; set; }

    /// <summary>day, fak or fok.</summary>
    public required string TimeInForce { get; set; }
    public decimal Volume { get; set; }

    /// <summary>Never to be placed after this.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
    public bool Replay { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Answered, or not to be carried out any more; null: open.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public static OrderCommandRow From(BridgeCommand command, string epoch, string program, DateTimeOffset now) => new()
    {
        ClientOrderId = command.Order.Id.Value,
        AccountId = command.Order.AccountId.Value,
        Sequence = command.Sequence,
        Epoch = epoch,
        Program = program,
        Action = EnumText<BridgeAction>.Of(command.Action),
        Symbol = command.Order.Symbol.ToString(),
        Side = EnumText<OrderSide>.Of(command.Order.Side),
        Offset = EnumText<Offset>.Of(command.Order.Offset),
        Type = EnumText<OrderType>.Of(command.Order.Type),
        Price = command.Order.LimitPrice?.Value,
        TimeInForce = EnumText<TimeInForce>.Of(command.Order.TimeInForce),
        Volume = command.Order.Volume.Value,
        ExpiresAt = command.ExpiresAt,
        Replay = command.Order.Replay,
        CreatedAt = command.Order.CreatedAt,
        UpdatedAt = now,
    };
}
