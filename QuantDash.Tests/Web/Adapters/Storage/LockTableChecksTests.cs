using Npgsql;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Instruments;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>What the tables themselves refuse, and what the views of the seeds show on SQLite; the guide's own statements are in Scenarios/SeedSqlTests.</summary>
public sealed class LockTableChecksTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [PostgresTheory]
    [InlineData("profit_lock_ratio = 1.2")]
    [InlineData("profit_lock_ratio = 0")]
    [InlineData("direction = 'both'")]
    [InlineData("trigger_type = 'magic'")]
    [InlineData("trigger_price = -1")]
    [InlineData("trigger_price = 'NaN'")]
    [InlineData("confirm_ticks = 0")]
    public async Task WrongValues_AreRefusedByPostgresItself(string set)
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await FillAsync(storage);
        (await Should.ThrowAsync<PostgresException>(() => storage.RunAsync($"update lock_configs set {set}"))).SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
    }

    [Theory]
    [InlineData("profit_lock_ratio = 1.2")]
    [InlineData("profit_lock_ratio = 0")]
    [InlineData("direction = 'both'")]
    [InlineData("trigger_type = 'magic'")]
    [InlineData("trigger_price = -1")]
    [InlineData("trigger_price = 'abc'")]
    [InlineData("trigger_price = 9e999")]
    [InlineData("id = 'abc'")]
    public async Task WrongValues_AreRefusedBySqliteItself(string set)
    {
        await using var storage = await StorageRig.SqliteAsync();
        await FillAsync(storage);
        (await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => storage.RunAsync($"update lock_configs set {set}"))).SqliteErrorCode.ShouldBe(19);
    }

    [Fact]
    public async Task Views_OnSqlite_ShowTheLegTheRuleWatches()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await FillAsync(storage);
        (await storage.ReadAsync<double>("select current_profit from v_active_lock_configs where direction = 'long' and last_price = 5245.8")).ShouldBe(10500.5);
        (await storage.ReadAsync<long>("select current_position from v_active_lock_configs")).ShouldBe(7);
        (await storage.ReadAsync<long>("select count(*) from v_positions_by_direction where open_time is not null and margin = 50 and current_price = 5245.8")).ShouldBe(2);
        (await storage.ReadAsync<string>("select direction from positions")).ShouldBe("both");
        (await storage.ReadAsync<string>("select error_message from v_lock_trigger_summary where execution_status = 'failed'")).ShouldContain("持仓不足");
    }

    private static async Task FillAsync(StorageRig storage)
    {
        var some = new StorageSamples(31);
        var contract = InstrumentSamples.Catalog.Find(Symbol.Create("CFFEX", "IF2101"), new(2021, 1, 4))!;
        var rule = some.Rule() with
        {
            Symbol = contract.Symbol, Direction = Side.Long, TriggerType = TriggerType.Trailing, IsEnabled = true, AutoExecute = true, ValidUntil = null,
        };
        var trigger = some.Trigger(rule.Id) with { Status = TriggerStatus.Failed, ErrorMessage = "持仓不足: 当前long仓: 3手, 需要锁定: 8手" };
        await storage.WriteAsync(
            new JournalChange.AccountSaved(some.NewAccount()),
            new JournalChange.RuleSaved(rule),
            new JournalChange.TriggerSaved(trigger),
            new JournalChange.PositionSaved(StorageSamples.Position(some.Account, contract, longs: 7, shorts: 2, longProfit: 10500.5m, mark: 5245.8m), some.Time()));
        await storage.Journal.WriteAsync(context => context.Add(QuantDash.Web.Adapters.Storage.Rows.ServiceStatusRow.From(
            new("lock_trigger", "running", some.Time()))).Context.SaveChanges());
    }
}
