using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
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
}
