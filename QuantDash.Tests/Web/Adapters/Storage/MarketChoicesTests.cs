using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Queries;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>Watch lists and main contracts, on both databases.</summary>
public sealed class MarketChoicesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Choices_OnSqlite_AreKept()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await KeptAsync(storage);
    }

    [PostgresFact]
    public async Task Choices_OnPostgres_AreKept()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await KeptAsync(storage);
    }

    private static async Task KeptAsync(StorageRig storage)
    {
        var contexts = new ContextFactory(storage.Target, storage.Journal);
        IReadOnlyList<WatchEntry> list = [WatchEntry.MainOf("SHFE", "au"), WatchEntry.Of(Symbol.Create("CZCE", "TA2505"))];
        var lists = new WatchLists(contexts);
        (await lists.LoadAsync("li")).ShouldBeNull();
        await lists.SaveAsync("li", list, Now);
        await lists.SaveAsync("wang", [list[1]], Now);
        (await lists.LoadAsync("li")).ShouldBe(list);
        (await lists.AllAsync()).ShouldBe(list, ignoreOrder: true);
        await lists.SaveAsync("wang", [], Now);
        (await lists.LoadAsync("wang")).ShouldBe([], "an empty list is a choice");
        await lists.SaveAsync("wang", null, Now);
        (await lists.LoadAsync("wang")).ShouldBeNull();

        var mains = new MainContractBook(contexts);
        var first = new MainContract(Symbol.Create("SHFE", "au2604"), "au", new(2026, 2, 2), false, "li", Now);
        await mains.SaveAsync(first with { Symbol = Symbol.Create("SHFE", "au2602") });
        await mains.SaveAsync(first);
        var next = first with { Symbol = Symbol.Create("SHFE", "au2606"), EffectiveFrom = new(2026, 3, 3), Follows = true };
        await mains.SaveAsync(next);
        (await mains.ListAsync()).ShouldBe([first, next], ignoreOrder: true);
    }
}
