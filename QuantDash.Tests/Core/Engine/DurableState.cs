using QuantDash.Core.Engine;

namespace QuantDash.Tests.Core.Engine;

/// <summary>What storage would read back after the batches up to a sequence were durable, and nothing else.</summary>
public static class DurableState
{
    public static RecoveredState After(IEnumerable<JournalBatch> batches, long durable)
    {
        var changes = batches.Where(batch => batch.Sequence <= durable).SelectMany(batch => batch.Changes).ToList();
        var removed = Of<JournalChange.LotRemoved>(changes).Select(change => change.LotId).ToHashSet();
        return new()
        {
            Sources = [.. Of<JournalChange.SourceSaved>(changes).Select(change => change.Source)],
            Accounts = Latest(changes, (JournalChange.AccountSaved change) => change.Account, account => account.Id),
            Ledgers = Latest(changes, (JournalChange.LedgerSaved change) => change.Balances, balances => balances.AccountId),
            Lots = [.. Latest(changes, (JournalChange.LotSaved change) => change.Lot, lot => lot.Id).Where(lot => !removed.Contains(lot.Id))],
            Rules = Latest(changes, (JournalChange.RuleSaved change) => change.Rule, rule => rule.Id),
            RuleStates = Latest(changes, (JournalChange.RuleStateSaved change) => change.State, state => state.RuleId),
            Triggers = Latest(changes, (JournalChange.TriggerSaved change) => change.Trigger, trigger => trigger.Id),
            Executions = Latest(changes, (JournalChange.ExecutionSaved change) => change.Execution, execution => execution.Id),
            Orders = Latest(changes, (JournalChange.OrderSaved change) => change.Order, order => order.Id),
            FillKeys = [.. Of<JournalChange.FillAdded>(changes).Select(change => change.Fill.Key)],
            Unexplained = Latest(changes, (JournalChange.UnexplainedSaved change) => change.Unexplained, left => (left.AccountId, left.Symbol, left.Side, left.Added)),
            Locks = Latest(changes, (JournalChange.LockSaved change) => change.Lock, held => held.Id),
            LastEventNumber = Of<JournalChange.EventAdded>(changes).Select(change => change.Event.Number).DefaultIfEmpty().Max(),
            NextSequence = durable + 1,
        };
    }

    private static IEnumerable<T> Of<T>(IEnumerable<JournalChange> changes) => changes.OfType<T>();

    private static IReadOnlyList<TRow> Latest<TChange, TRow, TKey>(IEnumerable<JournalChange> changes, Func<TChange, TRow> row, Func<TRow, TKey> key)
        where TKey : notnull =>
        [.. changes.OfType<TChange>().Select(row).GroupBy(key).Select(versions => versions.Last())];
}
