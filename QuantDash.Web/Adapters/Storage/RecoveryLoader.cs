using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Reads back what the engine needs to go on. A rule that another program left unreadable while we were off is switched off with its
/// reason and left out.</summary>
internal sealed class RecoveryLoader(StorageTarget target, JournalWriter journal, ITickArchive ticks, ILogger<RecoveryLoader> log) : IRecoverySource
{
    private const int ClosedTriggers = 300;
    private const int EndedHeldOrders = 200;

    public async Task<RecoveredState> LoadAsync(CancellationToken stop)
    {
        // What was handed in before is read back too, also by an engine that is built anew while the program runs.
        await journal.TakeTurnAsync(() => true);
        await using var context = target.CreateContext();
        // So that no batch is read by half.
        await using var snapshot = await context.BeginSnapshotAsync(stop);
        var (unreadable, unreadableTriggers) = (new List<UnreadableRow>(), new List<UnreadableRow>());
        var accounts = await List(Rows<AccountRow>(context).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id), r => r.ToAccount(), stop);
        var triggers = Triggers(context, unreadableTriggers);
        var orders = await OrdersAsync(context, accounts, stop);
        var strategies = await StrategyReader.StrategiesAsync(context, log, stop);
        var state = new RecoveredState
        {
            Sources = await List(Rows<SourceRow>(context), r => r.ToSource(), stop),
            Accounts = accounts,
            Ledgers = await List(Rows<AccountLedgerRow>(context), r => r.ToBalances(), stop),
            Lots = await List(Rows<LotRow>(context).OrderBy(l => l.OpenedAt).ThenBy(l => l.Id), r => r.ToLot(), stop),
            Excursions = [.. (await List(Rows<PositionRow>(context).Where(p => p.LongPosition > 0 || p.ShortPosition > 0), r => r.Excursions(), stop)).SelectMany(stored => stored)],
            Rules = LockRowReader.Rules(context, rows => rows.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id), unreadable),
            RuleStates = await List(Rows<LockRuleStateRow>(context), r => r.ToState(), stop),
            Triggers = triggers,
            Executions = await List(ExecutionsOf(context, triggers), r => r.ToExecution(), stop),
            Orders = orders,
            HeldOrders = await HeldOrdersAsync(context, orders, stop),
            Limits = LimitEdits.Read(Rows<RiskLimitsRow>(context)),
            Alerts = await List(Rows<PriceAlertRow>(context), r => r.ToAlert(), stop),
            BookedTrades = await BookedTradesAsync(context, accounts, orders, stop),
            Locks = await List(Rows<LockRow>(context).Where(l => l.Status != Unlocked).OrderBy(l => l.CreatedAt), r => r.ToLock(), stop),
            Unexplained = await List(Rows<UnexplainedVolumeRow>(context).Where(u => u.Volume > 0), r => r.ToUnexplained(), stop),
            Strategies = strategies,
            StrategyRuns = await StrategyReader.RunsAsync(context, strategies, stop),
            StrategySignals = await StrategyReader.SignalsAsync(context, strategies, stop),
            StrategyBooks = await List(Rows<StrategyBookRow>(context), r => r.ToBook(), stop),
            StrategyMemories = await List(Rows<StrategyStateRow>(context), r => r.ToMemory(), stop),
            LastEventNumber = await Rows<TapeEventRow>(context).MaxAsync(e => (long?)e.Number, stop) ?? 0,
        };
        await snapshot.DisposeAsync();
        foreach (var row in unreadable)
        {
            log.LogError("Rule {Rule} cannot be read and was disabled: {Reason}", row.Id, row.Reason);
            await journal.DisableRuleAsync(row.Id, row.Reason);
        }

        foreach (var row in unreadableTriggers) log.LogError("Trigger {Trigger} cannot be read and is left out: {Reason}", row.Id, row.Reason);
        return state with { LastTicks = LastTicksOf(state) };
    }

    /// <summary>Of what enabled rules and price alerts watch.</summary>
    private List<LastTick> LastTicksOf(RecoveredState state)
    {
        var sources = state.Accounts.ToDictionary(account => account.Id, account => account.Source);
        return
        [
            .. state.Rules.Where(rule => rule.IsEnabled && sources.ContainsKey(rule.AccountId)).Select(rule => (Source: sources[rule.AccountId], rule.Symbol))
                .Concat(state.Alerts.Where(alert => alert.State != AlertState.Told).Select(alert => (alert.Source, alert.Symbol))).Distinct()
                .Select(watched => ticks.Last(watched.Source, watched.Symbol)).OfType<LastTick>(),
        ];
    }

    private static readonly string Fired = EnumText<ArmState>.Of(ArmState.Fired);
    private static readonly string Failed = EnumText<TriggerStatus>.Of(TriggerStatus.Failed);
    private static readonly string Waiting = EnumText<HeldState>.Of(HeldState.Waiting);
    private static readonly string Unlocked = EnumText<LockStatus>.Of(LockStatus.Unlocked);

    private static readonly string[] OpenTriggers =
        [EnumText<TriggerStatus>.Of(TriggerStatus.Pending), EnumText<TriggerStatus>.Of(TriggerStatus.WaitingConfirm), EnumText<TriggerStatus>.Of(TriggerStatus.Executing)];

    private static readonly string[] FinalOrders =
        [EnumText<OrderState>.Of(OrderState.Filled), EnumText<OrderState>.Of(OrderState.Cancelled), EnumText<OrderState>.Of(OrderState.Rejected)];

    private static IQueryable<T> Rows<T>(QuantDashContext context)
        where T : class
        => context.Set<T>().AsNoTracking();

    private static async Task<IReadOnlyList<TRecord>> List<TRow, TRecord>(IQueryable<TRow> rows, Func<TRow, TRecord> toRecord, CancellationToken stop)
    {
        var list = new List<TRecord>();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(stop)) list.Add(toRecord(row));
        return list;
    }

    private static List<LockTrigger> Triggers(QuantDashContext context, List<UnreadableRow> unreadable)
    {
        var holding = Rows<LockRuleStateRow>(context).Where(s => s.State == Fired).Select(s => s.RuleId);
        List<LockTrigger> triggers =
        [
            .. LockRowReader.Triggers(context, rows => rows.Where(t => OpenTriggers.Contains(t.ExecutionStatus)).OrderBy(t => t.TriggeredAt).ThenBy(t => t.Id), unreadable),
            .. LockRowReader.Triggers(
                context,
                rows => rows.Where(t => !OpenTriggers.Contains(t.ExecutionStatus)).OrderByDescending(t => t.TriggeredAt).ThenByDescending(t => t.Id).Take(ClosedTriggers),
                unreadable),
            // A failed one holds its rule until a person settles it, however many others fired since.
            .. LockRowReader.Triggers(context, rows => rows.Where(t => t.ExecutionStatus == Failed && holding.Contains(t.ConfigId)).OrderBy(t => t.TriggeredAt).ThenBy(t => t.Id), unreadable),
        ];
        return [.. triggers.DistinctBy(trigger => trigger.Id)];
    }

    private static IQueryable<LockExecutionRow> ExecutionsOf(QuantDashContext context, IEnumerable<LockTrigger> triggers)
    {
        var ids = triggers.Select(trigger => trigger.Id).ToList();
        return Rows<LockExecutionRow>(context).Where(execution => ids.Contains(execution.TriggerId));
    }

    /// <summary>A counter may still tell trades of an order that ended within the last two trading days, whatever day it is of itself.</summary>
    private static async Task<IReadOnlyList<Order>> OrdersAsync(QuantDashContext context, IReadOnlyList<Account> accounts, CancellationToken stop)
    {
        var orders = new List<Order>();
        foreach (var account in accounts.Select(a => a.Id.Value))
        {
            var own = Rows<OrderRow>(context).Where(o => o.AccountId == account);
            var last = await own.MaxAsync(o => (DateOnly?)o.TradingDay, stop);
            var since = BeginOf(await own.Where(o => o.TradingDay < last).MaxAsync(o => (DateOnly?)o.TradingDay, stop) ?? last);
            var wanted = own.Where(o => !FinalOrders.Contains(o.Status) || o.TradingDay == last || o.UpdatedAt >= since).OrderBy(o => o.CreatedAt).ThenBy(o => o.Id);
            orders.AddRange(await List(wanted, r => r.ToOrder(), stop));
        }

        return orders;
    }

    /// <summary>What waits, what ended lately, and whatever has an order that may have to be placed again.</summary>
    private static async Task<IReadOnlyList<HeldOrder>> HeldOrdersAsync(QuantDashContext context, IReadOnlyList<Order> orders, CancellationToken stop)
    {
        var working = orders.Where(order => !order.IsFinal).Select(order => order.OriginId).ToHashSet();
        var (waiting, ended) = (Rows<HeldOrderRow>(context).Where(h => h.Status == Waiting), Rows<HeldOrderRow>(context).Where(h => h.Status != Waiting));
        IReadOnlyList<HeldOrder> held =
        [
            .. await List(waiting.OrderBy(h => h.Sequence), r => r.ToHeldOrder(), stop),
            .. await List(ended.Where(h => working.Contains(h.Id)), r => r.ToHeldOrder(), stop),
            .. await List(ended.OrderByDescending(h => h.UpdatedAt).ThenByDescending(h => h.Sequence).Take(EndedHeldOrders), r => r.ToHeldOrder(), stop),
        ];
        return [.. held.DistinctBy(one => one.Id)];
    }

    /// <summary>Trades under the last two trading days; those of older orders that were made since, or whose order was read back.</summary>
    private static async Task<IReadOnlyList<BookedTrade>> BookedTradesAsync(QuantDashContext context, IReadOnlyList<Account> accounts, IReadOnlyList<Order> orders, CancellationToken stop)
    {
        var trades = new List<BookedTrade>();
        foreach (var account in accounts.Select(a => a.Id.Value))
        {
            var own = Rows<TradeRow>(context).Where(t => t.AccountId == account);
            var last = await own.MaxAsync(t => (DateOnly?)t.TradingDay, stop);
            var first = await own.Where(t => t.TradingDay < last).MaxAsync(t => (DateOnly?)t.TradingDay, stop) ?? last;
            var (since, older) = (BeginOf(first), orders.Where(o => o.AccountId.Value == account && o.TradingDay < first).Select(o => o.Id.Value).ToList());
            // One question for each index: together they would read every trade there is.
            trades.AddRange(await List(own.Where(t => t.TradingDay >= first), Booked, stop));
            trades.AddRange(await List(own.Where(t => t.TradingDay < first && t.TradeTime >= since), Booked, stop));
            if (older.Count > 0) trades.AddRange(await List(own.Where(t => t.TradingDay < first && t.TradeTime < since && older.Contains(t.OrderId!)), Booked, stop));
        }

        return trades;
    }

    private static BookedTrade Booked(TradeRow row) => BookedTrade.Of(row.ToTrade().Fill);

    /// <summary>Not after the first moment of a trading day anywhere, but for nights that belong to a day after a holiday: what is of those carries that day itself.</summary>
    private static DateTimeOffset? BeginOf(DateOnly? day) => day is { } date ? new DateTimeOffset(date.AddDays(-1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}
