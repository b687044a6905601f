using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>The whole engine at one instant, immutable: what pages, the API and the database views are built from. Latest wins.</summary>
public sealed record EngineSnapshot
{
    public static EngineSnapshot Empty { get; } = new();

    public DateTimeOffset At { get; init; }

    /// <summary>False until recovery has ended: then <c>/health</c> answers 503.</summary>
    public bool Recovered { get; init; }
    public IReadOnlyList<SourceView> Sources { get; init; } = [];
    public IReadOnlyList<QuoteView> Quotes { get; init; } = [];
    /// <summary>All of them, closed ones too.</summary>
    public IReadOnlyList<AccountView> Accounts { get; init; } = [];

    /// <summary>Those that were not closed.</summary>
    public IEnumerable<AccountView> OpenAccounts => Accounts.Where(view => !view.Account.IsClosed);
    public IReadOnlyList<RuleView> Rules { get; init; } = [];

    /// <summary>Open triggers, and the latest closed ones, newest first.</summary>
    public IReadOnlyList<LockTrigger> Triggers { get; init; } = [];
    /// <summary>Active and broken locks.</summary>
    public IReadOnlyList<PositionLock> Locks { get; init; } = [];

    /// <summary>The same with what they cost and risk now.</summary>
    public IReadOnlyList<LockView> LockViews { get; init; } = [];

    /// <summary>Orders that are not final, newest first.</summary>
    public IReadOnlyList<Order> Orders { get; init; } = [];

    /// <summary>Those of them whose outcome nobody knows, oldest first.</summary>
    public IReadOnlyList<UnknownOrderView> Unknown { get; init; } = [];

    /// <summary>Orders that we hold until their price is seen, newest first, then those that ended lately.</summary>
    public IReadOnlyList<HeldOrderView> HeldOrders { get; init; } = [];

    /// <summary>Price alerts that wait and the latest that were told, newest first.</summary>
    public IReadOnlyList<PriceAlert> Alerts { get; init; } = [];

    /// <summary>How every account stands against its venue.</summary>
    public IReadOnlyList<ReconciliationView> Reconciliations { get; init; } = [];

    /// <summary>Strategies by the time they were made, oldest first.</summary>
    public IReadOnlyList<StrategyView> Strategies { get; init; } = [];
}

/// <summary>A held order and how far away its price is.</summary>
/// <param name="Now">The price that it looks at; null without one, and when it has ended.</param>
/// <param name="DistanceTicks">From that price to its level; 0 or less: reached. Null as <paramref name="Now"/>.</param>
public sealed record HeldOrderView(HeldOrder Held, Price? Now, long? DistanceTicks);

/// <summary>Health of one source: what came, what was refused and why.</summary>
public sealed record SourceView
{
    public required Source Source { get; init; }
    public required long Accepted { get; init; }
    public required IReadOnlyDictionary<TickReject, long> Rejected { get; init; }

    /// <summary>Arrival of the latest accepted tick; null before the first.</summary>
    public required DateTimeOffset? LastTickAt { get; init; }

    /// <summary>The source's own clock: the latest tick on a <see cref="SourceClock.Ticks"/> source.</summary>
    public required DateTimeOffset? Clock { get; init; }
}

public enum QuoteHealth { Live, Stale, Closed }

/// <summary>Latest accepted tick of one (source, symbol).</summary>
public sealed record QuoteView
{
    public required SourceName Source { get; init; }
    public required Contract Contract { get; init; }
    public required Tick Tick { get; init; }
    public required SessionPhase Phase { get; init; }
    public required DateOnly TradingDay { get; init; }
    public required QuoteHealth Health { get; init; }

    /// <summary>A jump that waits for one agreeing tick; null when there is none.</summary>
    public Price? HeldSpike { get; init; }

    /// <summary>The latest mark price in ticks; null where there is none, or none that is young enough to decide by.</summary>
    public long? MarkTicks { get; init; }

    public Price Last => Contract.PriceAt(Tick.LastTicks);
}

public sealed record AccountView
{
    public required Account Account { get; init; }
    public required Funds Funds { get; init; }
    public required IReadOnlyList<PositionView> Positions { get; init; }

    /// <summary>Its source's feed is the clock: REPLAY.</summary>
    public required bool Replay { get; init; }
    public required bool LinkUp { get; init; }

    /// <summary>Its limits and how much of them is used.</summary>
    public RiskView Risk { get; init; } = RiskView.None;

    /// <summary>Null unless its orders go to the trader's own program.</summary>
    public BridgeView? Bridge { get; init; }
}

/// <summary>The state of a bridge.</summary>
/// <param name="Epoch">New at every start of ours.</param>
/// <param name="SnapshotWanted">The program is asked for its position snapshot.</param>
/// <param name="IsContested">Two programs asked at once.</param>
/// <param name="HeardAt">When a program was last heard; null: not since our start.</param>
/// <param name="Commands">Commands without a report, oldest first.</param>
/// <param name="IsShut">No order goes out before that snapshot.</param>
public sealed record BridgeView(string Epoch, bool SnapshotWanted, bool IsContested, DateTimeOffset? HeardAt, IReadOnlyList<BridgeCommand> Commands, bool IsShut = false);

/// <summary>Both legs of one contract in one account; net is a view.</summary>
public sealed record PositionView
{
    public required AccountId AccountId { get; init; }
    public required Contract Contract { get; init; }
    public required LegView Long { get; init; }
    public required LegView Short { get; init; }
    public required Price? Mark { get; init; }

    /// <summary>Margin of this contract as charged (single-side relief included when it applies within the contract).</summary>
    public required decimal Margin { get; init; }

    /// <summary>Volume of a pair that no lock owns and that the trader has not answered for; it counts as locked until then.</summary>
    public Volume OfferedPair { get; init; }

    /// <summary>P&amp;L between both sides of that pair, before fees; null when an open price is unknown or there is none.</summary>
    public decimal? OfferedFrozen { get; init; }

    /// <summary>On the account's trading day; null when not known: then nothing after fees is known either.</summary>
    public ContractTerms? Terms { get; init; }

    public bool IsFlat => Long.Volume.IsZero && Short.Volume.IsZero;
    public decimal NetVolume => Long.Volume.Value - Short.Volume.Value;
}

public sealed record LegView
{
    public required Side Side { get; init; }
    public required Volume Volume { get; init; }
    public required Volume TodayVolume { get; init; }
    public required Volume LockedVolume { get; init; }

    /// <summary>可锁手数.</summary>
    public required Volume LockableVolume { get; init; }

    /// <summary>What a closing order may still take: volume − locked − working closes.</summary>
    public required Volume ClosableVolume { get; init; }
    public required Price? AverageOpenPrice { get; init; }

    /// <summary>浮动盈亏 of all lots; null when unknown.</summary>
    public required decimal? FloatingPnl { get; init; }

    /// <summary>持仓盈亏 (盯市).</summary>
    public required decimal? HoldingPnl { get; init; }
    public required decimal Margin { get; init; }
    public required DateTimeOffset? OpenedAt { get; init; }

    /// <summary>How much a close would still be charged as close-today.</summary>
    public Volume FeeTodayVolume { get; init; }

    /// <summary>Left out of the last snapshot: its rules are suspended.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>How far it has been since it was opened; null when it is flat, or an open price is unknown.</summary>
    public LegExcursion? Excursion { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Lot> Lots { get; init; } = [];

    /// <summary>Those of them that were opened on the account's trading day.</summary>
    public IReadOnlySet<Guid> TodayLots { get; init; } = System.Collections.Frozen.FrozenSet<Guid>.Empty;
}

/// <summary>A lock as it stands now.</summary>
public sealed record LockView
{
    public required PositionLock Lock { get; init; }
    public required Contract Contract { get; init; }

    /// <summary>What both sides hold.</summary>
    public required Volume Covered { get; init; }

    /// <summary>The side of a broken lock that nothing covers any more, and what one tick is worth on it; null and 0 while it is whole.</summary>
    public required Side? UncoveredSide { get; init; }
    public required Volume UncoveredVolume { get; init; }
    public required decimal UncoveredPerTick { get; init; }

    /// <summary>Both closing fees now, close-today where it applies; null without a price.</summary>
    public required decimal? UnwindFeeToday { get; init; }

    /// <summary>The same when every lot is an older one.</summary>
    public required decimal? UnwindFeeLater { get; init; }

    /// <summary>From when on none of its lots is charged as close-today any more: the next time one can trade on another day, on the account's clock; null when not known.</summary>
    public DateTimeOffset? UnwindLaterFrom { get; init; }

    /// <summary>What crossing the spread on both legs costs beside the fees; null without both sides of a quote.</summary>
    public required decimal? UnwindSpread { get; init; }

    /// <summary>Orders of an unlock, or of mending it, are working.</summary>
    public required bool IsBusy { get; init; }
}

public sealed record RuleView
{
    public required LockRule Rule { get; init; }
    public required LockRuleState State { get; init; }
    public required IReadOnlyList<ConditionView> Conditions { get; init; }

    /// <summary>Ticks to the nearest live level; null when none is live or there is no quote.</summary>
    public required long? DistanceTicks { get; init; }

    /// <summary>When its symbol was last evaluated; null before the first tick.</summary>
    public required DateTimeOffset? LastEvaluatedAt { get; init; }
}

/// <summary>One condition of a rule as explained to the trader.</summary>
public sealed record ConditionView
{
    public required ConditionKind Kind { get; init; }
    public required bool Live { get; init; }

    /// <summary>Why it is not live or not evaluated: <c>disabled</c>, <c>flag_off</c>, <c>not_named</c>, <c>no_position</c>, <c>no_quote</c>, <c>session_closed</c>,
    /// <c>open_price_unknown</c>, <c>not_activated</c>, <c>not_enough_bars</c>, <c>expired</c>, <c>done</c>, <c>open_trigger</c>, <c>waiting_for_false</c>, <c>unconfirmed</c>, <c>lock_gone</c>; null when it is evaluated.</summary>
    public string? Why { get; init; }

    /// <summary>Completed bars that are missing until the average true range is known that it trails by; null: none, or it does not.</summary>
    public int? BarsMissing { get; init; }

    /// <summary>Value now: a price, or the profit for a profit condition.</summary>
    public decimal? Now { get; init; }

    /// <summary>What it is compared with: the price level, or the threshold.</summary>
    public decimal? Target { get; init; }

    /// <summary>The price at which it fires.</summary>
    public Price? Level { get; init; }

    /// <summary>Ticks from the price looked at to <see cref="Level"/>; 0 or less: it holds.</summary>
    public long? DistanceTicks { get; init; }
    public Price? HighWater { get; init; }

    /// <summary>From when that is; null without one.</summary>
    public HighWaterSince? HighWaterSince { get; init; }

    /// <summary>When a time condition acts next; null when it does not, or for any other.</summary>
    public DateTimeOffset? ActsAt { get; init; }

    /// <summary>How many minutes of trading time <see cref="Target"/> has decayed for; null when it does not.</summary>
    public long? HeldMinutes { get; init; }

    /// <summary>The stage of a ladder it waits for, from 1; null without one.</summary>
    public int? Stage { get; init; }
}
