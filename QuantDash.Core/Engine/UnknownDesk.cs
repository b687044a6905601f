using System.Globalization;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Orders whose outcome nobody knows: shown while they are asked about, told again as an alarm when it lasts, and settled by a person who looked it up.</summary>
internal sealed class UnknownDesk(ChangeLog changes, OrderDesk orders, AccountDesk accounts, EngineOptions options)
{
    private readonly HashSet<ClientOrderId> _alarmed = [];

    public IReadOnlyList<UnknownOrderView> Views() =>
        [.. orders.Working.Where(order => order.State == OrderState.Unknown).OrderBy(order => order.UpdatedAt).Select(View)];

    /// <summary>Wakes the trader once for each order that stays unknown too long; after a restart of ours once more.</summary>
    public void OnTimer(DateTimeOffset now)
    {
        _alarmed.RemoveWhere(id => orders.Find(id) is not { State: OrderState.Unknown });
        foreach (var account in accounts.All)
        {
            var clock = account.Source.Now(now);
            foreach (var order in account.Working.Values.Where(order => order.State == OrderState.Unknown && clock - order.UpdatedAt >= options.UnknownPatience).ToList())
            {
                if (!_alarmed.Add(order.Id)) continue;
                changes.Tell(clock, TapeSeverity.Danger, "order.still_unknown", About(order), order.Id.Value,
                    ((long)(clock - order.UpdatedAt).TotalSeconds).ToString(CultureInfo.InvariantCulture), (CommandOf(order)?.Asked ?? 0).ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>What <see cref="Settle"/> would book, or why it would refuse.</summary>
    public Outcome<SettlementPreview> Preview(AccountId account, ClientOrderId id, OrderSettlement settlement)
    {
        var found = Find(account, id, settlement);
        if (!found.Succeeded) return Outcome<SettlementPreview>.Failure(found.Problems);
        var (book, order) = found.Value;
        var (total, leg) = (settlement.TotalOf(order), book.Ledger.Leg(order.Symbol, order.LegSide).Volume);
        var books = total.Minus(order.FilledVolume);
        var opens = order.Offset == Offset.Open;
        var moves = books - LateFills.AlreadyCounted(book, order.Symbol, order.LegSide, opens, books, order.CreatedAt);
        return Outcome<SettlementPreview>.Success(new()
        {
            Order = order,
            Settlement = settlement,
            Books = books,
            Remaining = settlement.Outcome == SettledAs.NeverPlaced ? order.Volume : order.Volume.Minus(total),
            LegSide = order.LegSide,
            LegBefore = leg,
            LegAfter = opens ? leg + moves : leg.Minus(moves),
            Then = ThenOf(order, settlement),
        });
    }

    /// <summary>A person looked up what became of an order that nobody answers for: booked as the venue's report would have been.</summary>
    public Outcome<Order> Settle(AccountId account, ClientOrderId id, OrderSettlement settlement, Func<SymbolLane, DateTimeOffset> clock, DateTimeOffset now)
    {
        var found = Find(account, id, settlement);
        if (!found.Succeeded) return Outcome<Order>.Failure(found.Problems);
        var (book, order) = found.Value;
        var at = book.Source.Now(now);
        changes.Tell(at, TapeSeverity.Warning, "order.settled", About(order), id.Value, settlement.Outcome.ToString(), settlement.TotalOf(order).ToString());
        orders.Report(settlement.ToReport(order).On(order, at) with { ByHand = true, OccurredAt = at });
        orders.Drain(clock);
        if (book.Venue is IBridgeLink link) link.Answered(id, orders.Find(id), keepAsking: false, now);
        return Outcome<Order>.Success(orders.Known(id)!);
    }

    private Outcome<(AccountBook Book, Order Order)> Find(AccountId account, ClientOrderId id, OrderSettlement settlement)
    {
        if (accounts.Find(account) is not { } book) return Outcome<(AccountBook, Order)>.Failure("account_id", "unknown_account", account);
        if (orders.Known(id) is not { } order || order.AccountId != account) return Outcome<(AccountBook, Order)>.Failure("client_order_id", "unknown_order", id.Value);
        return settlement.Check(order) is { Count: > 0 } problems ? Outcome<(AccountBook, Order)>.Failure(problems) : Outcome<(AccountBook, Order)>.Success((book, order));
    }

    private static SettlementThen ThenOf(Order order, OrderSettlement settlement) => (order.TriggerId, settlement.Outcome) switch
    {
        (_, SettledAs.Filled) => SettlementThen.Done,
        (null, _) => SettlementThen.Ends,
        (_, SettledAs.NeverPlaced) => SettlementThen.DecidedAgain,
        (_, SettledAs.Cancelled) => settlement.TotalOf(order) < order.Volume ? SettlementThen.RestOrderedAgain : SettlementThen.Done,
    };

    private UnknownOrderView View(Order order)
    {
        var command = CommandOf(order);
        return new(order, command is not null, command?.Asked ?? 0, command?.AskedAgainAt, order.UpdatedAt + options.UnknownPatience, _alarmed.Contains(order.Id));
    }

    private BridgeCommand? CommandOf(Order order) =>
        accounts.Find(order.AccountId)?.Venue is IBridgeLink link ? link.About(order.Id) : null;

    private static Subject About(Order order) => new(order.AccountId, order.Symbol, order.OriginId);
}
