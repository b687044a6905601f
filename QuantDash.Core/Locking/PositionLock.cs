using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Where a lock stands. <see cref="Broken"/>: one side has less than the other. <see cref="Declined"/>: no lock at all, but the trader's answer that
/// the two legs are independent up to its volume.</summary>
public enum LockStatus { Active, Broken, Unlocked, Declined }

/// <summary>A lock: two legs of one contract bound to each other. It exists although its net position is zero (table <c>locks</c>).</summary>
public sealed record PositionLock
{
    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }

    /// <summary>The leg that was protected; the other one was opened by the lock.</summary>
    public required Side LockedSide { get; init; }

    /// <summary>Null for a lock made by hand or adopted.</summary>
    public Guid? TriggerId { get; init; }
    public required LockStatus Status { get; init; }

    /// <summary>Volume bound on each side; of a broken lock what it was before.</summary>
    public required Volume Volume { get; init; }

    /// <summary>Share of the leg that was asked for.</summary>
    public required Ratio Ratio { get; init; }

    /// <summary>Average open price of the bound lots of the protected leg; null when unknown.</summary>
    public Price? ProtectedPrice { get; init; }

    /// <summary>Average open price of the opposite leg; null only for an adopted pair whose open price is unknown.</summary>
    public Price? LockPrice { get; init; }

    /// <summary>P&amp;L frozen in what is still locked, before fees; fixed from its own lots' open prices; null when unknown.</summary>
    public decimal? FrozenProfit { get; init; }

    /// <summary>Fees of the lock and of what was unlocked.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Which lots are bound, oldest first on each side.</summary>
    public required IReadOnlyList<LotBinding> Bindings { get; init; }

    /// <summary>The pair was there already and the trader called it a lock.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>Volume that unlocking has let go so far.</summary>
    public Volume UnlockedVolume { get; init; }

    /// <summary>逐笔平仓盈亏 of what unlocking closed, before fees; null when an open price was unknown.</summary>
    public decimal? RealisedProfit { get; init; } = 0m;

    /// <summary>Orders sent for it since it was made: the next one's child number follows.</summary>
    public int Children { get; init; }

    /// <summary>What an unlock in progress has still to send; null when none is.</summary>
    public UnlockCommand? Unlocking { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What both sides still hold.</summary>
    public Volume Covered => Volume.Min(Bound(Side.Long), Bound(Side.Short));

    /// <summary>The side that holds more than the other; null when both hold the same.</summary>
    public Side? UncoveredSide => Bound(Side.Long).CompareTo(Bound(Side.Short)) switch { > 0 => Side.Long, < 0 => Side.Short, _ => null };

    /// <summary>By how much.</summary>
    public Volume UncoveredVolume => Volume.Max(Bound(Side.Long), Bound(Side.Short)) - Covered;

    public Volume Bound(Side side)
    {
        var sum = 0m;
        foreach (var binding in Bindings)
            if (binding.Side == side) sum += binding.Volume.Value;
        return new(sum);
    }
}

/// <summary>What is left of an unlock: the legs in the order in which they are closed, each only as far as the one before it was, so that a half done unlock
/// of both legs leaves no more open than it must.</summary>
public sealed record UnlockCommand(IReadOnlyList<UnlockStep> Steps, Orders.OrderType Type, Price? LongPrice, Price? ShortPrice)
{
    public Price? PriceOf(Side leg) => leg == Side.Long ? LongPrice : ShortPrice;
}

/// <summary>One leg of an unlock and how much of it has not been sent yet.</summary>
public sealed record UnlockStep(Side Leg, Volume Volume);
