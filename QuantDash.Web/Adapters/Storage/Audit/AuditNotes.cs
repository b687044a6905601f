using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Audit;

/// <summary>What a step of the engine did, as notes: one for each rule, trigger, order, trade, lock or account that changed, with the sentences that were told about
/// it as its reason. A sentence about nothing that changed is a note of its own. Marks, funds and lots follow from these and are left out.</summary>
internal sealed class AuditNotes
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RowWords _source;
    private readonly RowWords _account;
    private readonly RowWords _cashFlow;
    private readonly RowWords _rule;
    private readonly RowWords _trigger;
    private readonly RowWords _order;
    private readonly RowWords _heldOrder;
    private readonly RowWords _alert;
    private readonly RowWords _limits;
    private readonly RowWords _trade;
    private readonly RowWords _lock;
    private readonly RowWords _settlement;
    private readonly RowWords _strategy;
    private readonly RowWords _strategyRun;
    private readonly RowWords _signal;

    public AuditNotes(IModel model)
    {
        RowWords Words<T>() => new(model.FindEntityType(typeof(T))!);
        _source = Words<SourceRow>();
        _account = Words<AccountRow>();
        _cashFlow = Words<CashFlowRow>();
        _rule = Words<LockConfigRow>();
        _trigger = Words<LockTriggerRow>();
        _order = Words<OrderRow>();
        _heldOrder = Words<HeldOrderRow>();
        _alert = Words<PriceAlertRow>();
        _limits = Words<RiskLimitsRow>();
        _trade = Words<TradeRow>();
        _lock = Words<LockRow>();
        _settlement = Words<SettlementRow>();
        _strategy = Words<StrategyConfigRow>();
        _strategyRun = Words<StrategyRunRow>();
        _signal = Words<StrategyTriggerRow>();
    }

    public IReadOnlyList<AuditNote> Of(JournalBatch batch, DateTimeOffset at)
    {
        var drafts = new List<Draft>();
        foreach (var change in batch.Changes)
        {
            if (change is JournalChange.LimitsSaved limits) drafts.AddRange(Of(limits));
            else if (DraftOf(change, drafts) is { } draft) drafts.Add(draft);
        }
        foreach (var change in batch.Changes)
            if (change is JournalChange.EventAdded { Event: var told }) Tell(told, drafts);
        return [.. drafts.Select(draft => draft.Note with
        {
            At = at,
            Actor = batch.Actor with { Name = StorableText.Of(batch.Actor.Name) },
            Reason = draft.Sentences.Count == 0 ? null : JsonSerializer.Serialize(draft.Sentences, Json),
        })];
    }

    private Draft? DraftOf(JournalChange change, List<Draft> before) => change switch
    {
        JournalChange.SourceSaved { Source: var source } => new(Guid.Empty, Note("source.created", source.Name.Value) with { After = _source.Of(SourceRow.From(source)) }),
        JournalChange.AccountSaved saved => Of(saved),
        JournalChange.CashFlowAdded { Flow: var flow } => new(flow.Id, Note("cash.booked", flow.Id.ToString(), flow.AccountId) with { After = _cashFlow.Of(CashFlowRow.From(flow)) }),
        JournalChange.SettlementSaved { Settlement: var settled } =>
            new(Guid.Empty, Note("account.settled", settled.AccountId.ToString(), settled.AccountId) with { After = _settlement.Of(SettlementRow.From(settled)) }),
        JournalChange.RuleSaved saved => Of(saved),
        JournalChange.RuleDeleted { Before: { } rule } => new(rule.Id, Note("rule.deleted", rule.Id.ToString(), rule.AccountId, rule.Symbol, rule.Id) with { Before = _rule.Of(LockConfigRow.From(rule)) }),
        JournalChange.TriggerSaved saved => Of(saved),
        JournalChange.OrderSaved saved => Of(saved),
        JournalChange.HeldOrderSaved saved => Of(saved),
        JournalChange.AlertSaved saved => Of(saved),
        JournalChange.AlertDeleted { Before: var alert } => new(alert.Id, Note("price_alert.deleted", alert.Id.ToString(), null, alert.Symbol, alert.Id) with { Before = _alert.Of(PriceAlertRow.From(alert)) }),
        JournalChange.FillAdded added => Of(added, before),
        JournalChange.LockSaved saved => Of(saved),
        JournalChange.StrategySaved saved => Of(saved),
        JournalChange.StrategyDeleted { Before: var gone } => new(gone.Id, Note("strategy.deleted", gone.Id.ToString(), gone.AccountId, null, gone.Id) with { Before = _strategy.Of(StrategyConfigRow.From(gone)) }),
        JournalChange.StrategyRunSaved saved => Of(saved),
        JournalChange.StrategySignalSaved saved => Of(saved),
        _ => null,
    };

    private Draft? Of(JournalChange.AccountSaved saved)
    {
        var (account, before) = (saved.Account, saved.Before);
        var action = before is null ? "created" : WhatChanged(before, account);
        return Changed(Note($"account.{action}", account.Id.ToString(), account.Id), account.Id.Value, _account, AccountRow.From(account), before is null ? null : AccountRow.From(before));
    }

    private static string WhatChanged(Account before, Account after)
    {
        if (before.IsClosed != after.IsClosed) return after.IsClosed ? "closed" : "reopened";
        return before.Halt == after.Halt ? "changed" : after.Halt is null ? "resumed" : "halted";
    }

    private Draft? Of(JournalChange.RuleSaved saved)
    {
        var rule = saved.Rule;
        var note = Note(saved.Before is null ? "rule.created" : "rule.changed", rule.Id.ToString(), rule.AccountId, rule.Symbol, rule.Id);
        return Changed(note, rule.Id, _rule, LockConfigRow.From(rule), saved.Before is { } before ? LockConfigRow.From(before) : null);
    }

    private Draft? Of(JournalChange.TriggerSaved saved)
    {
        var trigger = saved.Trigger;
        var action = trigger.Status == saved.Before?.Status ? "changed" : EnumText<TriggerStatus>.Of(trigger.Status);
        var note = Note($"trigger.{action}", trigger.Id.ToString(), trigger.AccountId, trigger.Symbol, trigger.Id);
        return Changed(note, trigger.Id, _trigger, LockTriggerRow.From(trigger), saved.Before is { } before ? LockTriggerRow.From(before) : null);
    }

    private Draft? Of(JournalChange.OrderSaved saved)
    {
        var order = saved.Order;
        var action = order.State == saved.Before?.State ? "changed" : EnumText<OrderState>.Of(order.State);
        var note = Note($"order.{action}", order.Id.Value, order.AccountId, order.Symbol, order.TriggerId ?? order.OriginId);
        return Changed(note, order.OriginId, _order, OrderRow.From(order), saved.Before is { } before ? OrderRow.From(before) : null);
    }

    private Draft? Of(JournalChange.HeldOrderSaved saved)
    {
        var held = saved.Held;
        var action = saved.Before is null ? "created" : EnumText<HeldState>.Of(held.State);
        var note = Note($"held_order.{action}", held.Id.ToString(), held.Order.AccountId, held.Order.Symbol, held.Id);
        return Changed(note, held.Id, _heldOrder, HeldOrderRow.From(held), saved.Before is { } before ? HeldOrderRow.From(before) : null);
    }

    private Draft? Of(JournalChange.AlertSaved saved)
    {
        var alert = saved.Alert;
        var action = saved.Before is null ? "created" : saved.Before.Times < alert.Times ? "told" : "changed";
        var note = Note($"price_alert.{action}", alert.Id.ToString(), null, alert.Symbol, alert.Id);
        return Changed(note, alert.Id, _alert, PriceAlertRow.From(alert), saved.Before is { } before ? PriceAlertRow.From(before) : null);
    }

    /// <summary>One for each row that is new, differs or is gone.</summary>
    private IEnumerable<Draft> Of(JournalChange.LimitsSaved saved)
    {
        foreach (var limits in saved.Limits)
        {
            var before = saved.Before.FirstOrDefault(one => one.Id == limits.Id);
            var note = Note(before is null ? "limits.created" : "limits.changed", limits.Id.ToString(), limits.AccountId, limits.Symbol);
            if (Changed(note, limits.Id, _limits, RiskLimitsRow.From(limits), before is null ? null : RiskLimitsRow.From(before)) is { } draft) yield return draft;
        }

        foreach (var gone in saved.Before.Where(one => saved.Limits.All(limits => limits.Id != one.Id)))
            yield return new(gone.Id, Note("limits.deleted", gone.Id.ToString(), gone.AccountId, gone.Symbol) with { Before = _limits.Of(RiskLimitsRow.From(gone)) });
    }

    private Draft Of(JournalChange.FillAdded added, List<Draft> before)
    {
        var fill = added.Fill;
        // Its order is saved in the same step, before it.
        var order = before.LastOrDefault(draft => fill.OrderId is { } id && draft.Note.Subject == id.Value);
        var note = Note("trade.booked", fill.TradeId, fill.AccountId, fill.Symbol, order?.Note.CorrelationId);
        return new(Guid.Empty, note with { After = _trade.Of(TradeRow.From(fill, added.Accounting)) });
    }

    private Draft? Of(JournalChange.LockSaved saved)
    {
        var held = saved.Lock;
        var action = held.Status == saved.Before?.Status ? "changed" : EnumText<LockStatus>.Of(held.Status);
        var note = Note($"lock.{action}", held.Id.ToString(), held.AccountId, held.Symbol, held.TriggerId ?? held.Id);
        return Changed(note, held.Id, _lock, LockRow.From(held), saved.Before is { } before ? LockRow.From(before) : null);
    }

    private Draft? Of(JournalChange.StrategySaved saved)
    {
        var strategy = saved.Strategy;
        var note = Note(saved.Before is null ? "strategy.created" : "strategy.changed", strategy.Id.ToString(), strategy.AccountId, null, strategy.Id);
        return Changed(note, strategy.Id, _strategy, StrategyConfigRow.From(strategy), saved.Before is { } before ? StrategyConfigRow.From(before) : null);
    }

    /// <summary>What it did meanwhile is in its signals and trades.</summary>
    private Draft? Of(JournalChange.StrategyRunSaved saved)
    {
        var run = saved.Run;
        if (run.State == saved.Before?.State) return null;
        var note = Note($"strategy.{EnumText<StrategyRunState>.Of(run.State)}", run.InstanceId.ToString(), run.AccountId, null, run.InstanceId);
        return Changed(note, run.InstanceId, _strategyRun, StrategyRunRow.From(run), saved.Before is { } before ? StrategyRunRow.From(before) : null);
    }

    private Draft? Of(JournalChange.StrategySignalSaved saved)
    {
        var signal = saved.Signal;
        var action = saved.Before is null ? "given" : signal.IsOver ? EnumText<SignalResult>.Of(signal.Result) : "changed";
        var note = Note($"signal.{action}", signal.Id.ToString(), signal.AccountId, signal.Symbol, signal.Id);
        return Changed(note, signal.Id, _signal, StrategyTriggerRow.From(signal), saved.Before is { } before ? StrategyTriggerRow.From(before) : null);
    }

    private static Draft? Changed(AuditNote note, Guid id, RowWords words, object row, object? before)
    {
        if (before is null) return new(id, note with { After = words.Of(row) });
        return words.Difference(before, row) is { } difference ? new(id, note with { Before = difference.Before, After = difference.After }) : null;
    }

    private static void Tell(TapeEvent told, List<Draft> drafts)
    {
        var sentence = new Sentence(told.Key, [.. told.Values.Select(StorableText.Of)]);
        var about = told.SubjectId is { } id ? About(id, drafts) : drafts.FirstOrDefault(draft => draft.Note.Action == told.Key);
        if (about is not null)
        {
            about.Sentences.Add(sentence);
            return;
        }

        var own = new Draft(Guid.Empty, Note(told.Key, told.SubjectId?.ToString(), told.AccountId, told.Symbol, told.SubjectId));
        own.Sentences.Add(sentence);
        drafts.Add(own);
    }

    /// <summary>What has this id itself before what belongs to it: a firing before its orders.</summary>
    private static Draft? About(Guid id, List<Draft> drafts) =>
        drafts.Find(draft => draft.Id == id && draft.Note.Subject == id.ToString()) ?? drafts.Find(draft => draft.Id == id);

    // Time and actor are the step's and put in at the end.
    private static AuditNote Note(string action, string? subject, AccountId? account = null, Symbol? symbol = null, Guid? correlation = null) => new()
    {
        At = default, Actor = Actor.Engine, Action = action, AccountId = account, Symbol = symbol, Subject = subject is null ? null : StorableText.Of(subject), CorrelationId = correlation,
    };

    private sealed record Sentence(string Key, IReadOnlyList<string> Values);

    /// <param name="Id">By which sentences are told about it; empty when none are.</param>
    private sealed record Draft(Guid Id, AuditNote Note)
    {
        public List<Sentence> Sentences { get; } = [];
    }
}
