using QuantDash.Core.Orders;
using QuantDash.Core.Positions;

namespace QuantDash.Core.Engine;

/// <summary>What becomes of an order: told to whoever asked for it, after the books were brought up to date.</summary>
internal interface IOrderFollower
{
    /// <summary>Bound lots that a fill of the order takes before any other; null: it takes free ones.</summary>
    IReadOnlyList<LotBinding>? LotsFor(Order order);

    void OnFilled(AccountBook account, SymbolLane lane, Order order, Fill fill, FillBooked booked, DateTimeOffset now);

    /// <param name="order">As it ended.</param>
    /// <param name="wasAskedFor">Somebody cancelled it.</param>
    /// <param name="change">What its trader wished instead of it; null: nothing.</param>
    /// <param name="now">The account's clock.</param>
    void OnClosed(Order order, bool wasAskedFor, PendingChange? change, DateTimeOffset now);
}

/// <summary>Intent before action: an order is written down first, handed to its venue only when that is durable, and then lives by the venue's reports.</summary>
internal sealed class OrderDesk(ChangeLog changes, BookKeeper keeper, EngineOptions options)
{
    private readonly Dictionary<ClientOrderId, (Order Order, AccountBook Account, SymbolLane Lane)> _orders = [];
    private readonly Queue<(long Sequence, ClientOrderId Id)> _unsent = [];
    private readonly Queue<OrderReport> _reports = [];
    private readonly Dictionary<ClientOrderId, OrderReport> _awaitingTrades = [];
    private readonly ClosedOrders _closed = new();
    private readonly TradeCorrections _corrections = new(changes);
    private IOrderFollower _follower = null!;

    public void Follow(IOrderFollower follower) => _follower = follower;

    public Order? Find(ClientOrderId id) => _orders.TryGetValue(id, out var entry) ? entry.Order : null;

    /// <summary>A working order, or one that ended lately.</summary>
    public Order? Known(ClientOrderId id) => Find(id) ?? _closed.Find(id)?.Order;

    public IEnumerable<Order> Working => _orders.Values.Select(entry => entry.Order);

    /// <summary>Whether an intent on this source is not durable yet: on a source whose feed is the clock, time stands still until it is.</summary>
    public bool AwaitsCommit(SourceBook source) => _unsent.Count > 0 && _unsent.Any(item => _orders.TryGetValue(item.Id, out var entry) && entry.Lane.Source == source);

    /// <summary>Writes the intent down; the order goes out when the batch being collected now is durable.</summary>
    public Order Intend(OrderDraft draft, DateTimeOffset now)
    {
        var tradingDay = TradingDayOf(draft.Lane, now);
        var order = new Order
        {
            Id = ClientOrderId.For(draft.Account.Id, tradingDay, draft.OriginId, draft.Child),
            AccountId = draft.Account.Id,
            Symbol = draft.Lane.Symbol,
            Side = draft.Side,
            Offset = draft.Offset,
            Type = draft.Type,
            LimitPrice = draft.LimitPrice,
            TimeInForce = draft.TimeInForce,
            Volume = draft.Volume,
            State = OrderState.Intended,
            Purpose = draft.Purpose,
            OriginId = draft.OriginId,
            TriggerId = draft.TriggerId,
            StrategyId = draft.StrategyId,
            Child = draft.Child,
            TradingDay = tradingDay,
            Replay = draft.Lane.Source.IsReplay,
            CreatedAt = now,
            UpdatedAt = now,
        };
        _orders.Add(order.Id, (order, draft.Account, draft.Lane));
        draft.Account.Put(order);
        draft.Account.Counts.Note(order);
        changes.Add(new JournalChange.OrderSaved(order));
        _unsent.Enqueue((changes.NextSequence, order.Id));
        return order;
    }

    /// <summary>The day an order that is given now belongs to.</summary>
    public static DateOnly TradingDayOf(SymbolLane lane, DateTimeOffset now) => lane.Window?.TradingDay ?? DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>A working order as it was found at start; its venue is asked about it before anything is sent. What was to follow its cancel does not: nobody knows how
    /// long ago it was wished.</summary>
    public void Restore(Order order, AccountBook account, SymbolLane lane, DateTimeOffset now)
    {
        if (order.IsFinal)
        {
            _closed.Add(order, account, lane);
            return;
        }
        var kept = order with { PendingChange = null };
        _orders.Add(kept.Id, (kept, account, lane));
        account.Put(kept);
        account.Ledger.Freeze(kept, lane.Contract, keeper.TermsOf(lane));
        if (order.PendingChange is null) return;
        changes.Add(new JournalChange.OrderSaved(kept, order));
        NotReplaced.Tell(changes, kept, NotReplaced.Restart, now);
    }

    /// <summary>Hands every order whose intent is durable to its venue.</summary>
    public void OnCommitted(long sequence, Func<SymbolLane, DateTimeOffset> now)
    {
        while (_unsent.TryPeek(out var next) && next.Sequence <= sequence)
        {
            _unsent.Dequeue();
            if (!_orders.TryGetValue(next.Id, out var entry) || entry.Order.State != OrderState.Intended) continue;
            Send(entry.Order, entry.Account, entry.Lane, now(entry.Lane));
            // What the venue answered is booked before it is asked for more: it checks funds and positions.
            Drain(now);
        }
    }

    /// <param name="order">Which; what is known of it now counts.</param>
    /// <param name="now">The account's clock.</param>
    /// <param name="change">What goes out instead, once its end is certain; null: nothing, also where something was to.</param>
    public void Cancel(Order order, DateTimeOffset now, PendingChange? change = null)
    {
        var (current, account, _) = _orders[order.Id];
        if (current.State == OrderState.Intended) Close(current, OrderTransitions.ExpiredUnsent, now, wasAskedFor: true, change);
        else if (current.State != OrderState.Cancelling) AskToCancel(current, account, change, now);
        else if (current.PendingChange is not null && change is null) CallOff(current, now);
    }

    /// <summary>A venue's report; taken up by <see cref="Drain"/>, so that a venue may answer in the middle of a step.</summary>
    public void Report(OrderReport report) => _reports.Enqueue(report);

    /// <summary>Applies every report that has come in, in order.</summary>
    public void Drain(Func<SymbolLane, DateTimeOffset> now)
    {
        while (_reports.TryDequeue(out var report))
        {
            if (_orders.TryGetValue(report.OrderId, out var entry)) Apply(report, entry.Order, entry.Account, entry.Lane, now(entry.Lane));
            else if (report.Fill is not null && _closed.Find(report.OrderId) is { } ended) ApplyLate(report, ended, now(ended.Lane));
        }
    }

    private void AskToCancel(Order order, AccountBook account, PendingChange? change, DateTimeOffset now)
    {
        var asked = Put(order with { State = OrderState.Cancelling, PendingChange = change, UpdatedAt = now });
        changes.Add(new JournalChange.OrderSaved(asked, order));
        account.Venue.Cancel(asked);
    }

    /// <summary>Who cancels what is being changed wants neither. Its time stays: the cancel is as old as it was.</summary>
    private void CallOff(Order order, DateTimeOffset now)
    {
        changes.Add(new JournalChange.OrderSaved(Put(order with { PendingChange = null }), order));
        changes.Tell(now, TapeSeverity.Info, "order.change_called_off", new(order.AccountId, order.Symbol, order.OriginId), order.Id.Value);
    }

    private void Send(Order order, AccountBook account, SymbolLane lane, DateTimeOffset now)
    {
        // What was decided on prices of long ago, because the disk stood still, is decided again.
        if (!account.Venue.IsLinkUp || now - order.CreatedAt > options.ExecuteWithin)
        {
            Close(order, OrderTransitions.ExpiredUnsent, now, wasAskedFor: false);
            return;
        }
        var submitted = Put(order with { State = OrderState.Submitting, UpdatedAt = now });
        account.Ledger.Freeze(submitted, lane.Contract, keeper.TermsOf(lane));
        account.Venue.Place(submitted);
    }

    private void Apply(OrderReport report, Order order, AccountBook account, SymbolLane lane, DateTimeOffset now)
    {
        var isNewFill = report.Fill is { } fill && account.SeenTrades.Add(fill);
        if (report.Fill is { } repeated && !isNewFill) _corrections.Look(account, repeated, now);
        var step = OrderTransitions.Apply(order, UntilTradesCame(report, order, isNewFill), isNewFill, now);
        if (step == order) return;
        var updated = Put(step);
        changes.Add(new JournalChange.OrderSaved(updated, order));
        TellOutcome(order, updated, now);
        if (order.PendingChange is not null && updated is { IsFinal: false, PendingChange: null }) NotReplaced.Tell(changes, updated, WhyNotChanged(updated, report), now);
        if (updated.IsFinal) Forget(updated, account);
        if (isNewFill) _follower.OnFilled(account, lane, updated, report.Fill!, Book(updated, account, lane, report.Fill!, now), now);
        if (updated.IsFinal) _follower.OnClosed(updated, OrderTransitions.IsCancelWished(order), order.PendingChange, now);
        else if (_awaitingTrades.TryGetValue(updated.Id, out var end) && !(end.FilledVolume > updated.FilledVolume)) _reports.Enqueue(end);
    }

    private FillBooked Book(Order order, AccountBook account, SymbolLane lane, Fill fill, DateTimeOffset now) =>
        keeper.Book(account, lane, fill, now, _follower.LotsFor(order), order.Purpose == OrderPurpose.Unlock ? order.OriginId : null);

    /// <summary>A trade of an order that had ended: a fact all the same.</summary>
    private void ApplyLate(OrderReport report, ClosedOrder ended, DateTimeOffset now)
    {
        var fill = report.Fill!;
        if (!ended.Account.SeenTrades.Add(fill))
        {
            _corrections.Look(ended.Account, fill, now);
            return;
        }
        if (_closed.IsBookedByHand(ended.Order, fill))
        {
            changes.Tell(now, TapeSeverity.Info, "order.told_after_hand", new(ended.Order.AccountId, ended.Order.Symbol, ended.Order.OriginId), ended.Order.Id.Value, fill.Volume.ToString());
            return;
        }
        var updated = OrderTransitions.Apply(ended.Order, report, isNewFill: true, now);
        _closed.Add(updated, ended.Account, ended.Lane);
        changes.Add(new JournalChange.OrderSaved(updated, ended.Order));
        TellOutcome(ended.Order, updated, now);
        _follower.OnFilled(ended.Account, ended.Lane, updated, fill, Book(updated, ended.Account, ended.Lane, fill, now), now);
    }

    /// <summary>A cancel that counts trades we have not seen is no end yet: what is left to do follows from them.</summary>
    private OrderReport UntilTradesCame(OrderReport report, Order order, bool isNewFill)
    {
        var filled = isNewFill ? order.FilledVolume + report.Fill!.Volume : order.FilledVolume;
        if (report.Status is not (ReportStatus.Cancelled or ReportStatus.Rejected) || !(report.FilledVolume > filled)) return report;
        _awaitingTrades[order.Id] = report with { Fill = null };
        return report with { Status = ReportStatus.PartiallyFilled };
    }

    private void TellOutcome(Order before, Order after, DateTimeOffset now)
    {
        var subject = new Subject(after.AccountId, after.Symbol, after.OriginId);
        if (after.IsOverfilled && after.FilledVolume != before.FilledVolume)
            changes.Tell(now, TapeSeverity.Danger, "order.overfilled", subject, after.Id.Value, after.FilledVolume.ToString(), after.Volume.ToString());
        if (after.State == before.State) return;
        if (after.State == OrderState.Unknown) changes.Tell(now, TapeSeverity.Danger, "order.unknown", subject, after.Id.Value);
        else if (before.State == OrderState.Unknown) changes.Tell(now, TapeSeverity.Info, "order.resolved", subject, after.Id.Value, after.State.ToString());
    }

    private static string WhyNotChanged(Order order, OrderReport report) => order.State == OrderState.Unknown
        ? NotReplaced.NoAnswer
        : report.Status == ReportStatus.Filled ? NotReplaced.Filled : NotReplaced.CancelRefused;

    private void Close(Order order, string reason, DateTimeOffset now, bool wasAskedFor, PendingChange? change = null)
    {
        var closed = order with { State = OrderState.Cancelled, Reason = reason, UpdatedAt = now };
        changes.Add(new JournalChange.OrderSaved(closed, order));
        Forget(closed, _orders[order.Id].Account);
        _follower.OnClosed(closed, wasAskedFor, change, now);
    }

    private Order Put(Order order)
    {
        var (_, account, lane) = _orders[order.Id];
        _orders[order.Id] = (order, account, lane);
        account.Put(order);
        return order;
    }

    private void Forget(Order order, AccountBook account)
    {
        _closed.Add(order, account, _orders[order.Id].Lane);
        _orders.Remove(order.Id);
        _awaitingTrades.Remove(order.Id);
        account.Drop(order);
        account.Ledger.Release(order.Id);
    }
}
