using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>Which orders or trades are wanted; null: any. <see cref="Since"/> is inclusive, <see cref="Before"/> exclusive.</summary>
public sealed record OrderFilter
{
    public AccountId? AccountId { get; init; }
    public Symbol? Symbol { get; init; }
    public OrderSide? Side { get; init; }

    /// <summary>Orders in this state, and their trades.</summary>
    public OrderState? State { get; init; }

    /// <summary>Orders of this purpose, and their trades.</summary>
    public OrderPurpose? Purpose { get; init; }

    /// <summary>Orders that came from there, and their trades.</summary>
    public OrderOwner? Owner { get; init; }

    /// <summary>Orders of any firing of this rule, and their trades.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>Orders of this trigger, and their trades.</summary>
    public Guid? TriggerId { get; init; }

    /// <summary>Orders and trades of this trading day.</summary>
    public DateOnly? TradingDay { get; init; }

    /// <summary>This order only, or its trades.</summary>
    public ClientOrderId? OrderId { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }
}

/// <summary>A trade and what it did to the books.</summary>
public sealed record Trade(Fill Fill, FillAccounting Accounting);

/// <summary>All orders and trades ever, newest first, from the database.</summary>
public interface IOrderHistory
{
    Task<Page<Order>> OrdersAsync(OrderFilter filter, PageRequest page, CancellationToken stop = default);

    Task<Page<Trade>> TradesAsync(OrderFilter filter, PageRequest page, CancellationToken stop = default);

    /// <summary>What is asked for of the orders that there are.</summary>
    Task<IReadOnlyDictionary<ClientOrderId, OrderOrigin>> OriginsAsync(IReadOnlyCollection<ClientOrderId> orders, CancellationToken stop = default);

    /// <summary>One line an account and contract, added up over every trade that is wanted, not over a page.</summary>
    Task<IReadOnlyList<TradeSum>> TradeSumsAsync(OrderFilter filter, CancellationToken stop = default);
}
