using QuantDash.Core.Engine;
using QuantDash.Core.Positions;

namespace QuantDash.Tests.Core.Engine;

/// <summary>What storage would read back after the batches up to a sequence were durable, and nothing else.</summary>
public static class DurableState
{
    public static RecoveredState After(IEnumerable<JournalBatch> batches, long durable)
    {
        var changes = batches.Where(batch => batch.Sequence <= durable).SelectMany(batch => batch.Changes).ToList();
        return new()
        {
            Sources = [.. Of<JournalChange.SourceSaved>(changes).Select(change => change.Source)],
            Accounts = Latest(changes, (JournalChange.AccountSaved change) => change.Account, account => account.Id),
            Ledgers = Latest(changes, (JournalChange.LedgerSaved change) => change.Balances, balances => balances.AccountId),
            Lots = LotsAfter(changes),
            Excursions = [.. Latest(changes, (JournalChange.PositionSaved change) => change.Position, position => (position.AccountId, position.Contract.Symbol)).SelectMany(Excursions)],
            Rules = Latest(changes, (JournalChange.RuleSaved change) => change.Rule, rule => rule.Id),
            RuleStates = Latest(changes, (JournalChange.RuleStateSaved change) => change.State, state => state.RuleId),
            Triggers = Latest(changes, (JournalChange.TriggerSaved change) => change.Trigger, trigger => trigger.Id),
            Executions = Latest(changes, (JournalChange.ExecutionSaved change) => change.Execution, execution => execution.Id),
            Orders = Latest(changes, (JournalChange.OrderSaved change) => change.Order, order => order.Id),
            BookedTrades = [.. Of<JournalChange.FillAdded>(changes).Select(change => BookedTrade.Of(change.Fill))],
            Unexplained = Latest(changes, (JournalChange.UnexplainedSaved change) => change.Unexplained, left => (left.AccountId, left.Symbol, left.Side, left.Added)),
            HeldOrders = Latest(changes, (JournalChange.HeldOrderSaved change) => change.Held, held => held.Id),
            Limits = [.. Of<JournalChange.LimitsSaved>(changes).GroupBy(change => change.AccountId).SelectMany(versions => versions.Last().Limits)],
            Alerts = [.. Latest(changes, (JournalChange.AlertSaved change) => change.Alert, alert => alert.Id).Where(alert => !Of<JournalChange.AlertDeleted>(changes).Any(gone => gone.Before.Id == alert.Id))],
            Strategies = [.. Latest(changes, (JournalChange.StrategySaved change) => change.Strategy, strategy => strategy.Id).Where(one => !Of<JournalChange.StrategyDeleted>(changes).Any(gone => gone.Before.Id == one.Id))],
            StrategyRuns = Latest(changes, (JournalChange.StrategyRunSaved change) => change.Run, run => run.Id),
            StrategySignals = Latest(changes, (JournalChange.StrategySignalSaved change) => change.Signal, signal => signal.Id),
            StrategyBooks = Latest(changes, (JournalChange.StrategyBookSaved change) => change.Book, book => (book.InstanceId, book.Symbol)),
            StrategyMemories = Latest(changes, (JournalChange.StrategyMemorySaved change) => change.Memory, memory => memory.InstanceId),
            Locks = Latest(changes, (JournalChange.LockSaved change) => change.Lock, held => held.Id),
            LastEventNumber = Of<JournalChange.EventAdded>(changes).Select(change => change.Event.Number).DefaultIfEmpty().Max(),
            NextSequence = durable + 1,
        };
    }

    /// <summary>A lot that was removed may come back: a snapshot took it, and a trade that was told later says otherwise.</summary>
    private static IReadOnlyList<Lot> LotsAfter(IEnumerable<JournalChange> changes)
    {
        var lots = new Dictionary<Guid, Lot>();
        foreach (var change in changes)
        {
            if (change is JournalChange.LotSaved saved) lots[saved.Lot.Id] = saved.Lot;
            else if (change is JournalChange.LotRemoved gone) lots.Remove(gone.LotId);
        }
        return [.. lots.Values];
    }

    private static IEnumerable<StoredExcursion> Excursions(PositionView position) =>
        from leg in (LegView[])[position.Long, position.Short]
        let seen = leg.Excursion
        where seen is not null
        select new StoredExcursion(position.AccountId, position.Contract.Symbol, leg.Side, seen);

    private static IEnumerable<T> Of<T>(IEnumerable<JournalChange> changes) => changes.OfType<T>();

    private static IReadOnlyList<TRow> Latest<TChange, TRow, TKey>(IEnumerable<JournalChange> changes, Func<TChange, TRow> row, Func<TRow, TKey> key)
        where TKey : notnull =>
        [.. changes.OfType<TChange>().Select(row).GroupBy(key).Select(versions => versions.Last())];
}
