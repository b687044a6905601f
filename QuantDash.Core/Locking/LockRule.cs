using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>The main condition of a rule (column <c>trigger_type</c>): profit, price, trailing. A stop is live whenever its price is set.</summary>
public enum TriggerType { Profit, Price, Trailing, Time }

/// <summary>Which condition of a rule fired.</summary>
public enum ConditionKind { Stop, Trailing, Profit, Price, Time }

/// <summary>Which price of the tick conditions look at: last, the side one would have to pay (bid for a long leg, ask for a short one), or the
/// venue's mark price where it has one.</summary>
public enum PriceSource { Last, BidAsk, Mark }

/// <summary>How <c>trailing_distance</c> is meant: in price units, as a ratio of the high-water (0.004 = 0.4 %), or as multiples of the average true
/// range (<see cref="LockRule.AtrPeriod"/>, <see cref="LockRule.AtrTimeframe"/>).</summary>
public enum TrailingMode { Price, Ratio, Atr }

/// <summary>When a rule that has fired is watched again.</summary>
public enum RearmMode
{
    /// <summary>Never: it is spent by a fill.</summary>
    Once,

    /// <summary>When <see cref="LockRule.RearmCooldown"/> has passed since the fill.</summary>
    Cooldown,

    /// <summary>When its condition was false again.</summary>
    AfterFalse,
}

/// <summary>What the rules of one group do to each other when one of them fills.</summary>
public enum OcoMode
{
    /// <summary>The others ask for as much less; lots that are still uncovered keep their stop.</summary>
    Reduce,

    /// <summary>The others are spent.</summary>
    CancelAll,
}

/// <summary>What happens when a lock order is refused.</summary>
public enum IfLockRefused
{
    /// <summary>The trigger fails and says so.</summary>
    Alarm,

    /// <summary>The leg is closed instead.</summary>
    Close,
}

/// <summary>What a firing does: open the opposite leg, close the leg where a venue cannot hold both, or close one leg of a lock.</summary>
public enum LockAction { Lock, Reduce, Unlock }

/// <summary>What the opposite leg is to a rule.</summary>
public enum OppositeLeg
{
    /// <summary>It covers this one: a lock never raises the net position.</summary>
    Covers,

    /// <summary>It belongs to somebody else: the whole leg may be locked, and such an order is checked as new exposure.</summary>
    Independent,
}

/// <summary>What happens when the trader does not answer in time.</summary>
public enum ConfirmTimeoutAction { Skip, Execute }

/// <summary>锁仓配置 (table <c>lock_configs</c>): what the trader asked for. Never changed by the engine, only by people; what the engine
/// remembers about it is <see cref="LockRuleState"/>.</summary>
public sealed record LockRule
{
    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }

    /// <summary>The leg that is watched and locked; of an unlock rule the leg of the lock that is closed.</summary>
    public required Side Direction { get; init; }
    public required TriggerType TriggerType { get; init; }
    public bool IsEnabled { get; init; } = true;

    /// <summary>False: a firing waits for one confirming click.</summary>
    public bool AutoExecute { get; init; }
    public bool ProfitLockEnabled { get; init; }

    /// <summary>Floating P&amp;L of the leg in account currency.</summary>
    public decimal? ProfitLockThreshold { get; init; }

    /// <summary>Minutes of trading time since the leg's oldest lot in which the threshold comes half-way down to <see cref="DecayFloor"/>; null: it stays.</summary>
    public decimal? DecayHalfLifeMinutes { get; init; }

    /// <summary>Where a decaying threshold ends, 0 or more; 0 when null.</summary>
    public decimal? DecayFloor { get; init; }

    /// <summary>When the time condition acts.</summary>
    public TriggerTime? TriggerTime { get; init; }

    /// <summary>Share of the leg to lock, (0, 1].</summary>
    public Ratio ProfitLockRatio { get; init; } = Ratio.One;
    public Price? TriggerPrice { get; init; }

    /// <summary>Steps of the main condition, nearest first; they stand in place of its one level and of the ratio. Empty: no ladder.</summary>
    public IReadOnlyList<LadderStage> Stages { get; init; } = [];

    /// <summary>Whether a share of less than one lot step locks one step; null: yes for a single ratio, no in a ladder.</summary>
    public bool? MinOneLot { get; init; }
    public Price? StopLossPrice { get; init; }

    /// <summary>Share of the leg a stop locks, (0, 1]; the whole leg by default.</summary>
    public Ratio StopLockRatio { get; init; } = Ratio.One;
    public bool TrailingStop { get; init; }
    public decimal? TrailingDistance { get; init; }
    public TrailingMode TrailingMode { get; init; }

    /// <summary>Bars of the average true range, 2 to 200.</summary>
    public int AtrPeriod { get; init; } = 14;

    /// <summary>Length of those bars: one of <see cref="AtrTimeframes.All"/>.</summary>
    public TimeSpan AtrTimeframe { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Trailing is asleep until this price has been reached in the leg's favour; null: awake from arming.</summary>
    public Price? TrailingActivation { get; init; }
    public PriceSource PriceSource { get; init; }

    /// <summary>Consecutive ticks beyond the level before it fires, 1 to 100.</summary>
    public int ConfirmTicks { get; init; } = 1;

    /// <summary>Other main conditions that are live too (column <c>also</c>).</summary>
    public IReadOnlyList<TriggerType> Also { get; init; } = [];

    /// <summary>How long a firing waits for the click; 10 minutes by default.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromMinutes(10);
    public ConfirmTimeoutAction ConfirmTimeoutAction { get; init; }

    /// <summary>A click is answered with the new numbers when the price moved further than this since it was shown.</summary>
    public int MaxSlippageTicks { get; init; } = 10;

    /// <summary>How far beyond the opposing price the lock order's limit goes.</summary>
    public int ProtectTicks { get; init; } = 5;

    /// <summary>When it is watched again after it fired.</summary>
    public RearmMode Rearm { get; init; }

    /// <summary>How long it rests after a fill under <see cref="RearmMode.Cooldown"/>: 1 s to 1 day, 5 minutes by default.</summary>
    public TimeSpan RearmCooldown { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether each firing locks its share anew; otherwise the ratio is a target of all firings together.</summary>
    public bool RearmAdds { get; init; }

    /// <summary>Rules of one account, leg and group lock the same lots: one cancels the others. Null: it stands alone.</summary>
    public string? OcoGroup { get; init; }
    public OcoMode OcoMode { get; init; }

    /// <summary>What happens to the leg when the venue refuses the lock order.</summary>
    public IfLockRefused IfLockRefused { get; init; }
    public LockAction Action { get; init; }
    public OppositeLeg Opposite { get; init; }

    /// <summary>The lock whose leg an unlock rule closes, and no other; null for rules that lock or reduce.</summary>
    public Guid? LockId { get; init; }

    /// <summary>Where what was unlocked is locked again; null: nowhere, or after <see cref="RelockTicks"/>.</summary>
    public Price? RelockPrice { get; init; }

    /// <summary>So many ticks against the leg that stays, from the unlock's average price, it is locked again, 1 to 1000; null: not so.</summary>
    public int? RelockTicks { get; init; }

    /// <summary>The unlock rule that made this one, to lock again; null for what people make.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Records what it would have done, never sends.</summary>
    public bool Shadow { get; init; }
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Set by us when a row was made invalid from outside: why it is off.</summary>
    public string? DisabledReason { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary><see cref="MinOneLot"/> with its default.</summary>
    public bool LocksAtLeastOneLot => MinOneLot ?? Stages.Count == 0;

    /// <summary>Closes one leg of a lock when it fires: it adds exposure.</summary>
    public bool Unlocks => Action == LockAction.Unlock;

    /// <summary>Whether a main condition is switched on: named by <see cref="TriggerType"/> or listed in <see cref="Also"/>.</summary>
    public bool Names(TriggerType type) => TriggerType == type || Also.Contains(type);
}
