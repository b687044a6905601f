using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class JournalRoundTripTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Seeds = 20;

    [Fact]
    public async Task Batches_OnSqlite_AreLoadedAsTheyWereWritten()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            await using var storage = await StorageRig.SqliteAsync();
            await WriteAndCompareAsync(storage, seed);
        }
    }

    [PostgresFact]
    public async Task Batches_OnPostgres_AreLoadedAsTheyWereWritten()
    {
        for (var seed = 1; seed <= Seeds / 4; seed++)
        {
            await using var storage = await StorageRig.PostgresAsync(postgres);
            await WriteAndCompareAsync(storage, seed);
        }
    }

    private static async Task WriteAndCompareAsync(StorageRig storage, int seed)
    {
        var some = new StorageSamples(seed);
        var expected = new Expected();
        List<JournalChange> account = [new JournalChange.AccountSaved(some.NewAccount())];
        expected.Take(account);
        await storage.WriteAsync(account);
        for (var batch = 0; batch < 5; batch++)
        {
            var changes = Changes(some, batch);
            expected.Take(changes);
            await storage.WriteAsync(changes);
        }

        expected.MustBe(await storage.LoadAsync());
    }

    private static List<JournalChange> Changes(StorageSamples some, int batch)
    {
        var rule = some.Rule();
        var trigger = some.Trigger(rule.Id);
        var gone = some.Rule();
        var alert = some.Alert();
        var lot = some.Lot();
        var (strategy, goneStrategy) = (some.Strategy(), some.Strategy());
        var limited = new AccountId(Guid.NewGuid());
        var (limits, goneLimits) = (some.Limits(limited, null), some.Limits(limited, some.Symbol()));
        return
        [
            new JournalChange.SourceSaved(some.Source()),
            new JournalChange.LedgerSaved(some.Ledger()),
            new JournalChange.CashFlowAdded(some.Flow()),
            new JournalChange.RuleSaved(some.Rule() with { Id = rule.Id }),
            new JournalChange.RuleSaved(rule),
            new JournalChange.RuleSaved(gone),
            new JournalChange.RuleStateSaved(some.State(rule.Id)),
            new JournalChange.RuleStateSaved(some.State(gone.Id)),
            new JournalChange.RuleDeleted(gone.Id),
            new JournalChange.TriggerSaved(some.Trigger(rule.Id) with { Id = trigger.Id }),
            new JournalChange.TriggerSaved(trigger),
            new JournalChange.ExecutionSaved(some.Execution(trigger.Id)),
            new JournalChange.OrderSaved(some.Order()),
            new JournalChange.HeldOrderSaved(some.HeldOrder()),
            new JournalChange.AlertSaved(some.Alert()),
            new JournalChange.AlertSaved(alert),
            new JournalChange.AlertDeleted(alert),
            new JournalChange.LimitsSaved(limited, [limits, goneLimits], []),
            new JournalChange.LimitsSaved(limited, [limits], [limits, goneLimits]),
            new JournalChange.FillAdded(some.Fill(), some.Accounting()),
            new JournalChange.LotSaved(lot),
            new JournalChange.LotRemoved(lot.Id),
            new JournalChange.LotSaved(some.Lot()),
            new JournalChange.UnexplainedSaved(some.Unexplained()),
            new JournalChange.LockSaved(some.Lock()),
            new JournalChange.EquityPointAdded(some.Account, some.Time(), some.Funds()),
            new JournalChange.FundsSaved(some.Funds(), some.Time()),
            new JournalChange.SettlementSaved(new() { AccountId = some.Account, TradingDay = new(2021, 1, 4), SettledAt = some.Time(), Funds = some.Funds() }),
            new JournalChange.StrategySaved(strategy with { Priority = 1 }),
            new JournalChange.StrategySaved(strategy, strategy),
            new JournalChange.StrategySaved(goneStrategy),
            new JournalChange.StrategyDeleted(goneStrategy),
            new JournalChange.StrategyRunSaved(some.Run(strategy)),
            new JournalChange.StrategySignalSaved(some.Signal(strategy)),
            new JournalChange.StrategyBookSaved(some.Book(strategy)),
            new JournalChange.StrategyMemorySaved(some.Memory(strategy)),
            new JournalChange.EventAdded(some.Event((batch * 10) + 1)),
        ];
    }

    /// <summary>What the changes mean, the slow and obvious way.</summary>
    private sealed class Expected
    {
        private readonly List<JournalChange> _changes = [];

        public void Take(IEnumerable<JournalChange> changes) => _changes.AddRange(changes);

        public void MustBe(RecoveredState state)
        {
            Same(state.Sources, Latest<JournalChange.SourceSaved, SourceName>(c => c.Source.Name).Select(c => c.Source), s => s.Name.Value);
            Same(state.Accounts, Latest<JournalChange.AccountSaved, AccountId>(c => c.Account.Id).Select(c => c.Account), a => a.Id);
            Same(state.Ledgers, Latest<JournalChange.LedgerSaved, AccountId>(c => c.Balances.AccountId).Select(c => c.Balances), l => l.AccountId);
            var gone = _changes.OfType<JournalChange.RuleDeleted>().Select(c => c.RuleId).ToHashSet();
            Same(state.Rules, Latest<JournalChange.RuleSaved, Guid>(c => c.Rule.Id).Select(c => c.Rule).Where(r => !gone.Contains(r.Id)), r => r.Id);
            Same(state.RuleStates, Latest<JournalChange.RuleStateSaved, Guid>(c => c.State.RuleId).Select(c => c.State).Where(s => !gone.Contains(s.RuleId)), s => s.RuleId);
            var triggers = Latest<JournalChange.TriggerSaved, Guid>(c => c.Trigger.Id).Select(c => c.Trigger).ToList();
            Same(state.Triggers, triggers, t => t.Id);
            var known = triggers.Select(t => t.Id).ToHashSet();
            Same(state.Executions, Latest<JournalChange.ExecutionSaved, Guid>(c => c.Execution.Id).Select(c => c.Execution).Where(e => known.Contains(e.TriggerId)), e => e.Id);
            MustBeBooks(state);
            MustBeStrategies(state);
        }

        private void MustBeStrategies(RecoveredState state)
        {
            var deleted = _changes.OfType<JournalChange.StrategyDeleted>().Select(c => c.Before.Id).ToHashSet();
            Same(state.Strategies, Latest<JournalChange.StrategySaved, Guid>(c => c.Strategy.Id).Select(c => c.Strategy).Where(s => !deleted.Contains(s.Id)), s => s.Id);
            Same(state.StrategyRuns, _changes.OfType<JournalChange.StrategyRunSaved>().Select(c => c.Run), r => r.Id);
            Same(state.StrategySignals, _changes.OfType<JournalChange.StrategySignalSaved>().Select(c => c.Signal), s => s.Id);
            Same(state.StrategyBooks, _changes.OfType<JournalChange.StrategyBookSaved>().Select(c => c.Book), b => b.InstanceId);
            Same(state.StrategyMemories, _changes.OfType<JournalChange.StrategyMemorySaved>().Select(c => c.Memory), m => m.InstanceId);
        }

        private void MustBeBooks(RecoveredState state)
        {
            var orders = Latest<JournalChange.OrderSaved, ClientOrderId>(c => c.Order.Id).Select(c => c.Order).ToList();
            var recent = orders.Select(o => o.TradingDay).Distinct().OrderDescending().Take(2).ToList();
            var loaded = orders.Where(o => !o.IsFinal || o.TradingDay == recent[0] || o.UpdatedAt >= BeginOf(recent[^1])).ToList();
            Same(state.Orders, loaded, o => o.Id.Value);
            Same(state.Limits, _changes.OfType<JournalChange.LimitsSaved>().GroupBy(c => c.AccountId).SelectMany(c => c.Last().Limits), l => l.Id);
            var silenced = _changes.OfType<JournalChange.AlertDeleted>().Select(c => c.Before.Id).ToHashSet();
            Same(state.Alerts, Latest<JournalChange.AlertSaved, Guid>(c => c.Alert.Id).Select(c => c.Alert).Where(a => !silenced.Contains(a.Id)), a => a.Id);
            Same(state.HeldOrders, Latest<JournalChange.HeldOrderSaved, Guid>(c => c.Held.Id).Select(c => c.Held), h => h.Id);
            // The samples may make one trade twice: it is one row, and the later is what it says.
            var fills = _changes.OfType<JournalChange.FillAdded>().Select(c => BookedTrade.Of(c.Fill)).GroupBy(t => t.Key).Select(same => same.Last()).ToList();
            var days = fills.Select(f => f.Key.TradingDay).Distinct().OrderDescending().Take(2).ToList();
            // A trade's key carries its order's day; the samples, which do not mind, may have it otherwise.
            var known = loaded.Where(o => o.TradingDay < days[^1]).Select(o => o.Id).ToHashSet();
            Same(state.BookedTrades, fills.Where(f => days.Contains(f.Key.TradingDay) || f.OccurredAt >= BeginOf(days[^1]) || (f.OrderId is { } id && known.Contains(id))), f => f.Key.ToString());
            var removed = _changes.OfType<JournalChange.LotRemoved>().Select(c => c.LotId).ToHashSet();
            Same(state.Lots, Latest<JournalChange.LotSaved, Guid>(c => c.Lot.Id).Select(c => c.Lot).Where(l => !removed.Contains(l.Id)), l => l.Id);
            var unexplained = Latest<JournalChange.UnexplainedSaved, (AccountId, Symbol, Side, bool)>(c => (c.Unexplained.AccountId, c.Unexplained.Symbol, c.Unexplained.Side, c.Unexplained.Added));
            Same(state.Unexplained, unexplained.Select(c => c.Unexplained).Where(u => !u.Volume.IsZero), u => $"{u.Symbol} {u.Side} {u.Added}");
            Same(state.Locks, Latest<JournalChange.LockSaved, Guid>(c => c.Lock.Id).Select(c => c.Lock).Where(l => l.Status != LockStatus.Unlocked), l => l.Id);
            state.LastEventNumber.ShouldBe(_changes.OfType<JournalChange.EventAdded>().Max(c => c.Event.Number));
        }

        /// <summary>A trading day may begin on the evening before.</summary>
        private static DateTimeOffset BeginOf(DateOnly day) => new(day.AddDays(-1), TimeOnly.MinValue, TimeSpan.Zero);

        private IEnumerable<TChange> Latest<TChange, TKey>(Func<TChange, TKey> key)
            where TChange : JournalChange
            where TKey : notnull
            => _changes.OfType<TChange>().GroupBy(key).Select(g => g.Last());

        private static void Same<T, TKey>(IEnumerable<T> loaded, IEnumerable<T> written, Func<T, TKey> key)
            => Texts(loaded, key).ShouldBe(Texts(written, key));

        // As text, since records compare the lists in them by reference.
        private static List<string> Texts<T, TKey>(IEnumerable<T> records, Func<T, TKey> key)
            => [.. records.OrderBy(key).Select(r => JsonSerializer.Serialize(r, Json))];
    }

    private static readonly JsonSerializerOptions Json = new() { Converters = { new SameNumber() } };

    /// <summary>1.0 and 1 are the same number.</summary>
    private sealed class SameNumber : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
    }
}
