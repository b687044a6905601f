using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Queries;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class HistoryTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Lists_OnSqlite_PageThroughEverythingNewestFirst()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await PageThroughAsync(storage);
    }

    [PostgresFact]
    public async Task Lists_OnPostgres_PageThroughEverythingNewestFirst()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await PageThroughAsync(storage);
    }

    [Fact]
    public async Task Filters_OnSqlite_KeepWhatIsAskedFor()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await FilterAsync(storage);
    }

    [PostgresFact]
    public async Task Filters_OnPostgres_KeepWhatIsAskedFor()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await FilterAsync(storage);
    }

    [Theory]
    [InlineData("nonsense!")]
    [InlineData("")]
    [InlineData("OTk5fHg")]
    public async Task Cursor_NotFromUs_IsAFormatError(string cursor)
    {
        await using var storage = await StorageRig.SqliteAsync();
        await Should.ThrowAsync<FormatException>(() => new LockHistory(Contexts(storage)).TriggersAsync(new(), new(cursor, 10)));
        await Should.ThrowAsync<FormatException>(() => new TapeHistory(Contexts(storage)).EventsAsync(new(), new(cursor, 10)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public void Page_OutsideOneToFiveHundred_IsRefused(int limit) => Should.Throw<ArgumentOutOfRangeException>(() => new PageRequest(null, limit));

    private static async Task PageThroughAsync(StorageRig storage)
    {
        var some = new StorageSamples(11);
        // Many at the same instant, so that the key has to tell them apart.
        var at = some.Time();
        var triggers = Enumerable.Range(0, 25).Select(i => some.Trigger(some.Id()) with { TriggeredAt = at.AddSeconds(i % 4) }).ToList();
        var executions = triggers.Select(t => some.Execution(t.Id) with { ExecutedAt = t.TriggeredAt }).ToList();
        var orders = Enumerable.Range(0, 25).Select(i => some.Order() with { CreatedAt = at.AddSeconds(i % 4) }).ToList();
        var fills = Enumerable.Range(0, 25).Select(i => some.Fill() with { TradeId = $"T{i}", OccurredAt = at.AddSeconds(i % 4) }).ToList();
        var events = Enumerable.Range(1, 25).Select(i => some.Event(i)).ToList();
        await storage.WriteAsync(
        [
            .. triggers.Select(t => new JournalChange.TriggerSaved(t)),
            .. executions.Select(e => new JournalChange.ExecutionSaved(e)),
            .. orders.Select(o => new JournalChange.OrderSaved(o)),
            .. fills.Select(f => new JournalChange.FillAdded(f, some.Accounting())),
            .. events.Select(e => new JournalChange.EventAdded(e)),
            .. Enumerable.Range(0, 25).Select(i => new JournalChange.EquityPointAdded(some.Account, at.AddSeconds(i), some.Funds())),
        ]);

        var contexts = Contexts(storage);
        var locks = new LockHistory(contexts);
        var books = new OrderHistory(contexts);
        (await AllAsync((page, stop) => locks.TriggersAsync(new(), page, stop), t => t.TriggeredAt)).Select(t => t.Id).ShouldBe(triggers.Select(t => t.Id), ignoreOrder: true);
        (await AllAsync((page, stop) => locks.ExecutionsAsync(new(), page, stop), e => e.ExecutedAt)).Select(e => e.Id).ShouldBe(executions.Select(e => e.Id), ignoreOrder: true);
        (await AllAsync((page, stop) => books.OrdersAsync(new(), page, stop), o => o.CreatedAt)).Select(o => o.Id).ShouldBe(orders.Select(o => o.Id), ignoreOrder: true);
        (await AllAsync((page, stop) => books.TradesAsync(new(), page, stop), t => t.Fill.OccurredAt)).Select(t => t.Fill.TradeId).ShouldBe(fills.Select(f => f.TradeId), ignoreOrder: true);
        (await AllAsync((page, stop) => new FundsHistory(contexts).EquityAsync(new(), page, stop), p => p.At)).Count.ShouldBe(25);
        (await AllAsync((page, stop) => new TapeHistory(contexts).EventsAsync(new(), page, stop), e => e.Number)).Count.ShouldBe(25);
    }

    private static async Task<List<T>> AllAsync<T, TTime>(Func<PageRequest, CancellationToken, Task<Page<T>>> read, Func<T, TTime> time)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await read(new(cursor, 7), CancellationToken.None);
            page.Items.Count.ShouldBeInRange(1, 7);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        all.Select(time).ShouldBe(all.Select(time).OrderDescending());
        return all;
    }

    private static async Task FilterAsync(StorageRig storage)
    {
        var some = new StorageSamples(12);
        var at = some.Time();
        var rule = some.Id();
        var wanted = some.Trigger(rule) with { Symbol = Symbol.Create("SHFE", "au2512"), Status = TriggerStatus.WaitingConfirm, TriggeredAt = at };
        var others = Enumerable.Range(1, 5).Select(i => some.Trigger(some.Id()) with { Status = TriggerStatus.Executed, TriggeredAt = at.AddMinutes(i) }).ToList();
        var order = some.Order() with { TriggerId = wanted.Id };
        var fill = some.Fill() with { OrderId = order.Id };
        await storage.WriteAsync(
        [
            .. others.Append(wanted).Select(t => new JournalChange.TriggerSaved(t)),
            new JournalChange.OrderSaved(order),
            new JournalChange.OrderSaved(some.Order() with { TriggerId = null }),
            new JournalChange.FillAdded(fill, some.Accounting()),
            new JournalChange.FillAdded(some.Fill() with { OrderId = null }, some.Accounting()),
            new JournalChange.CashFlowAdded(some.Flow()),
            new JournalChange.SettlementSaved(new() { AccountId = some.Account, TradingDay = new(2021, 1, 4), SettledAt = at, Funds = some.Funds() }),
            new JournalChange.LockSaved(some.Lock()),
        ]);

        var contexts = Contexts(storage);
        var locks = new LockHistory(contexts);
        LockFilter[] filters =
        [
            new() { ConfigId = rule }, new() { Status = TriggerStatus.WaitingConfirm }, new() { Symbol = wanted.Symbol },
            new() { Before = at.AddSeconds(1) }, new() { AccountId = some.Account, Since = at, Before = at.AddTicks(10) },
        ];
        foreach (var filter in filters)
            (await locks.TriggersAsync(filter, PageRequest.First)).Items.Single().Id.ShouldBe(wanted.Id, filter.ToString());
        (await locks.TriggersAsync(new() { AccountId = new(Guid.Empty) }, PageRequest.First)).Items.ShouldBeEmpty();
        (await locks.TriggerAsync(wanted.Id)).ShouldBe(wanted);
        (await locks.TriggerAsync(Guid.Empty)).ShouldBeNull();
        (await locks.LocksAsync(new() { AccountId = some.Account }, PageRequest.First)).Items.Count.ShouldBe(1);

        var books = new OrderHistory(contexts);
        (await books.OrdersAsync(new() { TriggerId = wanted.Id }, PageRequest.First)).Items.Single().Id.ShouldBe(order.Id);
        (await books.TradesAsync(new() { TriggerId = wanted.Id }, PageRequest.First)).Items.Single().Fill.ShouldBe(fill);
        (await books.TradesAsync(new() { OrderId = order.Id }, PageRequest.First)).Items.Single().Fill.ShouldBe(fill);
        var funds = new FundsHistory(contexts);
        (await funds.CashFlowAsync(new() { AccountId = some.Account }, PageRequest.First)).Items.Count.ShouldBe(1);
        (await funds.SettlementsAsync(new() { Since = at }, PageRequest.First)).Items.Count.ShouldBe(1);
    }

    private static IDbContextFactory<QuantDashContext> Contexts(StorageRig storage) => new ContextFactory(storage.Target, storage.Journal);
}
