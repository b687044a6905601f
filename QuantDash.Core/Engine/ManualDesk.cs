using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Orders given by hand: previewed, planned into offsets, checked, and sent like any other.</summary>
internal sealed class ManualDesk(OrderDesk orders, AccountDesk accounts, TriggerBook triggers, BookKeeper keeper, IIdentitySource ids)
{
    public Outcome<OrderPreview> Preview(OrderRequest request, DateTimeOffset now)
    {
        var found = Find(request, now);
        if (!found.Succeeded) return Outcome<OrderPreview>.Failure(found.Problems);
        var (account, lane) = found.Value;
        return Outcome<OrderPreview>.Success(OrderPreviewBuilder.Build(request, account.Ledger, lane.Contract, keeper.TermsOf(lane), lane.Last));
    }

    public Outcome<Order> Place(OrderRequest request, DateTimeOffset now)
    {
        var found = Find(request, now);
        if (!found.Succeeded) return Outcome<Order>.Failure(found.Problems);
        var (account, lane) = found.Value;
        var clock = account.Source.Now(now);
        var origin = ids.Next();
        Order? first = null;
        var child = 0;
        foreach (var (offset, volume) in Plan(request, account, lane))
        {
            var order = orders.Intend(
                new()
                {
                    Account = account,
                    Lane = lane,
                    Purpose = request.Purpose,
                    Side = request.Purpose == OrderPurpose.Open ? request.Side.OpeningOrder() : request.Side.ClosingOrder(),
                    Offset = offset,
                    Type = request.Type,
                    LimitPrice = request.LimitPrice,
                    Volume = volume,
                    OriginId = origin,
                    Child = ++child,
                },
                clock);
            first ??= order;
        }
        return Outcome<Order>.Success(first!);
    }

    public Outcome<Order> Cancel(ClientOrderId id, DateTimeOffset now)
    {
        if (orders.Find(id) is not { } order || accounts.Find(order.AccountId) is not { } account) return Outcome<Order>.Failure("order_id", "unknown_order", id.Value);
        if (order.TriggerId is not null) return Outcome<Order>.Failure("order_id", "order_belongs_to_trigger", order.TriggerId);
        orders.Cancel(order, account.Source.Now(now));
        return Outcome<Order>.Success(orders.Find(id) ?? order);
    }

    private IReadOnlyList<PlannedOffset> Plan(OrderRequest request, AccountBook account, SymbolLane lane)
    {
        return request.Purpose == OrderPurpose.Close
            ? ClosePlan.For(account, lane.Symbol, request.Side, request.Volume, keeper.TermsOf(lane))
            : [new(Offset.Open, request.Volume)];
    }

    private Outcome<(AccountBook Account, SymbolLane Lane)> Find(OrderRequest request, DateTimeOffset now)
    {
        if (accounts.Find(request.AccountId) is not { } account) return Refuse("account_id", "unknown_account", request.AccountId);
        if (accounts.Hold(account, request.Symbol, now) is not { } lane) return Refuse("symbol", "unknown_symbol", request.Symbol);
        if (lane.Contract.Currency != account.Account.Currency) return Refuse("symbol", "currency_differs", lane.Contract.Currency, account.Account.Currency);
        if (request.Volume.IsZero || request.Volume.Value % lane.Contract.VolumeStep != 0) return Refuse("volume", "not_a_volume", request.Volume, lane.Contract.VolumeStep);
        if (request.Type == OrderType.Limit && request.LimitPrice is null) return Refuse("price", "required");
        if (request.LimitPrice is { } price && (price.Value <= 0 || !lane.Contract.TryTicks(price, out _))) return Refuse("price", "off_tick", lane.Contract.PriceTick);
        var view = PositionViews.Of(account, lane, triggers);
        var leg = request.Side == Side.Long ? view.Long : view.Short;
        var most = request.Purpose switch
        {
            OrderPurpose.Close => leg.ClosableVolume,
            OrderPurpose.Lock => leg.LockableVolume,
            OrderPurpose.Open => request.Volume,
            OrderPurpose.Unlock => Volume.Zero,
            _ => throw new InvalidOperationException($"Unknown purpose {request.Purpose}."),
        };
        if (request.Volume > most) return Refuse("volume", "not_enough_position", leg.Volume, most, request.Volume);
        return HaltCheck.Refuses(account, request)
            ? Refuse("account_id", "trading_halted", account.Account.Halt!.At)
            : Outcome<(AccountBook, SymbolLane)>.Success((account, lane));
    }

    private static Outcome<(AccountBook Account, SymbolLane Lane)> Refuse(string field, string code, params IReadOnlyList<object?> values) =>
        Outcome<(AccountBook Account, SymbolLane Lane)>.Failure(field, code, values);
}
