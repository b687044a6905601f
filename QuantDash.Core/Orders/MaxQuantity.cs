using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>What keeps an order from being larger.</summary>
public enum QuantityLimit
{
    /// <summary>Nothing that is known.</summary>
    None,

    /// <summary>Available funds, less what working orders freeze, against full-leg margin and fee.</summary>
    Funds,

    /// <summary>The exchange's largest single order: the rest may follow in another one.</summary>
    OrderSize,

    /// <summary>What the leg holds, of the age asked for.</summary>
    Position,

    /// <summary>Lots that belong to locks: unlocking closes them.</summary>
    Locks,

    /// <summary>Closing orders that work already.</summary>
    WorkingOrders,

    /// <summary>The account was stopped: only what reduces may be opened.</summary>
    Halted,

    /// <summary>The venue holds one side of the contract at a time, and the other one is held.</summary>
    OneSideOnly,

    /// <summary>The exchange takes no orders at the market: name a price.</summary>
    NoMarketOrders,

    /// <summary>No price to count margin on.</summary>
    NoPrice,

    /// <summary>Available funds are not known.</summary>
    FundsUnknown,
}

/// <summary>The most that one order could open and close now, on the books as they stand.</summary>
/// <param name="Price">What margin was counted on: the limit, else the opposing side, else the last price; null when there is none.</param>
public sealed record MaxQuantity(OrderSide Side, Price? Price, OpenQuantity Open, CloseQuantity Close);

/// <param name="Volume">On the contract's step; null when it cannot be told.</param>
/// <param name="LargestOrder">The exchange's largest single order; null: none is known.</param>
/// <param name="ByFunds">What funds alone would allow; null when it cannot be told, or nothing is charged.</param>
/// <param name="MarginPerUnit">Full-leg margin of one unit, before any single-side relief: that is what a venue freezes.</param>
public sealed record OpenQuantity(Volume? Volume, QuantityLimit LimitedBy, Volume? LargestOrder, Volume? ByFunds, decimal? MarginPerUnit, decimal? FeePerUnit, decimal? Available);

/// <param name="Volume">Of both ages together.</param>
/// <param name="Today">Of lots opened on this trading day.</param>
/// <param name="Yesterday">Of older lots.</param>
/// <param name="Held">The whole leg.</param>
/// <param name="Locked">What of it belongs to locks.</param>
public sealed record CloseQuantity(Volume Volume, Volume Today, Volume Yesterday, QuantityLimit LimitedBy, Volume Held, Volume Locked);
