using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Keeps working closes outside any firing within what their leg still holds: lots that were closed elsewhere are not closed once more, or the close would open
/// the other side. Closes of firings see <see cref="LegFit"/>.</summary>
internal sealed class CloseFit(ChangeLog changes, OrderDesk orders)
{
    public void Fit(AccountBook account, DateTimeOffset now)
    {
        foreach (var leg in account.Working.Values.Where(order => order.Offset != Offset.Open).GroupBy(order => (order.Symbol, order.LegSide)).ToList())
        {
            var held = account.Ledger.Leg(leg.Key.Symbol, leg.Key.LegSide).Volume;
            // What a snapshot has counted of an unlock already is no longer asked for.
            var counted = leg.Where(order => order.Purpose == OrderPurpose.Unlock).Select(order => order.OriginId).Distinct().Sum(id => account.Awaited(leg.Key.Symbol, leg.Key.LegSide, id).Value);
            var asked = new Volume(leg.Sum(order => order.Remaining.Value)).Minus(new(counted));
            foreach (var order in leg.Where(order => order is { TriggerId: null, State: not OrderState.Unknown }).OrderByDescending(order => order.CreatedAt).ThenByDescending(order => order.Child))
            {
                if (asked <= held) break;
                asked = asked.Minus(order.Remaining);
                if (order.State == OrderState.Cancelling) continue;
                changes.Tell(now, TapeSeverity.Warning, "order.would_oversell", new(account.Id, order.Symbol, order.OriginId), order.Id.Value, order.Remaining.ToString(), held.ToString());
                orders.Cancel(order, now);
            }
        }
    }
}
