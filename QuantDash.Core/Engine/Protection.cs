using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Where the stop of some lots lives: what has to be running for it to act.</summary>
public enum StopPlace
{
    /// <summary>As an order at the venue: it acts although we are off. No venue here takes one yet.</summary>
    Venue,

    /// <summary>On our trigger board: it acts while this process runs and hears prices.</summary>
    Here,

    /// <summary>They need no stop: the other leg covers them, whatever runs.</summary>
    Lock,

    /// <summary>Nobody stops them.</summary>
    Nowhere,
}

/// <summary>One condition of a rule that watches a leg.</summary>
/// <param name="RuleId">Its rule.</param>
/// <param name="Condition">Which condition.</param>
/// <param name="Level">The price at which it fires; null when not known.</param>
/// <param name="DistanceTicks">From the price looked at to the level; 0 or less: it holds.</param>
/// <param name="Covers">Lots it would lock or close.</param>
/// <param name="IsStop">It ends a loss: stop or trailing. Others take gains.</param>
/// <param name="Asks">It asks for a click first.</param>
/// <param name="Why">Why it is not evaluated now; null: it is, on every tick.</param>
public sealed record Guard(Guid RuleId, ConditionKind Condition, Price? Level, long? DistanceTicks, Volume Covers, bool IsStop, bool Asks, string? Why);

/// <summary>One lot.</summary>
/// <param name="Lot">As it stands.</param>
/// <param name="IsToday">今仓.</param>
/// <param name="Lock">The lock it belongs to with <see cref="Lot.LockedVolume"/> of its lots; null: none.</param>
/// <param name="Guarded">Free lots of it that a stop covers, the oldest lots first.</param>
/// <param name="Unprotected">Free lots of it that nothing covers.</param>
public sealed record LotProtection(Lot Lot, bool IsToday, PositionLock? Lock, Volume Guarded, Volume Unprotected)
{
    public StopPlace Lives => !Unprotected.IsZero ? StopPlace.Nowhere : Guarded.IsZero ? StopPlace.Lock : StopPlace.Here;
}

/// <summary>What protects one leg, and whether it could act now.</summary>
public sealed record LegProtection
{
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }
    public required Volume Volume { get; init; }

    /// <summary>Lots that the other side of a lock covers.</summary>
    public required Volume Locked { get; init; }

    /// <summary>Lots of a pair that waits to be called a lock: each side covers the other until then.</summary>
    public required Volume Paired { get; init; }

    /// <summary>Lots a stop covers.</summary>
    public required Volume Guarded { get; init; }

    /// <summary>Lots nothing covers: neither a lock nor a stop, and what a broken lock lost the other side of.</summary>
    public required Volume Unprotected { get; init; }

    /// <summary>Stops first, the nearest first.</summary>
    public required IReadOnlyList<Guard> Guards { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<LotProtection> Lots { get; init; }
    public required StopPlace Lives { get; init; }

    /// <summary>When the board last looked at this contract, and the price it saw; null before the first tick.</summary>
    public required DateTimeOffset? EvaluatedAt { get; init; }
    public required Price? EvaluatedPrice { get; init; }

    /// <summary>Whether an order that protects it would go out now.</summary>
    public bool CanSend => WhyNotSend is null;

    /// <summary><c>link_down</c>, <c>not_reconciled</c>, <c>no_quote</c>, <c>session_closed</c>, <c>feed_stale</c>, <c>unconfirmed</c>; null: it would.</summary>
    public required string? WhyNotSend { get; init; }

    /// <summary>A rule watches it, and hears no price although the market is open, or never heard one: nothing would stop it now.</summary>
    public bool IsStale => Guards.Count > 0 && WhyNotSend is "feed_stale" or "no_quote";

    /// <summary>New exposure is stopped; protection works all the same.</summary>
    public required bool Halted { get; init; }
}
