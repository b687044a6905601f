using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Simulation;

/// <summary>The simulated venue of one account: matches orders against the depth its quotes show, refuses what an exchange refuses, in its words.
/// Single-threaded; has no clock: an order's time is its <see cref="Order.UpdatedAt"/>.</summary>
/// <remarks>An order never gets more than is displayed, nor the same displayed volume twice; what is left rests and is matched on later ticks, a limit order
/// at the displayed price when that is not worse than its own, a market order at the best opposing price. Orders are good for the trading day, but those that never wait: they end with what they get when they come in.
/// Reports are to be booked before the next order is placed: positions and funds are looked up in the account's books.
/// Its order book is our own table of orders, so after a restart it knows what had been accepted and nothing else.</remarks>
/// <param name="sessionAt">The session window of a contract at an instant.</param>
/// <param name="latency">Null: what is sent arrives at once.</param>
public sealed class SimulatedVenue(
    AccountLedger ledger, Action<OrderReport> report, Func<Contract, DateTimeOffset, SessionWindow> sessionAt, OrderLatency? latency = null) : IVenue, IVenueBooks, ITickMatcher
{
    /// <summary>Orders that ended and are remembered.</summary>
    internal const int MostEnded = 2_000;

    private readonly Dictionary<ClientOrderId, VenueOrder> _known = [];
    private readonly Queue<ClientOrderId> _ended = [];
    private readonly List<VenueOrder> _working = [];
    private readonly Dictionary<Symbol, DisplayedDepth> _depths = [];
    private readonly OrderLine? _line = latency is null ? null : new(latency);

    public bool IsLinkUp => true;

    public IReadOnlyDictionary<ClientOrderId, Volume> OpenOrders => _working.ToDictionary(order => order.Order.Id, order => order.Filled);

    /// <summary>Takes up the orders it had accepted before a restart.</summary>
    public void Restore(IEnumerable<Order> orders)
    {
        foreach (var order in orders.Where(IsInOurBook)) Adopt(order);
    }

    public void Place(Order order)
    {
        if (_line is { } line) line.Send(order, isCancel: false);
        else TakeIn(order);
    }

    public void Cancel(Order order)
    {
        if (_line is { } line) line.Send(order, isCancel: true);
        else TakeBack(order);
    }

    private void TakeIn(Order order)
    {
        if (_known.TryGetValue(order.Id, out var earlier))
        {
            report(earlier.Reports[^1] with { Fill = null, Reason = VenueWords.Duplicate, OccurredAt = order.UpdatedAt });
            return;
        }
        var contract = ledger.ContractOf(order.Symbol);
        var placed = NewOrder(order, contract);
        _known.Add(order.Id, placed);
        var window = sessionAt(contract, order.UpdatedAt);
        var depth = _depths.GetValueOrDefault(order.Symbol);
        if (VenueChecks.Refusal(placed, window.Phase, depth, ledger, _working) is { } refusal)
        {
            Tell(placed, ReportStatus.Rejected, order.UpdatedAt, refusal);
            return;
        }
        Tell(placed, ReportStatus.Accepted, order.UpdatedAt);
        _working.Add(placed);
        // A strategy's order is never filled by the quote that it follows from.
        if (order.StrategyId is null && depth?.Window is { } shown && shown.Covers(order.UpdatedAt) && MayMatch(order, depth)) Match(placed, depth, order.UpdatedAt, waited: false);
        if (placed.IsWorking && order.TimeInForce.IsImmediate()) EndAtOnce(placed, order.UpdatedAt);
        Forget(placed);
    }

    private void TakeBack(Order order)
    {
        if (!_known.TryGetValue(order.Id, out var known) && IsInOurBook(order)) known = Adopt(order);
        if (known is null) TellAbsent(order);
        else if (known.IsWorking) Close(known, ReportStatus.Cancelled, order.UpdatedAt, null);
        else report(known.Reports[^1] with { Fill = null, Reason = VenueWords.NothingToCancel, OccurredAt = order.UpdatedAt });
    }

    /// <summary>Repeats every report on the order. One it does not know although it should (a restart lies between) is taken up again, a cancel under way is
    /// done; one that never arrived is absent.</summary>
    public void Query(Order order)
    {
        if (_known.TryGetValue(order.Id, out var known)) known.Reports.ForEach(report);
        else if (!IsInOurBook(order)) TellAbsent(order);
        else if (order.TimeInForce.IsImmediate()) Close(Adopt(order), ReportStatus.Cancelled, order.UpdatedAt, order.State == OrderState.Cancelling ? null : TimesInForce.EndOf(order.TimeInForce));
        else if (order.State == OrderState.Cancelling) Close(Adopt(order), ReportStatus.Cancelled, order.UpdatedAt, null);
        else report(Adopt(order).Reports[^1]);
    }

    public void Begin(Contract contract, in Tick tick, SessionWindow window)
    {
        if (_depths.ContainsKey(contract.Symbol)) return;
        var depth = new DisplayedDepth(contract);
        depth.Show(tick, window);
        _depths.Add(contract.Symbol, depth);
    }

    public void OnTick(Contract contract, in Tick tick, SessionWindow window, DateTimeOffset now)
    {
        while (_line is { } line && line.TryArrive(now, out var arrived, out var isCancel))
        {
            if (isCancel) TakeBack(arrived);
            else TakeIn(arrived);
        }

        if (!_depths.TryGetValue(contract.Symbol, out var depth)) _depths.Add(contract.Symbol, depth = new(contract));
        if (depth.Window is { } last && last.TradingDay < window.TradingDay) ForgetDaysBefore(window.TradingDay);
        depth.Show(tick, window);
        for (var i = 0; i < _working.Count; i++)
        {
            var order = _working[i];
            if (order.Order.Symbol != contract.Symbol) continue;
            if (order.Order.TimeInForce.IsImmediate()) EndAtOnce(order, now);
            else if (order.Order.TradingDay < window.TradingDay) Tell(order, ReportStatus.Cancelled, now, VenueWords.DayOrderExpired);
            else if (window.Phase == SessionPhase.Continuous) Match(order, depth, now, waited: order.LimitTicks is not null);
            if (!order.IsWorking) _working.RemoveAt(i--);
        }
    }

    /// <summary>All or nothing is decided before anything is taken.</summary>
    private static bool MayMatch(Order order, DisplayedDepth depth) => order.TimeInForce != TimeInForce.Fok || depth.Holds(order.Side, order.Volume);

    /// <summary>An order that never waits ends where it stands; a restart may have left one.</summary>
    private void EndAtOnce(VenueOrder order, DateTimeOffset now) => Tell(order, ReportStatus.Cancelled, now, TimesInForce.EndOf(order.Order.TimeInForce));

    private void Match(VenueOrder order, DisplayedDepth depth, DateTimeOffset now, bool waited)
    {
        var price = depth.Opposing(order.Order.Side);
        if (depth.Window is not { Phase: SessionPhase.Continuous } window || price == 0 || !order.Accepts(price)) return;
        var volume = depth.Take(order.Order.Side, order.Remaining);
        if (volume.IsZero) return;
        order.Filled += volume;
        var fill = new Fill
        {
            TradeId = $"{order.Order.Id}-{order.Filled}",
            AccountId = order.Order.AccountId,
            Symbol = order.Order.Symbol,
            TradingDay = window.TradingDay,
            Side = order.Order.Side,
            Offset = order.Order.Offset,
            Price = depth.Contract.PriceAt(price),
            Volume = volume,
            OccurredAt = now,
            IsMaker = waited,
            OrderId = order.Order.Id,
        };
        Tell(order, order.Remaining.IsZero ? ReportStatus.Filled : ReportStatus.PartiallyFilled, now, null, fill);
    }

    private void Close(VenueOrder order, ReportStatus status, DateTimeOffset now, string? reason)
    {
        Tell(order, status, now, reason);
        Forget(order);
    }

    private void Forget(VenueOrder order)
    {
        if (!order.IsWorking) _working.Remove(order);
    }

    /// <summary>Ids carry their trading day, so an id of a day that is over cannot come again.</summary>
    private void ForgetDaysBefore(DateOnly day)
    {
        foreach (var (id, order) in _known)
            if (!order.IsWorking && order.Order.TradingDay < day) _known.Remove(id);
    }

    private VenueOrder Adopt(Order order)
    {
        var adopted = NewOrder(order, ledger.ContractOf(order.Symbol));
        adopted.Reports.Add(ReportOn(order, order.FilledVolume.IsZero ? ReportStatus.Accepted : ReportStatus.PartiallyFilled, order.UpdatedAt, null, null));
        _known.Add(order.Id, adopted);
        _working.Add(adopted);
        return adopted;
    }

    private void Tell(VenueOrder order, ReportStatus status, DateTimeOffset now, string? reason = null, Fill? fill = null)
    {
        var told = ReportOn(order.Order, status, now, reason, fill);
        order.Reports.Add(told);
        if (!order.IsWorking) ForgetAfter(order.Order.Id);
        report(told);
    }

    /// <summary>Whoever asks of an order asks soon: what ended long ago is forgotten, or a busy day would fill the memory.</summary>
    private void ForgetAfter(ClientOrderId ended)
    {
        _ended.Enqueue(ended);
        if (_ended.Count > MostEnded) _known.Remove(_ended.Dequeue());
    }

    private void TellAbsent(Order order) => report(ReportOn(order, ReportStatus.Absent, order.UpdatedAt, null, null) with { VenueOrderId = null });

    private static OrderReport ReportOn(Order order, ReportStatus status, DateTimeOffset now, string? reason, Fill? fill) => new()
    {
        OrderId = order.Id,
        Status = status,
        Fill = fill,
        VenueOrderId = $"SIM-{order.Id}",
        Reason = reason,
        OccurredAt = now,
    };

    private static VenueOrder NewOrder(Order order, Contract contract) => new(order)
    {
        LimitTicks = order.Type == OrderType.Limit ? order.LimitPrice is { } limit && contract.TryTicks(limit, out var ticks) ? ticks : 0 : null,
    };

    private static bool IsInOurBook(Order order) => order.State is OrderState.Accepted or OrderState.PartiallyFilled or OrderState.Cancelling;
}
