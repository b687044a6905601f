using QuantDash.Core.Audit;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>The sequencer: one thread feeds it ticks, time, commits and commands in order, and everything follows from them. It decides and writes down;
/// orders leave only after <see cref="OnCommitted"/> said that their intent is durable.</summary>
public sealed class TradingEngine
{
    private readonly ChangeLog _changes;
    private readonly MarketBook _market;
    private readonly AccountDesk _accounts;
    private readonly RuleBook _rules;
    private readonly TriggerBook _triggers;
    private readonly TriggerDesk _triggerDesk;
    private readonly OrderDesk _orders;
    private readonly RuleDesk _ruleDesk;
    private readonly UnlockRules _unlockRules;
    private readonly OutsideDesk _outside;
    private readonly ManualDesk _manual;
    private readonly ReplaceDesk _replace;
    private readonly BridgeDesk _bridge;
    private readonly UnknownDesk _unknown;
    private readonly ReconciliationDesk _reconciliation;
    private readonly VenueTruth _truth;
    private readonly EngineRecovery _recovery;
    private readonly EngineViews _views;
    private readonly TickPath _path;
    private readonly EmergencyWork _emergencyWork;
    private readonly DueDesk _due;
    private readonly EngineCapture _capture;
    private readonly StrategyFeed _strategyFeed;
    private readonly StrategyDesk _strategies;
    private DateTimeOffset _wall;

    public TradingEngine(ContractCatalog catalog, TradingCalendar calendar, IJournal journal, IIdentitySource ids, EngineOptions options, ITickRecorder? recorder = null, IBridgeLinkFactory? bridges = null, IStrategyDefinitions? strategies = null)
    {
        _changes = new(journal);
        _market = new(catalog, calendar, options, recorder ?? new NoTickRecorder());
        var clock = new RuleClock(calendar);
        var locks = new LockBook(_changes);
        _rules = new(_changes, clock, locks);
        _triggers = new(_changes, options.RecentTriggers);
        var late = new LateFills(_changes, locks);
        var keeper = new BookKeeper(_changes, catalog, new(late, locks));
        _orders = new(_changes, keeper, options);
        var checks = new PreTradeCheck(options);
        var lockKeeper = new LockKeeper(_changes, keeper, locks, _triggers);
        var shrinker = new LockShrinker(_changes, keeper, locks, late);
        var executor = new LockExecutor(_changes, _orders, lockKeeper, keeper, _triggers, locks, checks, options);
        var ending = new TriggerEnding(_changes, _rules, _triggers, lockKeeper, new(_changes, _rules));
        var oco = new OcoDesk(_changes, _rules, _triggers, ending);
        var fit = new LegFit(_rules, _triggers, executor, ending);
        _triggerDesk = new(_changes, _rules, _triggers, executor, ending, oco, fit, new(_changes, _rules, _triggers, executor, options));
        var firings = new FiringDesk(_changes, _rules, _triggers, _triggerDesk, ending, oco, ids);
        _accounts = new(_changes, _market, _orders, keeper, _rules, _triggers, catalog, calendar, ids, bridges, options.SimulatedLatency);
        var (unlocks, pairs) = (new UnlockDesk(_changes, _orders, _accounts, locks, shrinker, keeper, checks), new PairDesk(_changes, _accounts, keeper, locks, _rules));
        _replace = new(_changes, _orders, _accounts, _market, checks);
        _manual = new(_changes, _orders, _accounts, _triggers, keeper, checks, ids);
        var held = new HeldDesk(_changes, _accounts, _orders, _manual, checks, ids, options);
        var limits = new LimitDesk(_changes, _accounts, checks, options, ids);
        var alerts = new AlertDesk(_changes, _market, ids);
        var register = new StrategyRegister(_accounts);
        var strategyOrders = new StrategyOrderDesk(_changes, register, _orders, _manual, ids, options, Wall);
        var strategyLedger = new StrategyLedgerDesk(_changes, register, strategyOrders, keeper, Wall);
        _strategyFeed = new(_changes, register, strategyOrders, strategyLedger, calendar, Wall);
        var definitions = strategies ?? new BuiltInDefinitions();
        _strategies = new(_changes, register, _strategyFeed, strategyOrders, new(_accounts, definitions), definitions, ids, options, Wall);
        Strategies = new(_strategies, now => _wall = now, EndStep);
        _orders.Follow(new FillRouter(_changes, _triggerDesk, lockKeeper, locks, shrinker, unlocks, pairs, _rules, fit, _replace, held, strategyLedger));
        Limits = new(limits, EndStep);
        (Locks, Held, Alerts) = (new LockCommands(unlocks, pairs, EndStep), new HeldCommands(held, EndStep), new AlertCommands(alerts, EndStep));
        (_bridge, _unknown) = (new BridgeDesk(_changes, _orders, _accounts), new UnknownDesk(_changes, _orders, _accounts, options));
        _unlockRules = new(_changes, _rules, _triggers, locks, keeper);
        (_ruleDesk, _due) = (new RuleDesk(_changes, _rules, _triggers, _accounts, keeper, _unlockRules), new DueDesk(_market, _triggers, _triggerDesk, options));
        _outside = new(_changes, _rules, _ruleDesk, _triggers, _triggerDesk, _accounts, limits);
        var planner = new EmergencyPlanner(_triggers, locks, keeper, held);
        _emergencyWork = new(_changes, _accounts, _manual, unlocks, locks, _triggers, planner);
        Emergency = new(new(_changes, _accounts, _orders, held, planner, _emergencyWork, _strategies), EndStep);
        Closing = new(new(_changes, _accounts, _rules, _ruleDesk, _triggers, locks, _orders, held, _emergencyWork, _strategies, Now), EndStep);
        var outside = new OutsideLegs(_changes, _rules);
        var reconciler = new SnapshotReconciler(_changes, keeper, outside, shrinker, late, pairs);
        _reconciliation = new(_changes, _accounts, new(_orders, _bridge), reconciler, pairs, options);
        _truth = new(_changes, _accounts, _bridge, new(_changes, _orders, keeper, _market, outside, shrinker, pairs), reconciler, _reconciliation, fit, new(_changes, _orders));
        Reconciliation = new(_reconciliation, _truth, EndStep);
        _recovery = new(_changes, _market, _accounts, _rules, _triggers, locks, lockKeeper, pairs, _orders, held, new(_changes, _rules, clock), alerts, limits, new(_accounts, register, strategyOrders));
        _path = new(
            _changes, _market, _accounts, _rules, _triggers, _triggerDesk, firings, new(_rules, clock, firings, options), new(_rules), _orders, held, new(_changes, _rules), alerts, _strategyFeed, options, Now, EndStep);
        _capture = new(_accounts, _market, _rules, _triggers, locks, _orders, held);
        _views = new(_market, _accounts, _rules, _triggers, locks, _orders, keeper, _unknown, _reconciliation, held, alerts, checks, new(register));
    }

    /// <summary>The sequence the next batch will get; a command is durable when the one before it is.</summary>
    public long NextSequence => _changes.NextSequence;

    /// <summary>Unlocking, mending and adopting locks.</summary>
    public LockCommands Locks { get; }

    /// <summary>Stopping in an emergency, and going on.</summary>
    public EmergencyCommands Emergency { get; }

    /// <summary>Closing accounts, and opening them again.</summary>
    public ClosingCommands Closing { get; }

    /// <summary>Orders that we hold until their price is seen.</summary>
    public HeldCommands Held { get; }

    /// <summary>How much accounts may risk.</summary>
    public LimitCommands Limits { get; }

    /// <summary>Prices at which the trader is told, and nothing else happens.</summary>
    public AlertCommands Alerts { get; }

    /// <summary>Strategies: set up, started and stopped.</summary>
    public StrategyCommands Strategies { get; }

    /// <summary>Comparing accounts with their venues.</summary>
    public ReconciliationCommands Reconciliation { get; }

    public void Recover(RecoveredState state, DateTimeOffset now)
    {
        _wall = now;
        _recovery.Load(state, now);
        _unlockRules.LookAtAll();
        EndStep();
    }

    /// <summary>The lane of a symbol on a source, for callers that push many ticks; null: unknown source or contract.</summary>
    public SymbolLane? FindLane(SourceName source, Symbol symbol, DateTimeOffset now) =>
        _market.Find(source) is { } book ? _market.Lane(book, symbol, now) : null;

    public void CountUnknownSymbol(SourceName source) => _market.Find(source)?.CountRejected(TickReject.UnknownSymbol);

    public TickReject OnTick(SourceName source, Symbol symbol, in RawTick raw, DateTimeOffset receivedAt)
    {
        if (FindLane(source, symbol, receivedAt) is { } lane) return OnTick(lane, raw, receivedAt);
        CountUnknownSymbol(source);
        return TickReject.UnknownSymbol;
    }

    /// <summary>Validate, mark, match, decide. A held jump counts as taken until it is contradicted.</summary>
    public TickReject OnTick(SymbolLane lane, in RawTick raw, DateTimeOffset receivedAt)
    {
        _wall = receivedAt;
        var result = _market.Receive(lane, raw, receivedAt);
        if (result.Accepted) _path.OnAccepted(lane);
        return result.Reject;
    }

    /// <summary>Time passed on the machine's clock: time-outs, held jumps, silent feeds, rows that lag behind.</summary>
    public void OnTimer(DateTimeOffset now)
    {
        _wall = now;
        foreach (var source in _market.Sources)
        {
            if (!source.IsReplay) _path.OnWallTime(source, now);
            foreach (var lane in source.Lanes) _rules.SaveBests(lane, source.Now(now));
        }
        _bridge.OnTimer(now);
        _unknown.OnTimer(now);
        _reconciliation.OnTimer(now);
        Locks.OnTimer(now);
        _accounts.SavePositions(now);
        _strategyFeed.OnTimer(now);
        _outside.TakeWaiting(now);
        EndStep();
    }

    /// <inheritdoc cref="DueDesk"/>
    /// <returns>The triggers that it moved.</returns>
    public IReadOnlyList<Guid> DrainDue(DateTimeOffset now)
    {
        _wall = now;
        var moved = _due.Drain(now);
        EndStep();
        return moved;
    }

    public void OnCommitted(long sequence)
    {
        _orders.OnCommitted(sequence, Now);
        EndStep();
    }

    /// <summary>Says whose doing the steps from here on are; the engine's own again with <see cref="Actor.Engine"/>.</summary>
    public void ActFor(Actor actor) => _changes.ActFor(actor);

    /// <summary>A part of the program failed and is started again, or gives no sign of life: the trader is told.</summary>
    public void TellServiceFailed(ServiceStatus status, DateTimeOffset now)
    {
        _changes.Tell(now, TapeSeverity.Danger, status.State == ServiceStatus.Stalled ? "service.stalled" : "service.failed", default, status.ServiceName, status.LastError ?? "");
        EndStep();
    }

    /// <summary>A background job failed and is not tried again: the trader is told.</summary>
    public void TellJobFailed(string job, string error, DateTimeOffset now)
    {
        _changes.Tell(now, TapeSeverity.Danger, "job.failed", default, job, error);
        EndStep();
    }

    /// <summary>An account crossed a limit, or a contract that it holds nears a date: the trader is told.</summary>
    public void TellAccount(AccountAlert alert, DateTimeOffset now)
    {
        _changes.Tell(now, alert.Severity, alert.Key, new(alert.AccountId, alert.Symbol), alert.Values);
        EndStep();
    }

    /// <summary>An armed rule could not execute, or could again: the trader is told.</summary>
    public void TellRule(RuleAlert alert, DateTimeOffset now)
    {
        _changes.Tell(now, alert.Severity, alert.Key, new(alert.AccountId, alert.Symbol, alert.RuleId), alert.Values);
        EndStep();
    }

    /// <summary>Something about a contract that no account is behind: the trader is told.</summary>
    public void TellMarket(string key, Symbol symbol, IReadOnlyList<string> values, DateTimeOffset now)
    {
        _changes.Tell(now, TapeSeverity.Info, key, new(Symbol: symbol), values);
        EndStep();
    }

    public bool AwaitsCommit(SourceName source) => _market.Find(source) is { IsReplay: true } book && _orders.AwaitsCommit(book);

    public Outcome<Source> CreateSource(Source source) => Step(() =>
    {
        if (_market.Find(source.Name) is not null) return Outcome<Source>.Failure("name", "already_exists", source.Name.Value);
        _market.Add(source);
        _changes.Add(new JournalChange.SourceSaved(source));
        return Outcome<Source>.Success(source);
    });

    public Outcome<Account> CreateAccount(Account account, Money initialBalance, DateTimeOffset now) => Step(() => _accounts.Create(account, initialBalance, now));

    /// <inheritdoc cref="AccountDesk.Rename"/>
    public Outcome<Account> RenameAccount(AccountId account, string name, string? externalId) => Step(() => _accounts.Rename(account, name, externalId));

    /// <inheritdoc cref="AccountDesk.BookCash"/>
    public Outcome<CashFlow> BookCash(AccountId account, decimal amount, string? note, DateTimeOffset now) => Step(() => _accounts.BookCash(account, amount, note, now));

    /// <inheritdoc cref="RuleDesk.Save"/>
    public Outcome<RuleSaved> SaveRule(LockRule rule, DateTimeOffset now, Price? bestSinceLock = null) => Step(() => _ruleDesk.Save(rule, now, bestSinceLock));

    /// <inheritdoc cref="RuleDesk.SaveAll"/>
    public RuleBatch SaveRules(IReadOnlyList<RuleEdit> edits, bool write, DateTimeOffset now) => Step(() => Outcome<RuleBatch>.Success(_ruleDesk.SaveAll(edits, write, now))).Value;

    /// <inheritdoc cref="RuleDesk.DeleteAll"/>
    public IReadOnlyList<RuleRefused> DeleteRules(IReadOnlyList<LockRule> seen, bool write, DateTimeOffset now) => Step(() => Outcome<IReadOnlyList<RuleRefused>>.Success(_ruleDesk.DeleteAll(seen, write, now))).Value;

    public Outcome<LockRule> DeleteRule(Guid id, DateTimeOffset now) => Step(() => _ruleDesk.Delete(id, now));

    /// <summary>The rule as it stands, for callers that change what they read; null when there is none.</summary>
    public LockRule? FindRule(Guid id) => _rules.Find(id)?.Rule;

    /// <summary>An account, and whether a feed is its clock; null when there is none.</summary>
    public (Account Account, bool Replay)? FindAccount(AccountId id) => _accounts.Find(id) is { } book ? (book.Account, book.Source.IsReplay) : null;

    /// <summary>What an account is worth now; null when there is none of that id.</summary>
    public Funds? FundsOf(AccountId id) => _accounts.Find(id)?.Ledger.Funds();

    /// <summary>An open trigger or one of the latest closed ones; null for any other.</summary>
    public LockTrigger? FindTrigger(Guid id) => _triggers.Find(id);

    /// <summary>The price by which a trigger's rule decides, now; null without a quote.</summary>
    public Price? DecidingPrice(Guid triggerId) => _triggerDesk.DecidingPrice(triggerId);

    /// <summary>When the wall clock will show that a trigger waits no more, if its account's clock goes on as the wall clock does; null: it waits for no set time.</summary>
    public DateTimeOffset? ConfirmByOnWallClock(Guid triggerId, DateTimeOffset wall) =>
        _triggers.Find(triggerId)?.ConfirmBy is { } until ? wall + (until - TriggerClock(triggerId, wall)) : null;

    public Outcome<LockTrigger> ConfirmTrigger(Guid id, Price? shownPrice, bool force, DateTimeOffset now) =>
        Step(() => _triggerDesk.Confirm(id, shownPrice, force, TriggerClock(id, now)));

    public Outcome<LockTrigger> CancelTrigger(Guid id, DateTimeOffset now) => Step(() => _triggerDesk.Cancel(id, TriggerClock(id, now)));

    /// <summary>A failed trigger whose lots were locked by hand is called done; <paramref name="note"/> says how.</summary>
    public Outcome<LockTrigger> MarkTriggerDone(Guid id, string note, DateTimeOffset now) => Step(() => _triggerDesk.MarkDone(id, note, TriggerClock(id, now)));

    public Outcome<Order> PlaceOrder(OrderRequest request, DateTimeOffset now) => Step(() => _manual.Place(request, now));

    /// <summary>What <see cref="PlaceOrder"/> would do, or why it would refuse.</summary>
    public Outcome<OrderPreview> Preview(OrderRequest request, DateTimeOffset now) => Step(() => _manual.Preview(request, now));

    /// <inheritdoc cref="ManualDesk.Quantity"/>
    public Outcome<MaxQuantity> MaxQuantity(AccountId account, Symbol symbol, OrderSide side, Price? limit, DateTimeOffset now) => Step(() => _manual.Quantity(account, symbol, side, limit, now));

    /// <inheritdoc cref="ReplaceDesk.Replace"/>
    public Outcome<Order> ReplaceOrder(ClientOrderId id, Price price, Volume? most, DateTimeOffset now) => Step(() => _replace.Replace(id, price, most, now));

    /// <inheritdoc cref="ReplaceDesk.Preview"/>
    public Outcome<ReplacePreview> PreviewReplace(ClientOrderId id, Price price, Volume? most, DateTimeOffset now) => Step(() => _replace.Preview(id, price, most, now));

    /// <inheritdoc cref="AccountDesk.SaveEquity"/>
    public int SaveEquity(TimeSpan quiet, DateTimeOffset now) => Step(() => Outcome<int>.Success(_accounts.SaveEquity(quiet, now))).Value;

    public Outcome<Order> CancelOrder(ClientOrderId id, DateTimeOffset now) => Step(() => _manual.Cancel(id, now));

    /// <inheritdoc cref="VenueTruth.Snapshot"/>
    public Outcome<SnapshotResult> ApplySnapshot(PositionSnapshot snapshot, DateTimeOffset now) => Step(() => _truth.Snapshot(snapshot, now));

    /// <inheritdoc cref="VenueTruth.Refuse"/>
    public Outcome<bool> RefuseSnapshot(AccountId id, IReadOnlyList<Problem> problems, DateTimeOffset now) => Step(() => _truth.Refuse(id, problems, now));

    /// <inheritdoc cref="BridgeDesk.Take"/>
    public Outcome<BridgeHandOut> TakeCommands(AccountId account, bool another, DateTimeOffset now, long? after = null) => Step(() => _bridge.Take(account, another, now, after));

    /// <inheritdoc cref="UnknownDesk.Preview"/>
    public Outcome<SettlementPreview> PreviewSettlement(AccountId account, ClientOrderId id, OrderSettlement settlement) => _unknown.Preview(account, id, settlement);

    /// <inheritdoc cref="UnknownDesk.Settle"/>
    public Outcome<Order> SettleOrder(AccountId account, ClientOrderId id, OrderSettlement settlement, DateTimeOffset now)
    {
        _wall = now;
        return Step(() => _unknown.Settle(account, id, settlement, Now, now));
    }

    public Outcome<BridgeReportsTaken> TakeReports(AccountId account, IReadOnlyList<BridgeReport> reports, DateTimeOffset now)
    {
        _wall = now;
        return Step(() => _truth.Reports(account, reports, Now, now));
    }

    /// <inheritdoc cref="TradeIntake"/>
    public Outcome<TradesTaken> TakeTrades(AccountId id, IReadOnlyList<ToldTrade> trades, DateTimeOffset now)
    {
        _wall = now;
        return Step(() => _truth.Trades(id, trades, Now, now));
    }

    /// <summary>What the counter says the account is worth: the first time that is its balance.</summary>
    public Outcome<FundsTold> TakeFunds(AccountId id, decimal balance, DateTimeOffset takenAt, DateTimeOffset now) => Step(() => _truth.Funds(id, balance, takenAt, now));

    /// <summary>Takes over what another program wrote into our tables.</summary>
    /// <param name="edit">It stands in the database already.</param>
    /// <param name="reasonOf">Writes the reason for which a rule that makes no sense is switched off.</param>
    /// <param name="now">The machine's clock.</param>
    public void TakeOver(OutsideEdit edit, Func<IReadOnlyList<Problem>, string> reasonOf, DateTimeOffset now)
    {
        _outside.Take(edit, reasonOf, now);
        EndStep();
    }

    public EngineSnapshot Snapshot(DateTimeOffset now) => _views.Build(now);

    /// <inheritdoc cref="EngineCapture.Take"/>
    public Outcome<RehearsalBooks> Capture(AccountId account, DateTimeOffset now) => _capture.Take(account, now);

    private DateTimeOffset Wall() => _wall;

    private DateTimeOffset Now(SymbolLane lane) => lane.Source.Now(_wall);

    private DateTimeOffset TriggerClock(Guid id, DateTimeOffset now) =>
        _triggers.Find(id) is { } trigger && _accounts.Find(trigger.AccountId) is { } account ? account.Source.Now(now) : now;

    private Outcome<T> Step<T>(Func<Outcome<T>> work)
    {
        var outcome = work();
        EndStep();
        return outcome;
    }

    private void EndStep()
    {
        _orders.Drain(Now);
        _triggerDesk.GoOn(Now);
        _unlockRules.GoOn(Now);
        _emergencyWork.GoOn(_wall);
        _strategies.GoOn();
        _changes.Flush();
    }
}
