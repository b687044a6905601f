using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;

namespace QuantDash.Core.Engine;

/// <summary>Builds the immutable picture of the engine. Quotes and rules that did not change are handed out again as the same objects, so that a
/// reader can tell by reference what moved.</summary>
internal sealed class EngineViews(MarketBook market, AccountDesk accounts, RuleBook rules, TriggerBook triggers, LockBook locks, OrderDesk orders, BookKeeper keeper, UnknownDesk unknown, ReconciliationDesk reconciliation, HeldDesk held, AlertDesk alerts, PreTradeCheck limits, StrategyViews strategies)
{
    // Few: every time. Many: once a second, so that looking at them does not hold up ticks.
    private const int ManyRules = 500;
    private const int ManyLocks = 100;
    private static readonly TimeSpan ManyPace = TimeSpan.FromSeconds(1);

    private readonly Dictionary<SymbolLane, (long Version, SessionWindow? Window, bool Stale, QuoteView View)> _quotes = [];
    private readonly Dictionary<Guid, (LockRule Rule, LockRuleState State, long Version, DateTimeOffset? DueAt, RuleView View)> _rules = [];

    private IReadOnlyList<RuleView> _latestRules = [];
    private DateTimeOffset _rulesBuiltAt;
    private IReadOnlyList<LockView> _latestLocks = [];
    private DateTimeOffset _locksBuiltAt;

    public EngineSnapshot Build(DateTimeOffset now) => new()
    {
        At = now,
        Recovered = true,
        Sources = [.. market.Sources.Select(Source)],
        Quotes = [.. market.Sources.SelectMany(source => source.Lanes).Where(lane => lane.HasTick).Select(Quote)],
        Accounts = [.. accounts.All.Select(account => Account(account, now))],
        Rules = Rules(now),
        Triggers = [.. triggers.Open.OrderByDescending(trigger => trigger.TriggeredAt), .. triggers.Closed],
        Locks = [.. locks.Held],
        LockViews = Locks(now),
        Orders = [.. orders.Working.OrderByDescending(order => order.CreatedAt)],
        HeldOrders = held.Views(),
        Alerts = alerts.Views(),
        Unknown = unknown.Views(),
        Reconciliations = reconciliation.Views(now),
        Strategies = strategies.Build(),
    };

    private IReadOnlyList<RuleView> Rules(DateTimeOffset now)
    {
        if (rules.All.Count > ManyRules && rules.All.Count == _latestRules.Count && now - _rulesBuiltAt < ManyPace) return _latestRules;
        _rulesBuiltAt = now;
        return _latestRules = [.. rules.All.Select(Rule)];
    }

    private IReadOnlyList<LockView> Locks(DateTimeOffset now)
    {
        if (locks.Held.Count > ManyLocks && now - _locksBuiltAt < ManyPace) return _latestLocks;
        _locksBuiltAt = now;
        return _latestLocks = [.. locks.Held.Select(Lock).OfType<LockView>()];
    }

    private static SourceView Source(SourceBook source) => new()
    {
        Source = source.Source,
        Accepted = source.Accepted,
        Rejected = source.RejectedByReason(),
        LastTickAt = source.LastTickAt,
        Clock = source.FeedTime,
    };

    private QuoteView Quote(SymbolLane lane)
    {
        if (_quotes.TryGetValue(lane, out var known) && known.Version == lane.Version && known.Window == lane.Window && known.Stale == lane.Stale) return known.View;
        var view = new QuoteView
        {
            Source = lane.Source.Source.Name,
            Contract = lane.Contract,
            Tick = lane.Last,
            Phase = lane.Window?.Phase ?? SessionPhase.Closed,
            TradingDay = lane.Window?.TradingDay ?? default,
            Health = !lane.IsTradable ? QuoteHealth.Closed : lane.Stale ? QuoteHealth.Stale : QuoteHealth.Live,
            MarkTicks = lane.MarkTicks,
            HeldSpike = lane.Gate.Held is { } spike ? lane.Contract.PriceAt(spike.LastTicks) : null,
        };
        _quotes[lane] = (lane.Version, lane.Window, lane.Stale, view);
        return view;
    }

    private AccountView Account(AccountBook account, DateTimeOffset now) => new()
    {
        Account = account.Account,
        Funds = account.Ledger.Funds(),
        Positions = [.. account.Ledger.Symbols
            .Select(account.Source.Find).OfType<SymbolLane>()
            .Select(lane => PositionViews.Of(account, lane, triggers)).Where(position => !position.IsFlat)],
        Risk = limits.View(account, now),
        Replay = account.Source.IsReplay,
        LinkUp = account.Venue is IBridgeLink link ? link.IsHeard : account.Venue.IsLinkUp,
        Bridge = account.Venue is IBridgeLink bridge ? new(bridge.Epoch, bridge.SnapshotWanted, bridge.IsContested, bridge.HeardAt, bridge.Open, bridge.IsShut) : null,
    };

    private LockView? Lock(PositionLock held) =>
        accounts.Find(held.AccountId) is { } account && account.Source.Find(held.Symbol) is { } lane ? LockViews.Of(held, account, lane, keeper.TermsOf(lane)) with { UnwindLaterFrom = accounts.TradesAgain(account, lane) } : null;

    private RuleView Rule(RuleSlot slot)
    {
        if (_rules.TryGetValue(slot.Rule.Id, out var known) && known.Rule == slot.Rule && known.State == slot.State && known.Version == slot.Lane.Version && known.DueAt == slot.DueAt) return known.View;
        var conditions = ConditionExplainer.Explain(slot);
        var view = new RuleView
        {
            Rule = slot.Rule,
            State = slot.State,
            Conditions = conditions,
            DistanceTicks = conditions.Where(condition => condition is { Live: true, Why: null }).Min(condition => condition.DistanceTicks),
            LastEvaluatedAt = slot.Lane.EvaluatedAt,
        };
        _rules[slot.Rule.Id] = (slot.Rule, slot.State, slot.Lane.Version, slot.DueAt, view);
        return view;
    }
}
