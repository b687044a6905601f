using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Another price for a working order given by hand: it is cancelled, and what it left goes out under the next child number once its end is certain, never before. What
/// waits for that end is not stored: after a restart the order is cancelled and nothing follows.</summary>
internal sealed class ReplaceDesk(ChangeLog changes, OrderDesk orders, AccountDesk accounts)
{
    private readonly Dictionary<ClientOrderId, (Price Price, Volume? Most)> _waiting = [];

    /// <param name="id">A working order given by hand.</param>
    /// <param name="price">Its next price.</param>
    /// <param name="most">Lots that go out again at most; null: all that it left.</param>
    /// <param name="now">The machine's clock.</param>
    public Outcome<Order> Replace(ClientOrderId id, Price price, Volume? most, DateTimeOffset now)
    {
        if (orders.Find(id) is not { } order || accounts.Find(order.AccountId) is not { } account || accounts.Hold(account, order.Symbol, now) is not { } lane)
            return Outcome<Order>.Failure("order_id", "unknown_order", id.Value);
        if (order.TriggerId is not null) return Outcome<Order>.Failure("order_id", "order_belongs_to_trigger", order.TriggerId);
        if (order.Purpose == OrderPurpose.Unlock || order.Type != OrderType.Limit || order.State is OrderState.Cancelling or OrderState.Unknown)
            return Outcome<Order>.Failure("order_id", "not_replaceable", id.Value, order.State);
        if (price.Value <= 0 || !lane.Contract.TryTicks(price, out _)) return Outcome<Order>.Failure("price", "off_tick", lane.Contract.PriceTick);
        if (most is { } lots && (lots.IsZero || lots.Value % lane.Contract.VolumeStep != 0)) return Outcome<Order>.Failure("volume", "not_a_volume", lots, lane.Contract.VolumeStep);
        _waiting[id] = (price, most);
        orders.Cancel(order, account.Source.Now(now));
        return Outcome<Order>.Success(orders.Find(id) ?? order);
    }

    /// <summary>What the order left is known now.</summary>
    public void OnClosed(Order order, DateTimeOffset now)
    {
        if (!_waiting.Remove(order.Id, out var next) || order.State != OrderState.Cancelled) return;
        var left = next.Most is { } most ? Volume.Min(most, order.Remaining) : order.Remaining;
        if (left.IsZero || accounts.Find(order.AccountId) is not { } account || account.Source.Find(order.Symbol) is not { } lane) return;
        if (WhyNot(account, order, left) is { } why)
        {
            changes.Tell(now, TapeSeverity.Warning, "order.not_replaced", new(order.AccountId, order.Symbol, order.OriginId), order.Id.Value, why);
            return;
        }
        var replaced = orders.Intend(
            new()
            {
                Account = account, Lane = lane, Purpose = order.Purpose, Side = order.Side, Offset = order.Offset, Type = OrderType.Limit, LimitPrice = next.Price, Volume = left,
                OriginId = order.OriginId, Child = NextChild(account, order),
            },
            now);
        changes.Tell(now, TapeSeverity.Info, "order.replaced", new(order.AccountId, order.Symbol, order.OriginId), order.Id.Value, replaced.Id.Value, left.ToString());
    }

    /// <summary>The books may have changed since it was given.</summary>
    private static string? WhyNot(AccountBook account, Order order, Volume left)
    {
        var leg = account.Ledger.Leg(order.Symbol, order.LegSide);
        if (order.Offset != Offset.Open) return leg.FreeVolume.Minus(account.WorkingClosesOfFree(order.Symbol, order.LegSide)) < left ? "not_enough_position" : null;
        return HaltCheck.Refuses(account, new(account.Id, order.Symbol, OrderPurpose.Open, order.LegSide, left, OrderType.Limit, order.LimitPrice)) ? "trading_halted" : null;
    }

    private int NextChild(AccountBook account, Order order)
    {
        var child = order.Child + 1;
        while (orders.Known(ClientOrderId.For(account.Id, order.TradingDay, order.OriginId, child)) is not null) child++;
        return child;
    }
}
