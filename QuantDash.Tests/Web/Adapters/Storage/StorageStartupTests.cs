using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class StorageStartupTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    /// <summary>A changed model without a migration would break the next start of every installation.</summary>
    [Fact]
    public void Models_HaveNoChangesWithoutAMigration()
    {
        using var sqlite = StorageTarget.Sqlite("unused.db", "/tmp").CreateContext();
        using var server = StorageTarget.Postgres("Host=localhost", "/tmp").CreateContext();
        sqlite.Database.HasPendingModelChanges().ShouldBeFalse("dotnet ef migrations add … --context SqliteQuantDashContext");
        server.Database.HasPendingModelChanges().ShouldBeFalse("dotnet ef migrations add … --context PostgresQuantDashContext");
    }

    [Fact]
    public async Task BackUp_BeforeAnUpgrade_IsAWholeDatabaseOfItsOwn()
    {
        using var folder = new TempFolder();
        await using var storage = await StorageRig.SqliteAsync(folder);
        await storage.WriteAsync(new JournalChange.EventAdded(new StorageSamples(1).Event(7)));
        await using var context = storage.Target.CreateContext();
        var copy = await SqliteBackup.MakeAsync(context, folder.Path, "Initial", new FakeTimeProvider(), CancellationToken.None);
        await storage.WriteAsync(new JournalChange.EventAdded(new StorageSamples(1).Event(8)));

        copy.ShouldBe(Path.Combine(folder.Path, "backups", "quantdash-20260105-010000-before-upgrade-from-Initial.db"));
        await using var read = StorageTarget.Sqlite(copy, folder.Path).CreateContext();
        (await read.Set<QuantDash.Web.Adapters.Storage.Rows.TapeEventRow>().Select(e => e.Number).ToListAsync()).ShouldBe([7]);
    }

    /// <summary>The table of accounts is made anew for it, under the views that name it.</summary>
    [Fact]
    public async Task Upgrade_FromTheFirstSchema_KeepsAccountsAndViewsAndLetsBridgesIn()
    {
        using var folder = new TempFolder();
        var account = new StorageSamples(1).NewAccount();
        await using (var first = StorageTarget.Sqlite(folder.File("quantdash.db"), folder.Path).CreateContext())
        {
            await first.Database.MigrateAsync("20261121030417_Initial");
            await FirstAccountAsync(first, account);
        }
        await using var storage = await StorageRig.SqliteAsync(folder);
        await storage.WriteAsync(new JournalChange.AccountSaved(account with { Venue = VenueKind.Bridge }));
        (await storage.LoadAsync()).Accounts.ShouldHaveSingleItem().Venue.ShouldBe(VenueKind.Bridge);
        foreach (var view in (string[])["v_active_lock_configs", "v_lock_trigger_summary", "v_positions_by_direction"])
            (await storage.ReadAsync<long>($"select count(*) from {view}")).ShouldBe(0);
    }

    /// <summary>The rules' table is made anew for its new terms, which takes its triggers along.</summary>
    [Fact]
    public async Task Upgrade_FromTheFirstSchema_KeepsRulesAndStillSeesWhatOthersWrite()
    {
        using var folder = new TempFolder();
        var account = new StorageSamples(1).NewAccount();
        await using (var first = StorageTarget.Sqlite(folder.File("quantdash.db"), folder.Path).CreateContext())
        {
            await first.Database.MigrateAsync("20261121030417_Initial");
            await FirstAccountAsync(first, account);
            await first.Database.ExecuteSqlAsync(
                $"insert into lock_configs (account_id, symbol, direction, trigger_type, trigger_price, revision) values ({account.Id.Value.ToString()}, 'CZCE.TA2505', 'long', 'price', 5600, 1)");
        }
        await using var storage = await StorageRig.SqliteAsync(folder);
        var rule = (await storage.LoadAsync()).Rules.ShouldHaveSingleItem();
        rule.ShouldSatisfyAllConditions(
            () => rule.TriggerPrice.ShouldBe(new Price(5600)), () => rule.Rearm.ShouldBe(RearmMode.Once), () => rule.AtrTimeframe.ShouldBe(TimeSpan.FromMinutes(15)),
            () => rule.Action.ShouldBe(LockAction.Lock), () => rule.Opposite.ShouldBe(OppositeLeg.Covers), () => rule.TriggerTime.ShouldBeNull());
        var told = storage.EditsAsync(count: 1);
        await storage.RunAsync("update lock_configs set trigger_price = 5610");
        (await told).ShouldHaveSingleItem().ShouldBeOfType<OutsideEdit.RuleChanged>().Rule.TriggerPrice.ShouldBe(new Price(5610));
    }

    [Fact]
    public async Task Start_OnANewerDatabase_RefusesAndChangesNothing()
    {
        using var folder = new TempFolder();
        await using (var storage = await StorageRig.SqliteAsync(folder))
            await storage.RunAsync("insert into \"__EFMigrationsHistory\" values ('99990101000000_Future', '99')");

        (await Should.ThrowAsync<InvalidOperationException>(() => StorageRig.SqliteAsync(folder))).Message.ShouldContain("99990101000000_Future");
    }

    [Fact]
    public async Task Start_Again_FindsEverythingAndMakesNoBackup()
    {
        using var folder = new TempFolder();
        await using (var storage = await StorageRig.SqliteAsync(folder)) await storage.WriteAsync(new JournalChange.EventAdded(new StorageSamples(1).Event(1)));
        await using var again = await StorageRig.SqliteAsync(folder);
        (await again.LoadAsync()).LastEventNumber.ShouldBe(1);
        Directory.Exists(folder.File("backups")).ShouldBeFalse();
        (await again.ReadAsync<string>("pragma journal_mode")).ShouldBe("wal");
    }

    [PostgresFact]
    public async Task Start_AgainOnPostgres_FindsEverything()
    {
        await using (var storage = await StorageRig.PostgresAsync(postgres)) await storage.WriteAsync(new JournalChange.EventAdded(new StorageSamples(1).Event(1)));
        await using var again = await StorageRig.PostgresAsync(postgres, again: true);
        (await again.LoadAsync()).LastEventNumber.ShouldBe(1);
    }

    [Theory]
    [InlineData("", "Sqlite", "/data/quantdash.db")]
    [InlineData(null, "Sqlite", "/data/quantdash.db")]
    [InlineData("my.db", "Sqlite", "/root/my.db")]
    [InlineData("Data Source=sub/my.db", "Sqlite", "/root/sub/my.db")]
    [InlineData("Host=db;Database=quantdash", "Postgres", null)]
    public void ConnectionString_SaysWhichDatabase(string? text, string provider, string? file)
    {
        var target = StorageTarget.From(text, "/data", path => Path.Combine("/root", path));
        target.Provider.ToString().ShouldBe(provider);
        target.File.ShouldBe(file);
    }

    [Fact]
    public async Task Digits_ThatAColumnPromises_Survive()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(51);
        for (var i = 1; i <= 300; i++)
        {
            var (rule, ledger) = (some.Rule() with { ProfitLockThreshold = Fifteen(i) }, some.Ledger());
            await storage.WriteAsync(new JournalChange.AccountSaved(some.NewAccount()), new JournalChange.RuleSaved(rule), new JournalChange.LedgerSaved(ledger));
            await using var context = storage.Target.CreateContext();
            var read = await context.Set<QuantDash.Web.Adapters.Storage.Rows.LockConfigRow>().SingleAsync(r => r.Id == rule.Id);
            read.ProfitLockThreshold.ShouldBe(rule.ProfitLockThreshold);
            (await context.Set<QuantDash.Web.Adapters.Storage.Rows.AccountLedgerRow>().SingleAsync()).ToBalances().ShouldBe(ledger);
        }
    }

    /// <summary>Numbers, not texts: "10" is more than "9", and a CHECK sees 1.0 as 1.</summary>
    [Fact]
    public async Task Decimals_OnSqlite_SortAndSumInSql()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(52);
        foreach (var threshold in new[] { 9m, 10m, 100.25m, -3m, 1.0m })
            await storage.WriteAsync(new JournalChange.RuleSaved(some.Rule() with { ProfitLockThreshold = threshold, ProfitLockRatio = new(1.0m) }));
        (await storage.ReadAsync<double>("select max(profit_lock_threshold) from lock_configs")).ShouldBe(100.25);
        (await storage.ReadAsync<double>("select sum(profit_lock_threshold) from lock_configs")).ShouldBe(117.25);
        (await storage.ReadAsync<string>("select group_concat(profit_lock_threshold) from (select profit_lock_threshold from lock_configs order by 1)")).ShouldBe("-3,1,9,10,100.25");
    }

    /// <summary>As the first version wrote it: the model of today has columns that its table had not.</summary>
    private static Task FirstAccountAsync(QuantDashContext first, Account account) => first.Database.ExecuteSqlAsync(
        $"insert into accounts (id, name, venue, currency, source, is_demo) values ({account.Id.Value.ToString()}, 'first', 'simulated', 'CNY', 'simulated', 0)");

    private static decimal Fifteen(int seed)
    {
        var random = new Random(seed);
        return new decimal(random.NextInt64(1, 1_000_000_000_000_000)) / (decimal)Math.Pow(10, random.Next(0, 12));
    }
}
