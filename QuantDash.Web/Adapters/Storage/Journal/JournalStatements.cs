using Microsoft.EntityFrameworkCore.Metadata;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>What each <see cref="JournalChange"/> is in SQL.</summary>
internal sealed class JournalStatements
{
    // Funds are not among them: saving an account must not wipe what the funds said last.
    private static readonly string[] AccountColumns =
        ["id", "external_id", "name", "venue", "currency", "source", "is_demo", "created_at", "halted_at", "halt_reason", "closed_at", "updated_at"];

    private static readonly string[] AccountFunds = ["balance", "available", "margin", "unrealized_pnl", "realized_pnl", "updated_at"];

    private readonly RowStatement _source;
    private readonly RowStatement _account;
    private readonly RowStatement _accountFunds;
    private readonly RowStatement _ledger;
    private readonly RowStatement _cashFlow;
    private readonly RowStatement _rule;
    private readonly RowStatement _ruleDeleteIsOurs;
    private readonly RowStatement _ruleDelete;
    private readonly RowStatement _ruleStateDelete;
    private readonly RowStatement _ruleState;
    private readonly RowStatement _trigger;
    private readonly RowStatement _execution;
    private readonly RowStatement _order;
    private readonly RowStatement _heldOrder;
    private readonly RowStatement _trade;
    private readonly RowStatement _lot;
    private readonly RowStatement _alert;
    private readonly RowStatement _alertDelete;
    private readonly RowStatement _limits;
    private readonly RowStatement _limitsDeleteIsOurs;
    private readonly RowStatement _limitsDelete;
    private readonly RowStatement _lotDelete;
    private readonly RowStatement _unexplained;
    private readonly RowStatement _lock;
    private readonly RowStatement _settlement;
    private readonly RowStatement _equity;
    private readonly RowStatement _position;
    private readonly RowStatement _reconciliation;
    private readonly RowStatement _strategy;
    private readonly RowStatement _strategyDelete;
    private readonly RowStatement _strategyRun;
    private readonly RowStatement _strategySignal;
    private readonly RowStatement _strategyBook;
    private readonly RowStatement _strategyState;
    private readonly RowStatement _event;
    private readonly RowStatement _notification;
    private readonly RowStatement _audit;

    public JournalStatements(IModel model)
    {
        IEntityType Entity<T>() => model.FindEntityType(typeof(T))!;
        _source = RowStatement.Upsert(Entity<SourceRow>());
        _account = RowStatement.Upsert(Entity<AccountRow>(), AccountColumns);
        _accountFunds = RowStatement.Update(Entity<AccountRow>(), AccountFunds);
        _ledger = RowStatement.Upsert(Entity<AccountLedgerRow>());
        _cashFlow = RowStatement.Upsert(Entity<CashFlowRow>());
        _rule = RowStatement.Upsert(Entity<LockConfigRow>(), yields: true);
        _ruleDeleteIsOurs = RowStatement.ByKey(Entity<LockConfigRow>(), "UPDATE lock_configs SET revision = -1 WHERE id = @p0");
        _ruleDelete = RowStatement.ByKey(Entity<LockConfigRow>(), "DELETE FROM lock_configs WHERE id = @p0");
        _ruleStateDelete = RowStatement.ByKey(Entity<LockRuleStateRow>(), "DELETE FROM lock_rule_states WHERE rule_id = @p0");
        _ruleState = RowStatement.Upsert(Entity<LockRuleStateRow>());
        _trigger = RowStatement.Upsert(Entity<LockTriggerRow>());
        _execution = RowStatement.Upsert(Entity<LockExecutionRow>());
        _order = RowStatement.Upsert(Entity<OrderRow>());
        _heldOrder = RowStatement.Upsert(Entity<HeldOrderRow>());
        _trade = RowStatement.Upsert(Entity<TradeRow>());
        _lot = RowStatement.Upsert(Entity<LotRow>());
        _alert = RowStatement.Upsert(Entity<PriceAlertRow>());
        _alertDelete = RowStatement.ByKey(Entity<PriceAlertRow>(), "DELETE FROM price_alerts WHERE id = @p0");
        _limits = RowStatement.Upsert(Entity<RiskLimitsRow>(), yields: true);
        _limitsDeleteIsOurs = RowStatement.ByKey(Entity<RiskLimitsRow>(), "UPDATE risk_limits SET revision = -1 WHERE id = @p0");
        _limitsDelete = RowStatement.ByKey(Entity<RiskLimitsRow>(), "DELETE FROM risk_limits WHERE id = @p0");
        _lotDelete = RowStatement.ByKey(Entity<LotRow>(), "DELETE FROM lots WHERE id = @p0");
        _unexplained = RowStatement.Upsert(Entity<UnexplainedVolumeRow>());
        _lock = RowStatement.Upsert(Entity<LockRow>());
        _settlement = RowStatement.Upsert(Entity<SettlementRow>());
        _equity = RowStatement.Upsert(Entity<EquityPointRow>());
        _position = RowStatement.Upsert(Entity<PositionRow>());
        _reconciliation = RowStatement.Upsert(Entity<ReconciliationRunRow>());
        _strategy = RowStatement.Upsert(Entity<StrategyConfigRow>());
        _strategyDelete = RowStatement.ByKey(Entity<StrategyConfigRow>(), "DELETE FROM strategy_configs WHERE id = @p0");
        _strategyRun = RowStatement.Upsert(Entity<StrategyRunRow>());
        _strategySignal = RowStatement.Upsert(Entity<StrategyTriggerRow>());
        _strategyBook = RowStatement.Upsert(Entity<StrategyBookRow>());
        _strategyState = RowStatement.Upsert(Entity<StrategyStateRow>());
        _event = RowStatement.Upsert(Entity<TapeEventRow>());
        _notification = RowStatement.InsertOnce(Entity<NotificationRow>(), NotificationRow.QueuedColumns);
        _audit = RowStatement.Insert(Entity<AuditRow>());
    }

    public void Write(AuditEntry entry, IStatementSink sink) => sink.Execute(_audit, AuditRow.From(entry));

    public void Write(JournalChange change, IStatementSink sink)
    {
        switch (change)
        {
            case JournalChange.SourceSaved saved: sink.Execute(_source, SourceRow.From(saved.Source)); break;
            case JournalChange.AccountSaved saved: sink.Execute(_account, AccountRow.From(saved.Account)); break;
            case JournalChange.LedgerSaved saved: sink.Execute(_ledger, AccountLedgerRow.From(saved.Balances)); break;
            case JournalChange.CashFlowAdded added: sink.Execute(_cashFlow, CashFlowRow.From(added.Flow)); break;
            case JournalChange.RuleSaved saved: sink.Execute(_rule, LockConfigRow.From(saved.Rule)); break;
            case JournalChange.RuleDeleted deleted: DeleteRule(deleted.RuleId, sink); break;
            case JournalChange.RuleStateSaved saved: sink.Execute(_ruleState, LockRuleStateRow.From(saved.State)); break;
            case JournalChange.TriggerSaved saved: sink.Execute(_trigger, LockTriggerRow.From(saved.Trigger)); break;
            case JournalChange.ExecutionSaved saved: sink.Execute(_execution, LockExecutionRow.From(saved.Execution)); break;
            case JournalChange.OrderSaved saved: sink.Execute(_order, OrderRow.From(saved.Order)); break;
            case JournalChange.HeldOrderSaved saved: sink.Execute(_heldOrder, HeldOrderRow.From(saved.Held)); break;
            case JournalChange.AlertSaved saved: sink.Execute(_alert, PriceAlertRow.From(saved.Alert)); break;
            case JournalChange.AlertDeleted deleted: sink.Execute(_alertDelete, deleted.Before.Id); break;
            case JournalChange.LimitsSaved saved: SaveLimits(saved, sink); break;
            case JournalChange.FillAdded added: sink.Execute(_trade, TradeRow.From(added.Fill, added.Accounting)); break;
            case JournalChange.LotSaved saved: sink.Execute(_lot, LotRow.From(saved.Lot)); break;
            case JournalChange.LotRemoved removed: sink.Execute(_lotDelete, removed.LotId); break;
            case JournalChange.UnexplainedSaved saved: sink.Execute(_unexplained, UnexplainedVolumeRow.From(saved.Unexplained)); break;
            case JournalChange.LockSaved saved: sink.Execute(_lock, LockRow.From(saved.Lock)); break;
            case JournalChange.SettlementSaved saved: sink.Execute(_settlement, SettlementRow.From(saved.Settlement)); break;
            case JournalChange.EquityPointAdded added: sink.Execute(_equity, EquityPointRow.From(added.At, added.Funds)); break;
            case JournalChange.FundsSaved saved: sink.Execute(_accountFunds, AccountRow.FundsOf(saved.At, saved.Funds)); break;
            case JournalChange.PositionSaved saved: sink.Execute(_position, PositionRow.From(saved.Position, saved.At)); break;
            case JournalChange.ReconciliationKept kept: sink.Execute(_reconciliation, ReconciliationRunRow.From(kept.Record)); break;
            case JournalChange.StrategySaved saved: sink.Execute(_strategy, StrategyConfigRow.From(saved.Strategy)); break;
            case JournalChange.StrategyDeleted deleted: sink.Execute(_strategyDelete, deleted.Before.Id); break;
            case JournalChange.StrategyRunSaved saved: sink.Execute(_strategyRun, StrategyRunRow.From(saved.Run)); break;
            case JournalChange.StrategySignalSaved saved: sink.Execute(_strategySignal, StrategyTriggerRow.From(saved.Signal)); break;
            case JournalChange.StrategyBookSaved saved: sink.Execute(_strategyBook, StrategyBookRow.From(saved.Book)); break;
            case JournalChange.StrategyMemorySaved saved: sink.Execute(_strategyState, StrategyStateRow.From(saved.Memory)); break;
            case JournalChange.EventAdded added: AddEvent(added.Event, sink); break;
            default: throw new ArgumentOutOfRangeException(nameof(change), change, "No table is known for this change.");
        }
    }

    /// <summary>What is to be announced is queued with the event itself: neither is there without the other, whatever happens in between.</summary>
    private void AddEvent(TapeEvent entry, IStatementSink sink)
    {
        sink.Execute(_event, TapeEventRow.From(entry));
        if (NotificationTable.For(entry.Key, entry.Severity) is not null) sink.Execute(_notification, NotificationRow.Queued(entry.Number));
    }

    private void SaveLimits(JournalChange.LimitsSaved saved, IStatementSink sink)
    {
        foreach (var gone in saved.Before.Where(before => saved.Limits.All(limits => limits.Id != before.Id)))
        {
            sink.Execute(_limitsDeleteIsOurs, gone.Id);
            sink.Execute(_limitsDelete, gone.Id);
        }

        foreach (var limits in saved.Limits) sink.Execute(_limits, RiskLimitsRow.From(limits));
    }

    // Marked first, so that the database's own trigger does not take it for another program's doing.
    private void DeleteRule(Guid id, IStatementSink sink)
    {
        sink.Execute(_ruleDeleteIsOurs, id);
        sink.Execute(_ruleDelete, id);
        sink.Execute(_ruleStateDelete, id);
    }
}
