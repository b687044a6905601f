using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

public enum SettledAs { Filled, Cancelled, NeverPlaced }

/// <summary>What a person found out at the counter about an order whose outcome is unknown.</summary>
/// <param name="Outcome">What became of it. Never placed: what it was for is decided again.</param>
/// <param name="FilledVolume">Over the order's life, for a cancelled one; null: what we know of.</param>
/// <param name="Price">Average of what we had not heard of; needed when there is any.</param>
public sealed record OrderSettlement(SettledAs Outcome, Volume? FilledVolume = null, Price? Price = null)
{
    /// <summary>The volume it ends with.</summary>
    public Volume TotalOf(Order order) => Outcome switch
    {
        SettledAs.Filled => order.Volume,
        SettledAs.Cancelled => FilledVolume ?? order.FilledVolume,
        SettledAs.NeverPlaced => Volume.Zero,
    };

    /// <summary>Why it cannot have been so; empty: it can.</summary>
    public IReadOnlyList<Problem> Check(Order order)
    {
        if (order.State != OrderState.Unknown) return [new("client_order_id", "order_not_unknown", order.Id.Value, order.State)];
        var total = TotalOf(order);
        if (Outcome == SettledAs.NeverPlaced)
            return order.VenueOrderId is null && order.FilledVolume.IsZero ? [] : [new("outcome", "order_was_placed", order.Id.Value)];
        if (total < order.FilledVolume) return [new("filled_volume", "less_than_filled", total, order.FilledVolume)];
        if (total > order.Volume) return [new("filled_volume", "more_than_ordered", total, order.Volume)];
        if (total == order.FilledVolume) return [];
        return Price switch
        {
            null => [new("price", "required")],
            { Value: <= 0 } price => [new("price", "not_positive", price.Value)],
            _ => [],
        };
    }

    /// <summary>As the program would have reported it. Its trade counts as old as the order: a position snapshot may have counted it already.</summary>
    public BridgeReport ToReport(Order order)
    {
        var (total, isFill) = (TotalOf(order), TotalOf(order) > order.FilledVolume);
        return new()
        {
            OrderId = order.Id,
            Status = Outcome switch
            {
                SettledAs.Filled => BridgeStatus.Filled,
                SettledAs.Cancelled => BridgeStatus.Cancelled,
                SettledAs.NeverPlaced => BridgeStatus.Rejected,
            },
            Reason = Outcome == SettledAs.NeverPlaced ? BridgeReport.Expired : null,
            FilledVolume = Outcome == SettledAs.NeverPlaced ? null : total,
            TradeVolume = isFill ? total - order.FilledVolume : null,
            Price = isFill ? Price : null,
            TradeId = isFill ? $"HAND-{order.Id}-{total}" : null,
            Timestamp = order.CreatedAt,
        };
    }
}
