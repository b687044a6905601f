using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

public enum ArmState
{
    /// <summary>Disabled, expired, no position, or no live condition: nothing is watched (see <see cref="LockRuleState.Why"/>).</summary>
    Idle,

    /// <summary>Watched on every tick.</summary>
    Armed,

    /// <summary>An open or failed trigger exists; it decides what comes next for its condition, the others stay watched.</summary>
    Fired,

    /// <summary>Spent by a fill (<c>rearm: once</c>).</summary>
    Done,

    /// <summary>Declined or expired: armed again once the condition was false.</summary>
    WaitingForFalse,

    /// <summary>Filled, and watched again at <see cref="LockRuleState.RearmAt"/> (<c>rearm: cooldown</c>).</summary>
    Cooling,
}

/// <summary>From when the best price of a trailing condition is known.</summary>
public enum HighWaterSince
{
    /// <summary>From arming on.</summary>
    Arming,

    /// <summary>The price at which the lock was made, and from arming on.</summary>
    LockPrice,

    /// <summary>All of the time since the lock, as its ticks were stored.</summary>
    StoredTicks,
}

/// <summary>What the engine remembers about a rule (table <c>lock_rule_states</c>); survives kill -9.</summary>
public sealed record LockRuleState
{
    public required Guid RuleId { get; init; }
    public required ArmState State { get; init; }

    /// <summary>Why it is idle, in words; null when armed.</summary>
    public string? Why { get; init; }
    public DateTimeOffset? ArmedAt { get; init; }

    /// <summary>Best price of the leg since arming, in ticks: highest for a long leg, lowest for a short one; 0 when there is none yet.</summary>
    public long HighWaterTicks { get; init; }

    /// <summary>From when that is.</summary>
    public HighWaterSince HighWaterSince { get; init; }

    /// <summary>Whether the trailing condition has been activated.</summary>
    public bool TrailingActive { get; init; }

    /// <summary>Volume this rule's firings have locked so far; together never more than floor(leg × ratio).</summary>
    public Volume DoneVolume { get; init; }

    /// <summary>Σ open price × volume of the lots in <see cref="DoneVolume"/>; null when an open price is unknown.</summary>
    public decimal? DoneCost { get; init; } = 0m;

    /// <summary>Stages of a ladder that are spent.</summary>
    public int StagesDone { get; init; }

    /// <summary>The leg when the first stage of a ladder fired; zero before.</summary>
    public Volume BaseVolume { get; init; }

    /// <summary>Where trailing goes by the average true range: from <see cref="HighWaterTicks"/> to the level the stop has reached, in ticks. A wider range later
    /// leaves that level where it is: a stop never loosens. Null: none yet.</summary>
    public long? TrailingDistanceTicks { get; init; }

    /// <summary>When a cooling rule is watched again; null otherwise.</summary>
    public DateTimeOffset? RearmAt { get; init; }

    /// <summary>A firing was filled: only the stop goes on watching what it left uncovered.</summary>
    public bool Spent { get; init; }

    /// <summary>The moment on which its time condition last acted, or which it missed: each counts once. A millisecond before it: it acted in part. Null: none yet on
    /// this leg.</summary>
    public DateTimeOffset? TimeActedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
