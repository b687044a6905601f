using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>order_reports</c>: inserted by the trader's program, either a report (<c>client_order_id</c> and <c>status</c>) or a <c>message</c> as the socket
/// carries it; marked by us.</summary>
internal sealed class OrderReportRow
{
    public long Id { get; set; }
    public Guid AccountId { get; set; }
    public string? ClientOrderId { get; set; }
    public string? Status { get; set; }

    /// <summary>Over the order's life.</summary>
    public decimal? FilledVolume { get; set; }

    /// <summary>Of this trade.</summary>
    public decimal? TradeVolume { get; set; }
    public decimal? Price { get; set; }
    public string? TradeId { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>JSON, e.g. a position snapshot; alone in its row.</summary>
    public string? Message { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Ours; null: not taken yet.</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>Ours: JSON, as HTTP would have answered a message.</summary>
    public string? Answer { get; set; }

    /// <summary>Ours: what was wrong; null: it was taken as it is.</summary>
    public string? Problem { get; set; }

    public BridgeTableReport ToReport() => new()
    {
        Id = Id,
        AccountId = new(AccountId),
        Message = Message,
        Report = Message is not null ? null : new()
        {
            OrderId = new(ClientOrderId!),
            Status = EnumText<BridgeStatus>.Parse(Status!),
            FilledVolume = FilledVolume is { } filled ? new Volume(filled) : null,
            TradeVolume = TradeVolume is { } traded ? new Volume(traded) : null,
            Price = Price is { } price ? new Price(price) : null,
            TradeId = string.IsNullOrEmpty(TradeId) ? null : TradeId,
            Reason = string.IsNullOrEmpty(Reason) ? null : Reason,
            Timestamp = Timestamp,
        },
    };
}
