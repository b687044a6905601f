using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

public enum BridgeStatus { Accepted, PartiallyFilled, Filled, Cancelled, Rejected }

/// <summary>What the trader's program says about one order. Null: not told.</summary>
public sealed record BridgeReport
{
    /// <summary>Reason of a rejection that says: never placed, and too late to be placed.</summary>
    public const string Expired = "expired";

    public required ClientOrderId OrderId { get; init; }
    public required BridgeStatus Status { get; init; }

    /// <summary>Over the order's life.</summary>
    public Volume? FilledVolume { get; init; }

    /// <summary>Of this trade.</summary>
    public Volume? TradeVolume { get; init; }
    public Price? Price { get; init; }
    public string? TradeId { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? Timestamp { get; init; }

    public bool SaysNeverPlaced => Status == BridgeStatus.Rejected && string.Equals(Reason, Expired, StringComparison.OrdinalIgnoreCase);

    /// <summary>The report in the venue's words on <paramref name="order"/> as we know it now.</summary>
    /// <param name="order">The order it is about.</param>
    /// <param name="now">The account's clock.</param>
    /// <param name="isTimeBelieved">False: <see cref="Timestamp"/> counts as not told.</param>
    public OrderReport On(Order order, DateTimeOffset now, bool isTimeBelieved = true) => new()
    {
        OrderId = order.Id,
        Status = StatusOf(),
        Fill = FillOf(order, now, isTimeBelieved ? Timestamp : null),
        FilledVolume = FilledVolume ?? (Status == BridgeStatus.Filled ? order.Volume : null),
        VenueOrderId = SaysNeverPlaced ? null : $"BRIDGE-{order.Id}",
        Reason = SaysNeverPlaced ? null : Reason,
        OccurredAt = (isTimeBelieved ? Timestamp : null) ?? now,
    };

    private ReportStatus StatusOf() => Status switch
    {
        BridgeStatus.Accepted => ReportStatus.Accepted,
        BridgeStatus.PartiallyFilled => ReportStatus.PartiallyFilled,
        BridgeStatus.Filled => ReportStatus.Filled,
        BridgeStatus.Cancelled => ReportStatus.Cancelled,
        BridgeStatus.Rejected => SaysNeverPlaced ? ReportStatus.Absent : ReportStatus.Rejected,
    };

    private Fill? FillOf(Order order, DateTimeOffset now, DateTimeOffset? at)
    {
        var total = FilledVolume ?? (Status == BridgeStatus.Filled ? order.Volume : null);
        var volume = TradeVolume ?? (total > order.FilledVolume ? total.Value - order.FilledVolume : Volume.Zero);
        if (volume.IsZero || Price is not { Value: > 0 } price) return null;
        // Without the venue's own id a repeat cannot be told from a new trade once the order is full.
        if (TradeId is null && order.FilledVolume + volume > order.Volume) return null;
        return new()
        {
            TradeId = TradeId ?? MadeUpId(order, total, volume, price),
            AccountId = order.AccountId,
            Symbol = order.Symbol,
            TradingDay = order.TradingDay,
            Side = order.Side,
            Offset = order.Offset,
            Price = price,
            Volume = volume,
            OccurredAt = at ?? now,
            // A report without a trade of its own sums up: its time is that of the telling.
            NotBefore = TradeId is null || at is null ? order.CreatedAt : null,
            OrderId = order.Id,
        };
    }

    /// <summary>The same report always gives the same id: by the volume it reaches, else by all that it says.</summary>
    private string MadeUpId(Order order, Volume? total, Volume volume, Price price) => total is { } reached
        ? $"{order.Id}-{reached}"
        : string.Create(CultureInfo.InvariantCulture, $"{order.Id}-{Timestamp?.ToUnixTimeMilliseconds()}-{price}-{volume}");
}
