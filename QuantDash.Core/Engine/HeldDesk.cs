using System.Globalization;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>An order is held from now on.</summary>
/// <param name="TriggersAtOnce">Its price is reached already: it triggers with the next tick.</param>
public sealed record HeldPlaced(HeldOrder Held, bool TriggersAtOnce);

/// <summary>Stop, stop-limit and conditional orders, held by us until their price is seen. Seeing it and intending the order are one step, under an id that follows from the
/// held order's own: it cannot become two orders, whatever happens in between. An order that never reached its venue is decided again.</summary>
internal sealed class HeldDesk(ChangeLog changes, AccountDesk accounts, OrderDesk orders, ManualDesk manual, PreTradeCheck limits, IIdentitySource ids, EngineOptions options)
{
    private const int MostEnded = 200;
    private static readonly OrderPurpose[] Purposes = [OrderPurpose.Open, OrderPurpose.Close, OrderPurpose.Lock];
    private readonly Dictionary<Guid, (HeldOrder Held, AccountBook Account, SymbolLane Lane)> _waiting = [];
    private readonly Dictionary<Guid, HeldOrder> _ended = [];
    private readonly Queue<Guid> _oldestEnded = [];
    private readonly HashSet<Guid> _toldOfLink = [];
    private readonly List<Firing> _firings = [];
    private long _sequence;

    /// <summary>Holds an order. A stop whose level is passed already is refused, as it says something else than what was meant; a conditional one triggers with the next tick.</summary>
    public Outcome<HeldPlaced> Place(HeldRequest request, DateTimeOffset now)
    {
        var found = manual.Look(request.Order, now);
        if (!found.Succeeded) return Outcome<HeldPlaced>.Failure(found.Problems);
        var (account, lane) = found.Value;
        var clock = account.Source.Now(now);
        if ((WrongKind(request) ?? PriceCheck.OffTick(request.Level, lane.Contract, "level") ?? WrongEnd(request, clock)) is { } wrong) return Outcome<HeldPlaced>.Failure([wrong]);
        if (HaltCheck.Refuses(account, request.Order)) return Outcome<HeldPlaced>.Failure("account_id", "trading_halted", account.Account.Halt!.At);
        if (TooLarge(request, account, lane, clock) is { Count: > 0 } over) return Outcome<HeldPlaced>.Failure(over);
        var isReached = IsReached(request, lane);
        if (isReached && request.Kind != HeldKind.Conditional) return Outcome<HeldPlaced>.Failure([Passed(request, lane)]);
        var held = Describe(request, lane, clock);
        Hold(held, account, lane);
        changes.Add(new JournalChange.HeldOrderSaved(held));
        return Outcome<HeldPlaced>.Success(new(held, isReached));
    }

    /// <summary>What the market does until it is seen cannot change its size: that is refused now and not then.</summary>
    private IReadOnlyList<Problem> TooLarge(HeldRequest request, AccountBook account, SymbolLane lane, DateTimeOffset now)
    {
        if (request.Order.Purpose != OrderPurpose.Open) return [];
        var planned = new PlannedTrade(account, lane, request.Order.OrderSide, Opens: true, request.Order.Volume, request.Order.LimitPrice ?? request.Level);
        var over = limits.Refusals(planned, LimitChecks.Size, now);
        if (over.Count > 0) LimitWords.Tell(changes, planned, over[0], now);
        return over;
    }

    public Outcome<HeldOrder> Cancel(Guid id, DateTimeOffset now)
    {
        if (_waiting.TryGetValue(id, out var entry)) return Outcome<HeldOrder>.Success(End(entry.Held with { State = HeldState.Cancelled, Reason = HeldWords.ByHand }, entry.Account.Source.Now(now)));
        return _ended.TryGetValue(id, out var ended) ? Outcome<HeldOrder>.Failure("id", "already_final", ended.State) : Outcome<HeldOrder>.Failure("id", "unknown_held_order", id);
    }

    /// <summary>What waits for an account, in order of creation.</summary>
    public IEnumerable<HeldOrder> WaitingOf(AccountId account) => _waiting.Values.Where(entry => entry.Account.Id == account).Select(entry => entry.Held).OrderBy(held => held.Sequence);

    /// <summary>An emergency stop takes it away.</summary>
    public void Withdraw(Guid id, DateTimeOffset now)
    {
        if (_waiting.TryGetValue(id, out var entry)) End(entry.Held with { State = HeldState.Cancelled, Reason = HeldWords.ByEmergencyStop }, now);
    }

    /// <summary>A waiting one waits again: the first tick that comes decides. Of the others it is known how they ended.</summary>
    public void Restore(HeldOrder held, DateTimeOffset now)
    {
        _sequence = Math.Max(_sequence, held.Sequence);
        if (held.State != HeldState.Waiting) Remember(held);
        else if (accounts.Find(held.Order.AccountId) is { } account && accounts.Hold(account, held.Order.Symbol, now) is { } lane) Hold(held, account, lane);
    }

    /// <summary>A tradable tick of a lane that holds any.</summary>
    public void OnTick(SymbolLane lane, HeldLane held, DateTimeOffset now)
    {
        OnTime(lane, held, now);
        held.Board.OnTick(lane.Last, _firings);
        foreach (var (firing, _) in held.HeldBack.Values) _firings.Add(firing);
        if (_firings.Count == 0) return;
        foreach (var firing in _firings.OrderBy(firing => _waiting[firing.RuleId].Held.Sequence).ToList()) Trigger(firing, now);
        _firings.Clear();
    }

    /// <summary>Ends those whose time is up.</summary>
    public void OnTime(SymbolLane lane, HeldLane held, DateTimeOffset now)
    {
        var day = lane.Window?.TradingDay ?? DateOnly.MinValue;
        if (now < held.NextExpiry && day <= held.LastDay) return;
        (held.NextExpiry, held.LastDay) = (DateTimeOffset.MaxValue, DateOnly.MaxValue);
        foreach (var (one, _, _) in _waiting.Values.Where(entry => entry.Lane == lane).OrderBy(entry => entry.Held.Sequence).ToList())
        {
            if (WhyOver(one, day, now) is { } reason) End(one with { State = HeldState.Expired, Reason = reason }, now);
            else held.Note(one);
        }
    }

    /// <summary>An order that one placed has ended. One that never reached the venue is decided again on the next tick, unless somebody took it back; one that the venue refused is
    /// told aloud, since whoever set it counts on it.</summary>
    public void OnClosed(Order order, bool wasAskedFor, DateTimeOffset now)
    {
        if (order.FilledVolume > Volume.Zero || Find(order.OriginId) is not { } held) return;
        if (order.State == OrderState.Rejected) TellRefused(held, order, now);
        else if (order.Reason != OrderTransitions.ExpiredUnsent || wasAskedFor) return;
        else if (held.State is HeldState.Waiting or HeldState.Triggered && held.Tries < options.ChaseTries) WaitAgain(held, order, now);
        else TellRefused(held, order, now);
    }

    /// <summary>What waits, newest first, then what ended lately.</summary>
    public IReadOnlyList<HeldOrderView> Views() =>
    [
        .. _waiting.Values.OrderByDescending(entry => entry.Held.Sequence).Select(entry => View(entry.Held, entry.Lane)),
        .. _ended.Values.OrderByDescending(held => held.UpdatedAt).ThenByDescending(held => held.Sequence).Select(held => new HeldOrderView(held, null, null)),
    ];

    private static HeldOrderView View(HeldOrder held, SymbolLane lane)
    {
        var now = PriceNow(held.PriceSource, held.Order.OrderSide, lane);
        long? distance = now is { } price && lane.Contract.TryTicks(held.Level, out var level) ? (held.Comparison == HeldComparison.AtOrAbove ? level - price : price - level) : null;
        return new(held, now is { } seen ? lane.Contract.PriceAt(seen) : null, distance);
    }

    private void Trigger(Firing firing, DateTimeOffset now)
    {
        var (held, account, lane) = _waiting[firing.RuleId];
        var seen = lane.Contract.PriceAt(firing.PriceTicks);
        if (!account.Venue.IsLinkUp)
        {
            WaitForLink(held, lane, seen, now);
            return;
        }
        var room = manual.Room(held.Order, account, lane);
        if (room < held.Order.Volume && MustWait(held, account, lane, firing, now)) return;
        var placed = manual.Place(Fitted(held.Order, room, lane), now, held.Id, held.Tries + 1, OrderGiver.Held, inParts: true);
        if (placed.Succeeded)
        {
            if (room < held.Order.Volume) changes.Tell(now, TapeSeverity.Danger, "held.reduced", About(held), held.Order.Volume.ToString(), room.ToString());
            End(held with { State = HeldState.Triggered, Tries = held.Tries + 1, OrderId = placed.Value.Id, SeenPrice = seen }, now);
            changes.Tell(now, TapeSeverity.Warning, "held.triggered", About(held), seen.ToString(), held.Level.ToString(), placed.Value.Id.Value);
            return;
        }

        var reason = HeldWords.FailedBecause(placed.Problems[0].Code);
        End(held with { State = HeldState.Failed, SeenPrice = seen, Reason = reason }, now);
        changes.Tell(now, TapeSeverity.Danger, "held.failed", About(held), seen.ToString(), held.Level.ToString(), reason);
    }

    /// <summary>Own closes of the leg are taken back first, as a firing does: both filling would sell more than there is. Whether any of them still works.</summary>
    private bool MustWait(HeldOrder held, AccountBook account, SymbolLane lane, Firing firing, DateTimeOffset now)
    {
        var back = lane.Held!.HeldBack;
        // The rest of its own exit stays where it is: nobody would bring back what it trades.
        var inTheWay = OwnOrders.ClosesOf(account, lane.Symbol, held.Order.Side).FindAll(order => order.OriginId != held.Id);
        var since = back.TryGetValue(held.Id, out var before) ? before.Since : now;
        if (inTheWay.Count == 0 || now - since > options.ExecuteWithin) return false;
        if (back.TryAdd(held.Id, (firing, now))) changes.Tell(now, TapeSeverity.Warning, "held.in_the_way", About(held), held.Level.ToString(), inTheWay.Count.ToString(CultureInfo.InvariantCulture));
        // One that has only just been decided is not taken back: it does what this one wants.
        foreach (var order in inTheWay.Where(order => order.State is OrderState.Accepted or OrderState.PartiallyFilled && OwnOrders.MayCancel(order))) orders.Cancel(order, now);
        return true;
    }

    /// <summary>What is left of its leg, and a limit that trades like the market where the exchange takes no order at the market. All or nothing stays all or nothing.</summary>
    private static OrderRequest Fitted(OrderRequest order, Volume room, SymbolLane lane)
    {
        var volume = room.IsZero || order.TimeInForce == TimeInForce.Fok ? order.Volume : Volume.Min(order.Volume, room);
        return order.Type == OrderType.Limit || OrderTypes.HasMarketOrders(lane.Contract.Product)
            ? order with { Volume = volume }
            : order with { Volume = volume, Type = OrderType.Limit, LimitPrice = ProtectedPrice.AsMarket(lane, order.OrderSide, EmergencyPlanner.ProtectTicks) };
    }

    /// <summary>No order would reach the venue: the first tick after the link is up again decides.</summary>
    private void WaitForLink(HeldOrder held, SymbolLane lane, Price seen, DateTimeOffset now)
    {
        lane.Held!.HeldBack.Remove(held.Id);
        lane.Held.Board.Arm(held.ToBoard(LevelOf(held.Level, lane)));
        if (_toldOfLink.Add(held.Id)) changes.Tell(now, TapeSeverity.Danger, "held.link_down", About(held), seen.ToString(), held.Level.ToString());
    }

    /// <summary>What the order was to trade waits again; of several orders of one trigger each brings its part back.</summary>
    private void WaitAgain(HeldOrder held, Order unsent, DateTimeOffset now)
    {
        if (accounts.Find(unsent.AccountId) is not { } account || accounts.Hold(account, unsent.Symbol, now) is not { } lane)
        {
            TellRefused(held, unsent, now);
            return;
        }
        var volume = held.State == HeldState.Waiting ? held.Order.Volume + unsent.Volume : unsent.Volume;
        var waits = held with { State = HeldState.Waiting, Order = held.Order with { Volume = volume }, UpdatedAt = now };
        _ended.Remove(held.Id);
        _waiting.Remove(held.Id);
        Hold(waits, account, lane);
        // One that is held back goes out once, and not by its price as well.
        if (lane.Held!.HeldBack.ContainsKey(waits.Id)) lane.Held.Board.Disarm(waits.Id);
        changes.Add(new JournalChange.HeldOrderSaved(waits, held));
        changes.Tell(now, TapeSeverity.Danger, "held.unsent", About(waits), unsent.Id.Value, unsent.Volume.ToString(), waits.Level.ToString());
    }

    private void TellRefused(HeldOrder held, Order order, DateTimeOffset now) =>
        changes.Tell(now, TapeSeverity.Danger, "held.refused", About(held), order.Id.Value, order.Volume.ToString(), order.Reason ?? "");

    private HeldOrder? Find(Guid id) => _waiting.TryGetValue(id, out var entry) ? entry.Held : _ended.GetValueOrDefault(id);

    private HeldOrder End(HeldOrder ended, DateTimeOffset now)
    {
        var (before, _, lane) = _waiting[ended.Id];
        var saved = ended with { UpdatedAt = now };
        lane.Held!.Board.Disarm(saved.Id);
        lane.Held.HeldBack.Remove(saved.Id);
        _waiting.Remove(saved.Id);
        _toldOfLink.Remove(saved.Id);
        Remember(saved);
        changes.Add(new JournalChange.HeldOrderSaved(saved, before));
        if (saved.State == HeldState.Expired) changes.Tell(now, TapeSeverity.Warning, "held.expired", About(saved), saved.Level.ToString(), saved.Reason!);
        else if (saved.Reason == HeldWords.ByEmergencyStop) changes.Tell(now, TapeSeverity.Warning, "held.withdrawn", About(saved), saved.Level.ToString(), saved.Reason);
        return saved;
    }

    private void Hold(HeldOrder held, AccountBook account, SymbolLane lane)
    {
        _waiting.Add(held.Id, (held, account, lane));
        lane.Held ??= new();
        lane.Held.Note(held);
        lane.Held.Board.Arm(held.ToBoard(LevelOf(held.Level, lane)));
    }

    /// <summary>One whose order is still working is kept: it may have to wait again.</summary>
    private void Remember(HeldOrder ended)
    {
        _ended[ended.Id] = ended;
        _oldestEnded.Enqueue(ended.Id);
        if (_ended.Count <= MostEnded || !_oldestEnded.TryDequeue(out var oldest) || !_ended.TryGetValue(oldest, out var held)) return;
        if (HasWorkingOrder(held)) _oldestEnded.Enqueue(oldest);
        else _ended.Remove(oldest);
    }

    private bool HasWorkingOrder(HeldOrder held) =>
        held.State == HeldState.Triggered && accounts.Find(held.Order.AccountId) is { } account && account.Working.Values.Any(order => order.OriginId == held.Id);

    private HeldOrder Describe(HeldRequest request, SymbolLane lane, DateTimeOffset now) => new()
    {
        Id = ids.Next(),
        Order = request.Order,
        Kind = request.Kind,
        Level = request.Level,
        Comparison = ComparisonOf(request),
        PriceSource = request.PriceSource,
        TradingDay = request.ThisDay ? lane.Window?.TradingDay : null,
        ValidUntil = request.ValidUntil,
        Sequence = ++_sequence,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static Problem? WrongKind(HeldRequest request)
    {
        var implied = HeldOrder.ImpliedBy(request.Order.OrderSide);
        return request switch
        {
            { Order.Purpose: OrderPurpose.Unlock } => new("action", "not_allowed", request.Order.Purpose, Purposes),
            { Kind: HeldKind.Stop, Order.Type: not OrderType.Market } => new("type", "not_allowed", request.Order.Type, OrderType.Market),
            { Kind: HeldKind.StopLimit, Order.Type: not OrderType.Limit } => new("type", "not_allowed", request.Order.Type, OrderType.Limit),
            { Kind: HeldKind.Conditional, Comparison: null } => new("comparison", "required"),
            { Kind: not HeldKind.Conditional, Comparison: { } given } when given != implied => new("comparison", "not_allowed", given, implied),
            _ => null,
        };
    }

    private static Problem? WrongEnd(HeldRequest request, DateTimeOffset now) => request.ValidUntil <= now ? new("valid_until", "in_past", request.ValidUntil, now) : null;

    private static Problem Passed(HeldRequest request, SymbolLane lane)
    {
        var now = lane.Contract.PriceAt(PriceNow(request.PriceSource, request.Order.OrderSide, lane)!.Value);
        return request.Order.OrderSide == OrderSide.Sell ? new("level", "stop_not_below", request.Level.Value, now.Value) : new("level", "stop_not_above", request.Level.Value, now.Value);
    }

    private static bool IsReached(HeldRequest request, SymbolLane lane) =>
        PriceNow(request.PriceSource, request.Order.OrderSide, lane) is { } price && HeldOrder.IsReached(ComparisonOf(request), price, LevelOf(request.Level, lane));

    private static string? WhyOver(HeldOrder held, DateOnly day, DateTimeOffset now) => held.ValidUntil <= now ? HeldWords.TimeIsUp : day > held.TradingDay ? HeldWords.DayIsOver : null;

    private static HeldComparison ComparisonOf(HeldRequest request) => request.Comparison ?? HeldOrder.ImpliedBy(request.Order.OrderSide);

    private static long? PriceNow(PriceSource source, OrderSide side, SymbolLane lane) => lane.HasTick ? lane.PriceFor(source, HeldOrder.WatchedSide(side)) : null;

    private static long LevelOf(Price level, SymbolLane lane) => lane.Contract.TryTicks(level, out var ticks) ? ticks : throw new InvalidOperationException($"{level} is on no tick of {lane.Symbol}.");

    private static Subject About(HeldOrder held) => new(held.Order.AccountId, held.Order.Symbol, held.Id);
}
