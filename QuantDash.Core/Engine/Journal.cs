using QuantDash.Core.Audit;
using QuantDash.Core.Hosting;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Everything one engine step changed. Committed as one transaction, in sequence order, so that the database always holds a prefix of
/// what happened: an intent is durable before its order goes out (<c>TradingEngine.OnCommitted</c>).</summary>
public sealed record JournalBatch(long Sequence, IReadOnlyList<JournalChange> Changes)
{
    /// <summary>Whose doing the step was: the engine's own, unless somebody commanded it.</summary>
    public Actor Actor { get; init; } = Actor.Engine;
}

/// <summary>One row to write. Saved rows replace what was stored under the same id; <c>Before</c> is what that was, null for a new one, for the audit alone.</summary>
public abstract record JournalChange
{
    private JournalChange() { }

    public sealed record SourceSaved(Source Source) : JournalChange;
    public sealed record AccountSaved(Account Account, Account? Before = null) : JournalChange;
    public sealed record LedgerSaved(LedgerBalances Balances) : JournalChange;
    public sealed record CashFlowAdded(CashFlow Flow) : JournalChange;
    public sealed record RuleSaved(LockRule Rule, LockRule? Before = null) : JournalChange;
    public sealed record RuleDeleted(Guid RuleId, LockRule? Before = null) : JournalChange;
    public sealed record RuleStateSaved(LockRuleState State) : JournalChange;
    public sealed record TriggerSaved(LockTrigger Trigger, LockTrigger? Before = null) : JournalChange;
    public sealed record ExecutionSaved(LockExecution Execution) : JournalChange;
    public sealed record OrderSaved(Order Order, Order? Before = null) : JournalChange;
    public sealed record HeldOrderSaved(HeldOrder Held, HeldOrder? Before = null) : JournalChange;
    public sealed record AlertSaved(PriceAlert Alert, PriceAlert? Before = null) : JournalChange;
    public sealed record AlertDeleted(PriceAlert Before) : JournalChange;
    /// <summary>All limits of an account; those of <c>Before</c> that are not among them are gone.</summary>
    public sealed record LimitsSaved(AccountId AccountId, IReadOnlyList<StoredLimits> Limits, IReadOnlyList<StoredLimits> Before) : JournalChange;
    public sealed record FillAdded(Fill Fill, FillAccounting Accounting) : JournalChange;
    public sealed record LotSaved(Lot Lot) : JournalChange;
    public sealed record LotRemoved(Guid LotId) : JournalChange;
    public sealed record UnexplainedSaved(UnexplainedVolume Unexplained) : JournalChange;
    public sealed record LockSaved(PositionLock Lock, PositionLock? Before = null) : JournalChange;
    public sealed record SettlementSaved(AccountSettlement Settlement) : JournalChange;
    public sealed record EquityPointAdded(AccountId AccountId, DateTimeOffset At, Funds Funds) : JournalChange;
    /// <summary>The account's row of balances, within a second of the engine.</summary>
    public sealed record FundsSaved(Funds Funds, DateTimeOffset At) : JournalChange;
    public sealed record PositionSaved(PositionView Position, DateTimeOffset At) : JournalChange;
    public sealed record ReconciliationKept(ReconciliationRecord Record) : JournalChange;
    public sealed record StrategySaved(StrategyInstance Strategy, StrategyInstance? Before = null) : JournalChange;
    public sealed record StrategyDeleted(StrategyInstance Before) : JournalChange;
    public sealed record StrategyRunSaved(StrategyRun Run, StrategyRun? Before = null) : JournalChange;
    public sealed record StrategySignalSaved(StrategySignal Signal, StrategySignal? Before = null) : JournalChange;
    public sealed record StrategyBookSaved(StrategyBook Book) : JournalChange;
    public sealed record StrategyMemorySaved(StrategyMemory Memory) : JournalChange;
    public sealed record EventAdded(TapeEvent Event) : JournalChange;
}

/// <summary>Where batches go. Appending never blocks on the disk.</summary>
public interface IJournal
{
    /// <summary>Raised, on the journal's own thread, with the last sequence that is durable.</summary>
    event Action<long> Committed;

    void Append(JournalBatch batch);
}

/// <summary>Where the engine's state is read back from at start.</summary>
public interface IRecoverySource
{
    Task<RecoveredState> LoadAsync(CancellationToken stop);
}

/// <summary>Everything the engine needs to go on where it stopped: starting and recovering are one code path.</summary>
public sealed record RecoveredState
{
    public static RecoveredState Empty { get; } = new();

    public IReadOnlyList<Source> Sources { get; init; } = [];
    public IReadOnlyList<Account> Accounts { get; init; } = [];
    public IReadOnlyList<LedgerBalances> Ledgers { get; init; } = [];
    public IReadOnlyList<Lot> Lots { get; init; } = [];

    /// <summary>How far the legs had been that are held.</summary>
    public IReadOnlyList<StoredExcursion> Excursions { get; init; } = [];
    public IReadOnlyList<LockRule> Rules { get; init; } = [];
    public IReadOnlyList<LockRuleState> RuleStates { get; init; } = [];

    /// <summary>All open triggers and the latest few hundred closed ones.</summary>
    public IReadOnlyList<LockTrigger> Triggers { get; init; } = [];

    /// <summary>Executions of these triggers: a partly executed one goes on growing, and a trade that is told late adds to a closed one.</summary>
    public IReadOnlyList<LockExecution> Executions { get; init; } = [];

    /// <summary>Orders that are not final, and those that are of the current trading day or ended within the last two.</summary>
    public IReadOnlyList<Order> Orders { get; init; } = [];

    /// <summary>Those that wait, and the latest few hundred others.</summary>
    public IReadOnlyList<HeldOrder> HeldOrders { get; init; } = [];

    /// <summary>Those that wait, and those that were told.</summary>
    public IReadOnlyList<PriceAlert> Alerts { get; init; } = [];

    /// <summary>Limits that somebody set.</summary>
    public IReadOnlyList<StoredLimits> Limits { get; init; } = [];

    /// <summary>The trades of each account that were made within its last two trading days or are of one of <see cref="Orders"/>.</summary>
    public IReadOnlyList<BookedTrade> BookedTrades { get; init; } = [];

    /// <summary>What position snapshots changed and no trade has explained yet.</summary>
    public IReadOnlyList<UnexplainedVolume> Unexplained { get; init; } = [];

    /// <summary>Locks that are active or broken.</summary>
    public IReadOnlyList<PositionLock> Locks { get; init; } = [];

    public IReadOnlyList<StrategyInstance> Strategies { get; init; } = [];

    /// <summary>The latest run of each.</summary>
    public IReadOnlyList<StrategyRun> StrategyRuns { get; init; } = [];

    /// <summary>Those that are not over, and the latest few of each strategy.</summary>
    public IReadOnlyList<StrategySignal> StrategySignals { get; init; } = [];
    public IReadOnlyList<StrategyBook> StrategyBooks { get; init; } = [];
    public IReadOnlyList<StrategyMemory> StrategyMemories { get; init; } = [];

    /// <summary>The last stored tick of every contract that a rule watches.</summary>
    public IReadOnlyList<LastTick> LastTicks { get; init; } = [];
    public long LastEventNumber { get; init; }

    /// <summary>Where batch sequences go on; they count from 1 in every process.</summary>
    public long NextSequence { get; init; } = 1;
}

/// <summary>One entry of the tape: numbered, never dropped. The sentence is written by Web from the key and the values.</summary>
public sealed record TapeEvent
{
    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required TapeSeverity Severity { get; init; }

    /// <summary>Message key, e.g. <c>lock.fired</c>, <c>order.rejected</c>, <c>feed.stale</c>.</summary>
    public required string Key { get; init; }
    public IReadOnlyList<string> Values { get; init; } = [];
    public AccountId? AccountId { get; init; }
    public Symbol? Symbol { get; init; }

    /// <summary>Trigger, order, lock or rule it is about.</summary>
    public Guid? SubjectId { get; init; }
}

public enum TapeSeverity { Info, Success, Warning, Danger }
