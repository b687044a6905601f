using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>Which orders or trades are wanted; null: any. <see cref="Since"/> is inclusive, <see cref="Before"/> exclusive.</summary>
public sealed record OrderFilter
{
    public AccountId? AccountId { get; init; }
    public Symbol? Symbol { get; init; }

    /// <summary>Orders only.</summary>
    public OrderState? State { get; init; }

    /// <summary>Orders of this trigger, and their trades.</summary>
    public Guid? TriggerId { get; init; }

    /// <summary>Trades of this order only.</summary>
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
}
