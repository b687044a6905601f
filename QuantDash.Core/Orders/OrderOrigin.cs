namespace QuantDash.Core.Orders;

/// <summary>Who gave an order.</summary>
public enum OrderOwner
{
    /// <summary>A person or a program of theirs.</summary>
    Manual,

    /// <summary>A rule that fired.</summary>
    Rule,

    /// <summary>A lock that was let go or mended.</summary>
    Lock,

    /// <summary>A stop, stop-limit or conditional order of ours whose price was seen.</summary>
    Held,

    /// <summary>A strategy that runs.</summary>
    Strategy,

    /// <summary>Nobody here: a trade made elsewhere. It has no order of ours.</summary>
    Elsewhere,
}

/// <summary>Where an order came from, and what it led to.</summary>
/// <param name="Owner">Never <see cref="OrderOwner.Elsewhere"/>.</param>
/// <param name="TriggerId">The firing it executes.</param>
/// <param name="RuleId">The rule that fired.</param>
/// <param name="LockId">The lock that the firing made, or that the order lets go or mends.</param>
/// <param name="HeldOrderId">The order of ours that it follows from.</param>
public sealed record OrderOrigin(OrderOwner Owner, OrderPurpose Purpose, Guid? TriggerId, Guid? RuleId, Guid? LockId, Guid? HeldOrderId)
{
    /// <summary>The strategy that asked for it.</summary>
    public Guid? StrategyId { get; init; }
}
