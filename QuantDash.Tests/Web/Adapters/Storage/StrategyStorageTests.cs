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
        var first = await archive.SignalsAsync(one.Id, null, new PageRequest(null, 3), CancellationToken.None);
        first.Items.Select(signal => signal.Number).ShouldBe([5, 4, 3], "newest first");
        (await archive.SignalsAsync(one.Id, null, new PageRequest(first.NextCursor, 3), CancellationToken.None)).Items.Select(signal => signal.Number).ShouldBe([2, 1]);
        (await archive.SignalsAsync(one.Id, SignalResult.Failed, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem().Number.ShouldBe(3);
        (await archive.SignalsAsync(null, null, PageRequest.First, CancellationToken.None)).Items.Count.ShouldBe(6);
        (await archive.RunsAsync(one.Id, 10, CancellationToken.None)).ShouldHaveSingleItem().Id.ShouldBe(run.Id);

        await StorageRig.RunAsync(storage.Target, $$"""UPDATE strategy_configs SET config_data = '{"definition":"x"}' WHERE strategy_name = '{{one.Name}}'""");
        (await storage.LoadAsync()).Strategies.ShouldHaveSingleItem("the engine starts without it").Id.ShouldBe(other.Id);
    }
}
