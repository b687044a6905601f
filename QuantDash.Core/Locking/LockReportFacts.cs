using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>A trade and the order it belongs to, where that is ours.</summary>
public sealed record LockReportTrade(Trade Trade, OrderPurpose? Purpose = null, Guid? OriginId = null);

/// <summary>All that is recorded about the locks of one contract in one account, and where that contract stands now.</summary>
public sealed record LockReportFacts
{
    public required Contract Contract { get; init; }
    public required Func<DateOnly, ContractTerms> TermsOn { get; init; }

    /// <summary>All that there ever were, in any order.</summary>
    public required IReadOnlyList<PositionLock> Locks { get; init; }

    /// <summary>From before the trading day of the first lock on, in any order.</summary>
    public required IReadOnlyList<LockReportTrade> Trades { get; init; }

    /// <summary>What the last settlement before a trading day left of a leg; null when there was none, or it does not say.</summary>
    public required Func<DateOnly, Side, Volume?> HeldBefore { get; init; }

    /// <summary>What of a leg is there at the end of a trading day, now if it is the current one; null when unknown.</summary>
    public required Func<DateOnly, Side, LegAges?> HeldAtEnd { get; init; }

    /// <summary>The price now; null without one.</summary>
    public Price? Mark { get; init; }

    /// <summary>The account's trading day; null when not known.</summary>
    public DateOnly? TradingDay { get; init; }
    public Volume LongHeld { get; init; }
    public Volume ShortHeld { get; init; }
    public required DateTimeOffset Now { get; init; }

    public Volume Held(Side side) => side == Side.Long ? LongHeld : ShortHeld;
}
