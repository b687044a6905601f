using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Queries;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>Signals and runs of the past, and rows that another program spoiled, on both databases.</summary>
public sealed class StrategyStorageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Strategies_OnSqlite_AreListedAndASpoiltOneIsLeftOut()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await KeptAsync(storage);
    }

    [PostgresFact]
    public async Task Strategies_OnPostgres_AreListedAndASpoiltOneIsLeftOut()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await KeptAsync(storage);
    }

    [Fact]
    public async Task Signals_OnSqlite_AreSortedOverAllPages()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await SortedAsync(storage);
    }

    [PostgresFact]
    public async Task Signals_OnPostgres_AreSortedOverAllPages()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await SortedAsync(storage);
    }

    /// <summary>The store sorts as the screen does, page by page: 9.5 below 10, small letters after large ones, those without a price last.</summary>
    private static async Task SortedAsync(StorageRig storage)
    {
        var some = new StorageSamples(11);
        var one = some.Strategy();
        (string Symbol, decimal? Price, decimal Volume, SignalResult Result)[] rows =
        [
            ("DCE.v2505", 9.5m, 3m, SignalResult.Success), ("CZCE.TA2505", 10m, 20m, SignalResult.Failed), ("DCE.V2505", null, 3m, SignalResult.Pending), ("CZCE.TA2505", 100.25m, 0.5m, SignalResult.Success),
            ("SHFE.au2512", 9.5m, 100m, SignalResult.Failed),
        ];
        var signals = rows.Select((row, i) => some.Signal(one) with
        {
            Number = i + 1, StrategyName = i % 2 == 0 ? "b" : "C", TriggerTime = new(2026, 11, 20, 2, i, 0, TimeSpan.Zero), Symbol = Symbol.ParseCanonical(row.Symbol),
            TriggerPrice = row.Price is { } price ? new Price(price) : null, Volume = new(row.Volume), Result = row.Result,
        }).ToList();
        await storage.WriteAsync([new JournalChange.AccountSaved(some.NewAccount()), new JournalChange.StrategySaved(one), .. signals.Select(signal => new JournalChange.StrategySignalSaved(signal))]);
        var archive = new StrategyArchive(new ContextFactory(storage.Target, storage.Journal));

        foreach (var order in Enum.GetValues<SignalSort>().SelectMany(by => new SignalOrder[] { new(by), new(by, Ascending: true) }))
        {
            var (read, cursor) = (new List<int>(), (string?)null);
            do
            {
                var page = await archive.SignalsAsync(new() { InstanceId = one.Id, Order = order }, new(cursor, 2), CancellationToken.None);
                read.AddRange(page.Items.Select(signal => signal.Number));
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            read.ShouldBe(signals.Order(order).Select(signal => signal.Number), $"{order}");
        }

        (await archive.SignalsAsync(new() { Order = new(SignalSort.Price, Ascending: true) }, PageRequest.First, CancellationToken.None)).Items.Select(signal => signal.Number).ShouldBe([5, 1, 2, 4, 3]);
        (await archive.SignalsAsync(new() { Order = new(SignalSort.Symbol, Ascending: true) }, PageRequest.First, CancellationToken.None)).Items.Select(signal => signal.Number).ShouldBe([4, 2, 3, 1, 5]);
        var byPrice = await archive.SignalsAsync(new() { Order = new(SignalSort.Price) }, new(null, 2), CancellationToken.None);
        await Should.ThrowAsync<FormatException>(() => archive.SignalsAsync(new() { Order = new(SignalSort.Volume) }, new(byPrice.NextCursor, 2), CancellationToken.None));
        await Should.ThrowAsync<FormatException>(() => archive.SignalsAsync(new(), new(byPrice.NextCursor, 2), CancellationToken.None));
    }

    private static async Task KeptAsync(StorageRig storage)
    {
        var some = new StorageSamples(7);
        var (one, other) = (some.Strategy(), some.Strategy());
        var signals = Enumerable.Range(1, 5).Select(i => some.Signal(one) with { Number = i, TriggerTime = new(2026, 11, 20, 2, i, 0, TimeSpan.Zero), Result = i == 3 ? SignalResult.Failed : SignalResult.Success }).ToList();
        var run = some.Run(one);
        await storage.WriteAsync(
        [
            new JournalChange.AccountSaved(some.NewAccount()), new JournalChange.StrategySaved(one), new JournalChange.StrategySaved(other), new JournalChange.StrategyRunSaved(run),
            .. signals.Select(signal => new JournalChange.StrategySignalSaved(signal)), new JournalChange.StrategySignalSaved(some.Signal(other)),
        ]);
        var archive = new StrategyArchive(new ContextFactory(storage.Target, storage.Journal));
        var first = await archive.SignalsAsync(new() { InstanceId = one.Id }, new PageRequest(null, 3), CancellationToken.None);
        first.Items.Select(signal => signal.Number).ShouldBe([5, 4, 3], "newest first");
        (await archive.SignalsAsync(new() { InstanceId = one.Id }, new PageRequest(first.NextCursor, 3), CancellationToken.None)).Items.Select(signal => signal.Number).ShouldBe([2, 1]);
        (await archive.SignalsAsync(new() { InstanceId = one.Id, Result = SignalResult.Failed }, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem().Number.ShouldBe(3);
        (await archive.SignalsAsync(new(), PageRequest.First, CancellationToken.None)).Items.Count.ShouldBe(6);
        (await archive.RunsAsync(one.Id, 10, CancellationToken.None)).ShouldHaveSingleItem().Id.ShouldBe(run.Id);

        await StorageRig.RunAsync(storage.Target, $$"""UPDATE strategy_configs SET config_data = '{"definition":"x"}' WHERE strategy_name = '{{one.Name}}'""");
        (await storage.LoadAsync()).Strategies.ShouldHaveSingleItem("the engine starts without it").Id.ShouldBe(other.Id);
    }
}
