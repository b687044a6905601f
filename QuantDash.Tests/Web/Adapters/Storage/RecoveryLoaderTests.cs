using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class RecoveryLoaderTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task FailedTrigger_OlderThanHundredsOfOthers_OnSqlite_StillHoldsItsRule()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await LoadsTheFailedOneAsync(storage);
    }

    [PostgresFact]
    public async Task FailedTrigger_OlderThanHundredsOfOthers_OnPostgres_StillHoldsItsRule()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await LoadsTheFailedOneAsync(storage);
    }

    [Fact]
    public async Task OrderThatOutlivedItsDay_OnSqlite_IsReadBackWithItsTrades()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await LoadsWhatMayBeToldAgainAsync(storage);
    }

    [PostgresFact]
    public async Task OrderThatOutlivedItsDay_OnPostgres_IsReadBackWithItsTrades()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await LoadsWhatMayBeToldAgainAsync(storage);
    }

    [Fact]
    public void LastTick_IsTheNewestDaysLastWholeRecord()
    {
        using var folder = new TempFolder();
        using var archive = new TickArchive(folder.Path);
        var (contract, source) = (MarketSamples.Contract(), new SourceName("feed"));
        archive.Last(source, contract.Symbol).ShouldBeNull();
        var at = MarketSamples.Noon;
        Tick Tick(int second, long last) => new() { OccurredAt = at.AddSeconds(second), ReceivedAt = at.AddSeconds(second), LastTicks = last, HighTicks = last + 1, LowTicks = last - 1 };
        archive.Append(source, contract, new(2026, 11, 19), [Tick(0, 100), Tick(1, 101)]);
        archive.Append(source, contract, new(2026, 11, 20), [Tick(2, 102), Tick(3, 103)]);

        var last = archive.Last(source, contract.Symbol).ShouldNotBeNull();
        (last.TradingDay, last.Tick).ShouldBe((new DateOnly(2026, 11, 20), Tick(3, 103)));
        archive.Last(new SourceName("other"), contract.Symbol).ShouldBeNull();
    }

    private static async Task LoadsTheFailedOneAsync(StorageRig storage)
    {
        var some = new StorageSamples(1);
        var rule = some.Rule();
        var start = MarketSamples.Noon;
        var failed = some.Trigger(rule.Id) with { Status = TriggerStatus.Failed, TriggeredAt = start };
        await storage.WriteAsync(
        [
            new JournalChange.AccountSaved(some.NewAccount()), new JournalChange.RuleSaved(rule),
            new JournalChange.RuleStateSaved(new() { RuleId = rule.Id, State = ArmState.Fired, UpdatedAt = start }), new JournalChange.TriggerSaved(failed),
        ]);
        await storage.WriteAsync([.. Enumerable.Range(1, 400).Select(i =>
            new JournalChange.TriggerSaved(some.Trigger(Guid.NewGuid()) with { Id = Guid.NewGuid(), Status = TriggerStatus.Executed, TriggeredAt = start.AddSeconds(i) }))]);

        (await storage.LoadAsync()).Triggers.Count(trigger => trigger.Id == failed.Id).ShouldBe(1);
    }

    /// <summary>Ordered at 23:59:58 of one day and filled on the next; ordered days ago and still working. Whatever else was traded since, a counter may tell both again.</summary>
    private static async Task LoadsWhatMayBeToldAgainAsync(StorageRig storage)
    {
        var some = new StorageSamples(1);
        var midnight = new DateTimeOffset(2026, 11, 19, 0, 0, 0, TimeSpan.Zero);
        Order Ordered(int day, OrderState state, DateTimeOffset until) =>
            some.Order() with { State = state, TradingDay = new(2026, 11, day), CreatedAt = until.AddSeconds(-5), UpdatedAt = until };
        Fill Traded(string id, int day, DateTimeOffset at, Order? of = null) =>
            some.Fill() with { TradeId = id, TradingDay = new(2026, 11, day), OccurredAt = at, OrderId = of?.Id };
        var overNight = Ordered(18, OrderState.Filled, midnight.AddSeconds(3));
        var forDays = Ordered(12, OrderState.PartiallyFilled, midnight.AddDays(-6));
        var longGone = Ordered(12, OrderState.Filled, midnight.AddDays(-6));
        await storage.WriteAsync(
        [
            new JournalChange.AccountSaved(some.NewAccount()),
            .. new[] { overNight, forDays, longGone, Ordered(19, OrderState.Filled, midnight.AddHours(5)), Ordered(20, OrderState.Filled, midnight.AddHours(29)) }.Select(order => new JournalChange.OrderSaved(order)),
            .. new[]
            {
                Traded("over night", 18, midnight.AddSeconds(3), overNight), Traded("for days", 12, midnight.AddDays(-6), forDays), Traded("long gone", 12, midnight.AddDays(-6), longGone),
                Traded("yesterday", 19, midnight.AddHours(5)), Traded("today", 20, midnight.AddHours(29)),
            }.Select(fill => new JournalChange.FillAdded(fill, some.Accounting())),
        ]);

        var state = await storage.LoadAsync();

        var ids = state.Orders.Select(order => order.Id).ToList();
        (ids.Contains(overNight.Id), ids.Contains(forDays.Id), ids.Contains(longGone.Id)).ShouldBe((true, true, false));
        state.BookedTrades.Select(trade => trade.Key.TradeId).ShouldBe(["over night", "for days", "yesterday", "today"], ignoreOrder: true);
    }
}
