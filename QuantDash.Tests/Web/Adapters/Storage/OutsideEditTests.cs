using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class OutsideEditTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Edits_OnSqlite_AreToldOnceWithinASecond()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await EditAsync(storage);
    }

    [PostgresFact]
    public async Task Edits_OnPostgres_AreToldOnceWithinASecond()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await EditAsync(storage);
    }

    [Fact]
    public async Task UnreadableRule_OnSqlite_IsDisabledAndOthersAreStillTold()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await MakeUnreadableAsync(storage);
    }

    [PostgresFact]
    public async Task UnreadableRule_OnPostgres_IsDisabledAndOthersAreStillTold()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await MakeUnreadableAsync(storage);
    }

    [Fact]
    public async Task OwnWrites_OnSqlite_AreNeverTold()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await WriteOwnAsync(storage);
    }

    [PostgresFact]
    public async Task OwnWrites_OnPostgres_AreNeverTold()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await WriteOwnAsync(storage);
    }

    /// <summary>The journal commits without a pause, and still no edit is overwritten before it was told.</summary>
    [Fact]
    public async Task EditsBetweenOwnWrites_AreAllTold()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(21);
        var rule = some.Rule() with { TriggerPrice = new(1m) };
        await storage.WriteAsync(new JournalChange.RuleSaved(rule));
        var told = new List<decimal>();
        storage.Journal.EditedOutside += edits => told.AddRange(edits.OfType<OutsideEdit.RuleChanged>().Select(e => e.Rule.TriggerPrice!.Value.Value));
        for (var i = 2; i <= 30; i++)
        {
            await storage.RunAsync($"update lock_configs set trigger_price = {i}");
            await storage.WriteAsync(new JournalChange.RuleSaved(rule));
        }

        await storage.WriteAsync();
        told.ShouldBe(Enumerable.Range(2, 29).Select(i => (decimal)i));
    }

    [Fact]
    public async Task DisableRule_KeepsTheRestOfTheRowAndIsNoEdit()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var rule = new StorageSamples(22).Rule() with { IsEnabled = true };
        await storage.WriteAsync(new JournalChange.RuleSaved(rule));
        var edits = 0;
        storage.Journal.EditedOutside += _ => edits++;
        await storage.Journal.DisableRuleAsync(rule.Id, "no such contract");
        await Task.Delay(600);

        var loaded = (await storage.LoadAsync()).Rules.Single();
        loaded.Stages.ShouldBe(rule.Stages);
        (loaded with { Also = rule.Also, Stages = rule.Stages }).ShouldBe(rule with { IsEnabled = false, DisabledReason = "no such contract" });
        edits.ShouldBe(0);
    }

    private static async Task EditAsync(StorageRig storage)
    {
        var some = new StorageSamples(23);
        var (changed, removed) = (some.Rule() with { ProfitLockThreshold = 10000m }, some.Rule());
        var trigger = some.Trigger(changed.Id) with { Status = TriggerStatus.Failed };
        await storage.WriteAsync(new JournalChange.RuleSaved(changed), new JournalChange.RuleSaved(removed), new JournalChange.TriggerSaved(trigger));

        var told = storage.EditsAsync(count: 4);
        var added = some.Id();
        await storage.RunAsync($"""
            update lock_configs set profit_lock_threshold = 5000 where id = '{changed.Id}';
            delete from lock_configs where id = '{removed.Id}';
            update lock_triggers set execution_status = 'executed', execution_result = '手动在极星策略中执行' where id = '{trigger.Id}';
            insert into lock_configs (id, account_id, symbol, direction, trigger_type, stop_loss_price)
            values ('{added}', '{some.Account}', 'CZCE.TA2505', 'long', 'price', 5400);
            """);
        var edits = await told.WaitAsync(TimeSpan.FromSeconds(1)); // The promise; the list goes on being told to.
        await Task.Delay(600);

        edits.Count.ShouldBe(4, "told once");
        var rules = edits.OfType<OutsideEdit.RuleChanged>().Select(e => e.Rule).ToDictionary(r => r.Id);
        rules[changed.Id].ProfitLockThreshold.ShouldBe(5000m);
        rules[added].ShouldSatisfyAllConditions(
            r => r.StopLossPrice.ShouldBe(new Price(5400m)), r => r.IsEnabled.ShouldBeTrue(), r => r.AutoExecute.ShouldBeFalse(), r => r.ProfitLockRatio.ShouldBe(Ratio.One));
        edits.OfType<OutsideEdit.RuleRemoved>().Single().RuleId.ShouldBe(removed.Id);
        edits.OfType<OutsideEdit.TriggerChanged>().Single().Trigger.ShouldSatisfyAllConditions(
            t => t.Status.ShouldBe(TriggerStatus.Executed), t => t.ExecutionResult.ShouldBe("手动在极星策略中执行"));
    }

    [Fact]
    public async Task Limits_OnSqlite_WrittenWithSql_AreToldAsTheyStand() => await EditLimitsAsync(await StorageRig.SqliteAsync());

    [PostgresFact]
    public async Task Limits_OnPostgres_WrittenWithSql_AreToldAsTheyStand() => await EditLimitsAsync(await StorageRig.PostgresAsync(postgres));

    private static async Task EditLimitsAsync(StorageRig rig)
    {
        await using var storage = rig;
        var some = new StorageSamples(26);
        var (whole, contract) = (some.Limits(some.Account, null), some.Limits(some.Account, Symbol.ParseCanonical("CZCE.TA2505")));
        await storage.WriteAsync(new JournalChange.LimitsSaved(some.Account, [whole, contract], []));
        await storage.WriteAsync(new JournalChange.LimitsSaved(some.Account, [whole, contract], [whole, contract]));

        var told = storage.EditsAsync(count: 1);
        await storage.RunAsync($"update risk_limits set max_order_volume = 7 where id = '{whole.Id}'");
        var changed = (await told).OfType<OutsideEdit.LimitsChanged>().ShouldHaveSingleItem();
        changed.AccountId.ShouldBe(some.Account);
        changed.Limits.Select(row => row.Limits).ShouldBe([whole.Limits with { MaxOrderVolume = new(7) }, contract.Limits]);

        told = storage.EditsAsync(count: 1);
        await storage.RunAsync($"delete from risk_limits where id = '{contract.Id}'");
        (await told).OfType<OutsideEdit.LimitsRemoved>().ShouldHaveSingleItem().Id.ShouldBe(contract.Id);

        told = storage.EditsAsync(count: 1);
        var other = some.Id();
        await storage.RunAsync($"insert into risk_limits (account_id, max_daily_loss) values ('{other}', 5000)");
        (await told).OfType<OutsideEdit.LimitsChanged>().ShouldHaveSingleItem().Limits.ShouldHaveSingleItem().Limits.ShouldBe(new() { MaxDailyLoss = 5000 });
        foreach (var wrong in (string[])["max_order_size = -1", "max_daily_trades = 0", "price_band = 2", "duplicate_window = 61", "symbol = 'CZCE.TA2505'"])
            await Should.ThrowAsync<System.Data.Common.DbException>(() => storage.RunAsync($"update risk_limits set {wrong} where account_id = '{other}'"));
    }

    private static async Task MakeUnreadableAsync(StorageRig storage)
    {
        var some = new StorageSamples(24);
        var (bad, good) = (some.Rule() with { IsEnabled = true }, some.Rule());
        await storage.WriteAsync(new JournalChange.RuleSaved(bad), new JournalChange.RuleSaved(good));
        var told = storage.EditsAsync(count: 2);
        await storage.RunAsync($"update lock_configs set also = 'no json' where id = '{bad.Id}'; update lock_configs set note = 'seen' where id = '{good.Id}'");

        var edits = await told;
        edits.OfType<OutsideEdit.RuleInvalid>().Single().RuleId.ShouldBe(bad.Id);
        edits.OfType<OutsideEdit.RuleChanged>().Single().Rule.Note.ShouldBe("seen");
        (await storage.ReadAsync<string>($"select disabled_reason from lock_configs where id = '{bad.Id}' and not is_enabled")).ShouldNotBeEmpty();
        (await storage.LoadAsync()).Rules.Single().Id.ShouldBe(good.Id);
    }

    private static async Task WriteOwnAsync(StorageRig storage)
    {
        var some = new StorageSamples(25);
        var edits = new List<OutsideEdit>();
        storage.Journal.EditedOutside += edits.AddRange;
        var (rule, gone) = (some.Rule(), some.Rule());
        var trigger = some.Trigger(rule.Id);
        for (var i = 0; i < 3; i++) await storage.WriteAsync(new JournalChange.RuleSaved(rule), new JournalChange.RuleSaved(gone), new JournalChange.TriggerSaved(trigger));
        await storage.WriteAsync(new JournalChange.RuleDeleted(gone.Id));
        await Task.Delay(700);
        edits.ShouldBeEmpty();
    }
}
