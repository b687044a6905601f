using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Instruments;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>How far a leg has been outlives the process, in the columns of its position.</summary>
public sealed class LegExcursionStorageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Excursions_OnSqlite_AreReadBackForWhatIsHeld()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await WriteAndReadAsync(storage);
    }

    [PostgresFact]
    public async Task Excursions_OnPostgres_AreReadBackForWhatIsHeld()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await WriteAndReadAsync(storage);
    }

    private static async Task WriteAndReadAsync(StorageRig storage)
    {
        var some = new StorageSamples(31);
        var contract = InstrumentSamples.Catalog.Find(Symbol.Create("CFFEX", "IF2101"), new(2021, 1, 4))!;
        var position = StorageSamples.Position(some.Account, contract, longs: 7, shorts: 0, longProfit: 10500.5m, mark: 5245.8m);
        var seen = new LegExcursion(12000.25m, 3.5m, -800.75m, -0.4m);
        await storage.WriteAsync(
            new JournalChange.AccountSaved(some.NewAccount()),
            new JournalChange.PositionSaved(position with { Long = position.Long with { Excursion = LegExcursion.None } }, some.Time()),
            new JournalChange.PositionSaved(position with { Long = position.Long with { Excursion = seen } }, some.Time()));
        (await storage.LoadAsync()).Excursions.ShouldHaveSingleItem().ShouldBe(new StoredExcursion(some.Account, contract.Symbol, Side.Long, seen));
    }
}
