using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Another price for a working order given by hand: it is cancelled, and what it left goes out under the next child number once its end is certain, never before. What
/// waits for that end stands on the order (<see cref="PendingChange"/>), is stored with the cancel and lives no longer than it; whoever cancels the order meanwhile calls it off.
/// A change that is not made is told (<see cref="NotReplaced"/>).</summary>
internal sealed class ReplaceDesk(ChangeLog changes, OrderDesk orders, AccountDesk accounts, MarketBook market, PreTradeCheck limits)
{
    /// <summary>What <see cref="Replace"/> would send, or why it would refuse.</summary>
    public Outcome<ReplacePreview> Preview(ClientOrderId id, Price price, Volume? most, DateTimeOffset now)
    {
        var found = Find(id, price, most, now);
        if (!found.Succeeded) return Outcome<ReplacePreview>.Failure(found.Problems);
        var (order, _, lane) = found.Value;
        return Outcome<ReplacePreview>.Success(new()
        {
            Order = order, Contract = lane.Contract, Price = price, Volume = most ?? order.Remaining, TradesAtOnce = TradesAtOnce(order.Side, price, lane),
        });
    }

    /// <param name="id">A working order given by hand.</param>
    /// <param name="price">Its next price.</param>
    /// <param name="most">Lots that go out again at most; null: all that it left.</param>
    /// <param name="now">The machine's clock.</param>
    public Outcome<Order> Replace(ClientOrderId id, Price price, Volume? most, DateTimeOffset now)
    {
        var found = Find(id, price, most, now);
        if (!found.Succeeded)
        {
            TellLimit(id, price, found.Problems, now);
            return Outcome<Order>.Failure(found.Problems);
        }
        var (order, account, lane) = found.Value;
        var clock = account.Source.Now(now);
        orders.Cancel(order, clock, new(price, most, market.TradingDayAt(lane, clock)));
        return Outcome<Order>.Success(orders.Find(id) ?? order);
    }

    /// <summary>What the order left is known now.</summary>
    public void OnClosed(Order order, PendingChange change, DateTimeOffset now)
    {
        if (accounts.Find(order.AccountId) is not { } account || account.Source.Find(order.Symbol) is not { } lane) return;
        var left = change.Most is { } most ? Volume.Min(most, order.Remaining) : order.Remaining;
        if (WhyNot(account, lane, order, change, left, now) is { } why)
        {
            NotReplaced.Tell(changes, order, why, now);
            return;
        }
        var replaced = orders.Intend(
            new()
            {
                Account = account, Lane = lane, Purpose = order.Purpose, Side = order.Side, Offset = order.Offset, Type = OrderType.Limit, LimitPrice = change.Price, Volume = left,
                OriginId = order.OriginId, Child = NextChild(account, order),
            },
            now);
        changes.Tell(now, TapeSeverity.Info, "order.replaced", new(order.AccountId, order.Symbol, order.OriginId), order.Id.Value, replaced.Id.Value, left.ToString());
    }

    /// <summary>The books and the day may have changed since it was wished.</summary>
    private string? WhyNot(AccountBook account, SymbolLane lane, Order order, PendingChange change, Volume left, DateTimeOffset now)
    {
        if (order.State == OrderState.Rejected) return NotReplaced.Rejected;
        if (left.IsZero) return NotReplaced.Filled;
        if (market.TradingDayAt(lane, now) != change.AskedOn) return NotReplaced.DayEnded;
        var leg = account.Ledger.Leg(order.Symbol, order.LegSide);
        if (order.Offset != Offset.Open) return leg.FreeVolume.Minus(account.WorkingClosesOfFree(order.Symbol, order.LegSide)) < left ? NotReplaced.NotEnoughPosition : null;
        if (HaltCheck.Refuses(account, Again(account, order, left, order.LimitPrice))) return NotReplaced.TradingHalted;
        return OverLimit(account, lane, order, change.Price, left, LimitChecks.Risk, now).Count > 0 ? NotReplaced.OverLimit : null;
    }

    private Outcome<(Order Order, AccountBook Account, SymbolLane Lane)> Find(ClientOrderId id, Price price, Volume? most, DateTimeOffset now)
    {
        if (orders.Find(id) is not { } order) return orders.Known(id) is { } ended ? Refuse("order_id", "already_final", ended.State) : Refuse("order_id", "unknown_order", id.Value);
        if (accounts.Find(order.AccountId) is not { } account || accounts.Hold(account, order.Symbol, now) is not { } lane) return Refuse("order_id", "unknown_order", id.Value);
        if (order.TriggerId is not null) return Refuse("order_id", "order_belongs_to_trigger", order.TriggerId);
        // Its strategy counts on its price; to take it back is anybody's right.
        if (order.StrategyId is not null) return Refuse("order_id", "order_belongs_to_strategy", order.Id.Value);
        if (order.TimeInForce.IsImmediate()) return Refuse("order_id", "never_waits", id.Value, order.TimeInForce);
        if (order.Purpose == OrderPurpose.Unlock || order.Type != OrderType.Limit || order.State is OrderState.Cancelling or OrderState.Unknown)
            return Refuse("order_id", "not_replaceable", id.Value, order.State);
        Problem?[] wrong = [PriceCheck.Of(price, lane), WrongVolume(most, order, lane.Contract)];
        if (wrong.Any(problem => problem is not null)) return Outcome<(Order, AccountBook, SymbolLane)>.Failure([.. wrong.OfType<Problem>()]);
        if (price == order.LimitPrice && (most ?? order.Remaining) == order.Remaining) return Refuse("price", "nothing_changes");
        if (order.Offset == Offset.Open && HaltCheck.Refuses(account, Again(account, order, most ?? order.Remaining, price), instead: order))
            return Refuse("account_id", "trading_halted", account.Account.Halt!.At);
        return OverLimit(account, lane, order, price, most ?? order.Remaining, LimitChecks.Risk | LimitChecks.Rate, account.Source.Now(now)) is { Count: > 0 } over
            ? Outcome<(Order, AccountBook, SymbolLane)>.Failure(over)
            : Outcome<(Order, AccountBook, SymbolLane)>.Success((order, account, lane));
    }

    private IReadOnlyList<Problem> OverLimit(AccountBook account, SymbolLane lane, Order order, Price price, Volume volume, LimitChecks checks, DateTimeOffset now) =>
        limits.Refusals(new(account, lane, order.Side, order.Offset == Offset.Open, volume, price, order), checks, now);

    private void TellLimit(ClientOrderId id, Price price, IReadOnlyList<Problem> problems, DateTimeOffset now)
    {
        if (problems.FirstOrDefault(LimitWords.IsLimit) is not { } over || orders.Find(id) is not { } order) return;
        if (accounts.Find(order.AccountId) is { } account && account.Source.Find(order.Symbol) is { } lane)
            LimitWords.Tell(changes, new(account, lane, order.Side, order.Offset == Offset.Open, order.Remaining, price, order), over, account.Source.Now(now));
    }

    private static Problem? WrongVolume(Volume? most, Order order, Contract contract)
    {
        if (most is not { } lots) return null;
        if (lots.IsZero || lots.Value % contract.VolumeStep != 0) return new("volume", "not_a_volume", lots, contract.VolumeStep);
        return lots > order.Remaining ? new("volume", "more_than_left", lots, order.Remaining) : null;
    }

    private static bool? TradesAtOnce(OrderSide side, Price price, SymbolLane lane)
    {
        if (!lane.HasTick || !lane.Contract.TryTicks(price, out var ticks)) return null;
        return side == OrderSide.Buy ? lane.Last.AskTicks > 0 && ticks >= lane.Last.AskTicks : lane.Last.BidTicks > 0 && ticks <= lane.Last.BidTicks;
    }

    private static OrderRequest Again(AccountBook account, Order order, Volume volume, Price? price) =>
        new(account.Id, order.Symbol, OrderPurpose.Open, order.LegSide, volume, OrderType.Limit, price);

    private static Outcome<(Order Order, AccountBook Account, SymbolLane Lane)> Refuse(string field, string code, params IReadOnlyList<object?> values) =>
        Outcome<(Order Order, AccountBook Account, SymbolLane Lane)>.Failure(field, code, values);

    private int NextChild(AccountBook account, Order order)
    {
        var child = order.Child + 1;
        while (orders.Known(ClientOrderId.For(account.Id, order.TradingDay, order.OriginId, child)) is not null) child++;
        return child;
    }
}
