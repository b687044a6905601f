using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Who wants an order of the manual desk.</summary>
internal enum OrderGiver
{
    /// <summary>A person or a program, just now.</summary>
    Hand,

    /// <summary>An order that was held until its price was seen.</summary>
    Held,

    /// <summary>A strategy, in one of its events.</summary>
    Strategy,

    /// <summary>An emergency stop that locks or closes everything: no limit holds it up, also while one leg is closed before the other.</summary>
    Emergency,
}

/// <summary>Orders given by hand: previewed, planned into offsets, checked, and sent like any other.</summary>
internal sealed class ManualDesk(ChangeLog changes, OrderDesk orders, AccountDesk accounts, TriggerBook triggers, BookKeeper keeper, PreTradeCheck limits, IIdentitySource ids)
{
    /// <summary>More than the parts and the changes by hand of one attempt: no number is used twice.</summary>
    private const int ChildrenOfAnAttempt = 1_000;

    public Outcome<OrderPreview> Preview(OrderRequest request, DateTimeOffset now)
    {
        var found = Find(request, now);
        if (!found.Succeeded) return Outcome<OrderPreview>.Failure(found.Problems);
        var (account, lane) = found.Value;
        if (OverLimit(request, account, lane, LimitChecks.Risk | LimitChecks.Count, now) is { Count: > 0 } over) return Outcome<OrderPreview>.Failure(over);
        return Outcome<OrderPreview>.Success(OrderPreviewBuilder.Build(request, account.Ledger, lane.Contract, keeper.TermsOf(lane), lane.Last));
    }

    /// <summary>How much one order could open and close.</summary>
    public Outcome<MaxQuantity> Quantity(AccountId id, Symbol symbol, OrderSide side, Price? limit, DateTimeOffset now)
    {
        if (accounts.Find(id) is not { } account) return Outcome<MaxQuantity>.Failure("account_id", "unknown_account", id);
        if (account.WhyClosed is { } closed) return Outcome<MaxQuantity>.Failure([closed]);
        if (accounts.Hold(account, symbol, now) is not { } lane) return Outcome<MaxQuantity>.Failure("symbol", "unknown_symbol", symbol);
        if (lane.Contract.Currency != account.Account.Currency) return Outcome<MaxQuantity>.Failure("symbol", "currency_differs", lane.Contract.Currency, account.Account.Currency);
        if (limit is { } price && PriceCheck.Of(price, lane) is { } wrong) return Outcome<MaxQuantity>.Failure([wrong]);
        var leg = side == OrderSide.Buy ? Side.Long : Side.Short;
        var terms = keeper.TermsOf(lane);
        var (today, before) = ClosePlan.Room(account, symbol, leg.Opposite(), terms);
        return Outcome<MaxQuantity>.Success(new QuantityQuestion
        {
            Side = side,
            Limit = limit,
            Ledger = account.Ledger,
            Contract = lane.Contract,
            Terms = terms,
            Tick = lane.Last,
            ClosableToday = today,
            ClosableYesterday = before,
            OpensWhileHalted = HaltCheck.Room(account, symbol, leg),
        }.Answer());
    }

    /// <param name="request">What is wished.</param>
    /// <param name="now">The machine's clock.</param>
    /// <param name="decision">What the order follows from; null: a command of its own.</param>
    /// <param name="attempt">Which order of that decision, from 1; the ones before it never reached the venue.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="inParts">It protects, and must not come to nothing because its exchange takes less in one order: it goes out as several. A lock always does.</param>
    /// <param name="strategy">Whose order it is.</param>
    /// <param name="age">Of a close: <see cref="Offset.CloseToday"/> and <see cref="Offset.CloseYesterday"/> take lots of that age alone.</param>
    public Outcome<Order> Place(OrderRequest request, DateTimeOffset now, Guid? decision = null, int attempt = 1, OrderGiver by = OrderGiver.Hand, bool inParts = false, Guid? strategy = null, Offset age = Offset.Close)
    {
        var found = Find(request, now, inParts);
        if (!found.Succeeded) return Outcome<Order>.Failure(found.Problems);
        var (account, lane) = found.Value;
        if (OverLimit(request, account, lane, ChecksOf(request, by), now) is { Count: > 0 } over)
        {
            LimitWords.Tell(changes, PlannedOf(request, account, lane), over[0], account.Source.Now(now));
            return Outcome<Order>.Failure(over);
        }
        if (request.TimeInForce.IsImmediate()) AccountDesk.ShowQuote(account, lane);
        var clock = account.Source.Now(now);
        var origin = decision ?? ids.Next();
        Order? first = null;
        var child = (attempt - 1) * ChildrenOfAnAttempt;
        var plan = Plan(request, account, lane, age);
        if (plan.Count == 0) return Outcome<Order>.Failure("offset", "strategy_offset_age", Volume.Zero);
        foreach (var (offset, volume) in plan)
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
                    TimeInForce = request.TimeInForce,
                    Volume = volume,
                    OriginId = origin,
                    StrategyId = strategy,
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

    private IReadOnlyList<PlannedOffset> Plan(OrderRequest request, AccountBook account, SymbolLane lane, Offset age = Offset.Close)
    {
        var terms = keeper.TermsOf(lane);
        return request.Purpose == OrderPurpose.Close
            ? OrderSizes.Split(ClosePlan.For(account, lane.Symbol, request.Side, request.Volume, terms, age), Largest(request, lane))
            : OrderSizes.Split([new(Offset.Open, request.Volume)], Largest(request, lane));
    }

    private Volume? Largest(OrderRequest request, SymbolLane lane) => OrderSizes.Largest(keeper.TermsOf(lane), request.Type, lane.Contract.VolumeStep);

    /// <summary>More than its exchange takes in one order; null: it fits. Lots of each age are an order of their own anyway.</summary>
    private Problem? TooLarge(OrderRequest request, AccountBook account, SymbolLane lane)
    {
        if (Largest(request, lane) is not { } largest) return null;
        IReadOnlyList<PlannedOffset> plan = request.Purpose == OrderPurpose.Close
            ? ClosePlan.For(account, lane.Symbol, request.Side, request.Volume, keeper.TermsOf(lane))
            : [new(Offset.Open, request.Volume)];
        return plan.Any(part => part.Volume > largest) ? new("volume", "order_too_large", request.Volume, largest) : null;
    }

    /// <summary>Whether it makes sense for its account and contract, whatever the books hold.</summary>
    public Outcome<(AccountBook Account, SymbolLane Lane)> Look(OrderRequest request, DateTimeOffset now)
    {
        if (accounts.Find(request.AccountId) is not { } account) return Refuse("account_id", "unknown_account", request.AccountId);
        if (account.WhyClosed is { } closed) return Outcome<(AccountBook, SymbolLane)>.Failure([closed]);
        if (accounts.Hold(account, request.Symbol, now) is not { } lane) return Refuse("symbol", "unknown_symbol", request.Symbol);
        if (lane.Contract.Currency != account.Account.Currency) return Refuse("symbol", "currency_differs", lane.Contract.Currency, account.Account.Currency);
        if (request.Volume.IsZero || request.Volume.Value % lane.Contract.VolumeStep != 0) return Refuse("volume", "not_a_volume", request.Volume, lane.Contract.VolumeStep);
        if (request.Purpose == OrderPurpose.Open && TooLarge(request, account, lane) is { } tooLarge) return Outcome<(AccountBook, SymbolLane)>.Failure([tooLarge]);
        if (WrongTimeInForce(request, lane.Contract) is { } wrongTime) return Outcome<(AccountBook, SymbolLane)>.Failure([wrongTime]);
        if (request.Type == OrderType.Limit && request.LimitPrice is null) return Refuse("price", "required");
        if (request.LimitPrice is { } price && PriceCheck.OffTick(price, lane.Contract) is { } offTick) return Outcome<(AccountBook, SymbolLane)>.Failure([offTick]);
        return Outcome<(AccountBook, SymbolLane)>.Success((account, lane));
    }

    /// <summary>The most that the leg gives to an order of this kind now, beside the orders that work on it.</summary>
    public Volume Room(OrderRequest request, AccountBook account, SymbolLane lane)
    {
        if (request.Purpose == OrderPurpose.Open) return request.Volume;
        var view = PositionViews.Of(account, lane, triggers);
        var leg = request.Side == Side.Long ? view.Long : view.Short;
        return request.Purpose switch
        {
            OrderPurpose.Close => leg.ClosableVolume,
            OrderPurpose.Lock => leg.LockableVolume,
            OrderPurpose.Unlock => Volume.Zero,
            _ => throw new InvalidOperationException($"Unknown purpose {request.Purpose}."),
        };
    }

    private Outcome<(AccountBook Account, SymbolLane Lane)> Find(OrderRequest request, DateTimeOffset now, bool inParts = false)
    {
        var looked = Look(request, now);
        if (!looked.Succeeded) return looked;
        var (account, lane) = looked.Value;
        if (request.LimitPrice is { } price && PriceCheck.Of(price, lane) is { } wrongPrice) return Outcome<(AccountBook, SymbolLane)>.Failure([wrongPrice]);
        var most = Room(request, account, lane);
        if (request.Volume > most) return Refuse("volume", "not_enough_position", account.Ledger.Leg(lane.Symbol, request.Side).Volume, most, request.Volume);
        if (request.Purpose == OrderPurpose.Close && !inParts && TooLarge(request, account, lane) is { } tooLarge) return Outcome<(AccountBook, SymbolLane)>.Failure([tooLarge]);
        if (request.TimeInForce == TimeInForce.Fok && Plan(request, account, lane) is { Count: > 1 } parts) return Refuse("time_in_force", "fok_in_parts", parts.Count, parts[0].Volume);
        return HaltCheck.Refuses(account, request)
            ? Refuse("account_id", "trading_halted", account.Account.Halt!.At)
            : Outcome<(AccountBook, SymbolLane)>.Success((account, lane));
    }

    /// <summary>A held order that closes or locks is somebody's stop: it passes. One that opens was given long ago, and cannot be a second click or part of a storm.</summary>
    private static LimitChecks ChecksOf(OrderRequest request, OrderGiver by) => by switch
    {
        OrderGiver.Hand => LimitChecks.Risk | LimitChecks.Count | LimitChecks.Rate | (request.MayRepeat ? LimitChecks.None : LimitChecks.Duplicate),
        OrderGiver.Strategy => LimitChecks.Risk | LimitChecks.Count | LimitChecks.Rate,
        OrderGiver.Held => request.Purpose == OrderPurpose.Open ? LimitChecks.Risk | LimitChecks.Count : LimitChecks.None,
        OrderGiver.Emergency => LimitChecks.None,
        _ => throw new InvalidOperationException($"Unknown giver {by}."),
    };

    private IReadOnlyList<Problem> OverLimit(OrderRequest request, AccountBook account, SymbolLane lane, LimitChecks checks, DateTimeOffset now) =>
        limits.Refusals(PlannedOf(request, account, lane), checks, account.Source.Now(now));

    private static PlannedTrade PlannedOf(OrderRequest request, AccountBook account, SymbolLane lane) =>
        new(account, lane, request.OrderSide, request.Purpose == OrderPurpose.Open, request.Volume, request.Type == OrderType.Limit ? request.LimitPrice : null);

    private static Problem? WrongTimeInForce(OrderRequest request, Contract contract)
    {
        if (!request.TimeInForce.IsImmediate()) return null;
        var offered = TimesInForce.Of(contract.Product);
        if (!offered.Contains(request.TimeInForce)) return new("time_in_force", "time_in_force_not_offered", request.TimeInForce, contract.Product.Exchange, offered);
        return request.Type == OrderType.Limit ? null : new("time_in_force", "time_in_force_needs_limit", request.TimeInForce);
    }

    private static Outcome<(AccountBook Account, SymbolLane Lane)> Refuse(string field, string code, params IReadOnlyList<object?> values) =>
        Outcome<(AccountBook Account, SymbolLane Lane)>.Failure(field, code, values);
}
