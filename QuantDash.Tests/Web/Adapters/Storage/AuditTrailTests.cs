using System.Data.Common;
using System.Text.Json.Nodes;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Audit;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class AuditTrailTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly Actor Trader = new(ActorKind.User, "trader");

    [Fact]
    public Task RuleMadeChangedRemoved_OnSqlite_SaysWhoWhatAndWhy() => OnSqliteAsync(RuleLifeAsync);

    [PostgresFact]
    public Task RuleMadeChangedRemoved_OnPostgres_SaysWhoWhatAndWhy() => OnPostgresAsync(RuleLifeAsync);

    [Fact]
    public Task Rows_OnSqlite_CannotBeChangedOrRemoved() => OnSqliteAsync(storage => RefusesAsync(storage, "UPDATE audit_logs SET action = 'x'", "DELETE FROM audit_logs"));

    [PostgresFact]
    public Task Rows_OnPostgres_CannotBeChangedOrRemoved() =>
        OnPostgresAsync(storage => RefusesAsync(storage, "UPDATE audit_logs SET action = 'x'", "DELETE FROM audit_logs", "TRUNCATE audit_logs"));

    [Fact]
    public Task Tampering_OnSqlite_IsFoundWhereItIs() => OnSqliteAsync(storage => TamperAsync(storage, "DROP TRIGGER trg_audit_logs_no_update; DROP TRIGGER trg_audit_logs_no_delete"));

    [PostgresFact]
    public Task Tampering_OnPostgres_IsFoundWhereItIs() => OnPostgresAsync(storage => TamperAsync(storage, "DROP TRIGGER trg_audit_logs_append_only ON audit_logs"));

    [Fact]
    public async Task NextStart_AfterNotesTheWitnessMissed_GoesOnAndIsWhole()
    {
        using var folder = new TempFolder();
        await using (var storage = await StorageRig.SqliteAsync(folder)) await EventsAsync(storage, 1, 30);
        // Killed between the commit and the note, in the middle of a line.
        var file = folder.File(AuditWitness.FileName);
        await File.WriteAllTextAsync(file, string.Concat((await File.ReadAllLinesAsync(file)).Take(20).Select(line => line + "\n")) + "21 0123");

        await using (var again = await StorageRig.SqliteAsync(folder))
        {
            await EventsAsync(again, 31, 35);
            (await again.VerifyAuditAsync()).ShouldSatisfyAllConditions(v => v.IsWhole.ShouldBeTrue(), v => v.Entries.ShouldBe(35));
        }

        (await File.ReadAllLinesAsync(file)).Length.ShouldBe(35);
    }

    [Theory]
    [InlineData("")]
    [InlineData("301 0123")]
    [InlineData("\0\0\0\0")]
    public void Last_IsThatOfTheWholeFile_AndItsEndIsMended(string cutOff)
    {
        using var folder = new TempFolder();
        var hash = new string('a', 64);
        using (var first = new AuditWitness(folder.Path)) first.Note(Enumerable.Range(1, 300).Select(i => new AuditHead(i, hash)));
        foreach (var times in (int[])[1, 3000])
        {
            File.AppendAllText(folder.File(AuditWitness.FileName), string.Concat(Enumerable.Repeat(cutOff, times)));
            using var witness = new AuditWitness(folder.Path);
            witness.Last().ShouldBe(witness.Read().Last());
            witness.Note([new(witness.Last().Number + 1, hash)]);
            witness.Last().ShouldBe(witness.Read().Last());
        }

        File.ReadAllLines(folder.File(AuditWitness.FileName)).ShouldAllBe(line => line.EndsWith(" " + hash, StringComparison.Ordinal));
        File.ReadAllLines(folder.File(AuditWitness.FileName)).Length.ShouldBe(302);
    }

    [Fact]
    public async Task Record_BesideSteps_TakesItsPlaceInTheOneChain()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await EventsAsync(storage, 1, 2);
        await new AuditLog(storage.Journal).RecordAsync(new() { At = DateTimeOffset.UnixEpoch.AddTicks(3), Actor = Trader, Action = "sign_in", Subject = "a\0b" });
        await EventsAsync(storage, 3, 4);
        (await EntriesAsync(storage, new())).Select(e => e.Number).ShouldBe([1, 2, 3, 4, 5]);
        (await EntriesAsync(storage, new() { Action = "sign_in", ActorKind = ActorKind.User, ActorName = "trader" })).ShouldHaveSingleItem().Subject.ShouldBe("a\uFFFDb");
        (await storage.VerifyAuditAsync()).IsWhole.ShouldBeTrue();
    }

    private static async Task RuleLifeAsync(StorageRig storage)
    {
        var some = new StorageSamples(61);
        var account = some.NewAccount();
        var rule = some.Rule() with { ProfitLockThreshold = 100m };
        var changed = rule with { ProfitLockThreshold = 250.5m, UpdatedAt = rule.UpdatedAt.AddSeconds(1) };
        await storage.WriteAsync(new JournalChange.AccountSaved(account));
        await ByTraderAsync(storage, new JournalChange.RuleSaved(rule), new JournalChange.EventAdded(some.Event(1) with { Key = "rule.created", Values = ["long"], SubjectId = rule.Id }));
        await ByTraderAsync(storage, new JournalChange.RuleSaved(changed, rule));
        await ByTraderAsync(storage, new JournalChange.RuleSaved(changed with { UpdatedAt = changed.UpdatedAt.AddSeconds(1) }, changed));
        await ByTraderAsync(storage, new JournalChange.RuleDeleted(rule.Id, changed));

        var entries = await EntriesAsync(storage, new() { Subject = rule.Id.ToString() });
        entries.Select(e => e.Action).ShouldBe(["rule.created", "rule.changed", "rule.deleted"], "what changed nothing is not said");
        entries.ShouldAllBe(e => e.Actor == Trader && e.CorrelationId == rule.Id && e.AccountId == account.Id && e.Symbol == rule.Symbol);
        entries[0].Before.ShouldBeNull();
        JsonNode.Parse(entries[0].After!)!["id"]!.GetValue<string>().ShouldBe(rule.Id.ToString());
        entries[0].Reason.ShouldBe("""[{"key":"rule.created","values":["long"]}]""");
        Decimal(entries[1].Before, "profit_lock_threshold").ShouldBe(100m);
        Decimal(entries[1].After, "profit_lock_threshold").ShouldBe(250.5m);
        JsonNode.Parse(entries[1].After!)!.AsObject().Count.ShouldBe(1, "only what changed");
        entries[2].After.ShouldBeNull();
        (await EntriesAsync(storage, new() { Action = "rule" })).Count.ShouldBe(3);
        (await EntriesAsync(storage, new() { AccountId = account.Id, ActorKind = ActorKind.Engine })).ShouldHaveSingleItem().Action.ShouldBe("account.created");
        (await storage.VerifyAuditAsync()).ShouldSatisfyAllConditions(v => v.IsWhole.ShouldBeTrue(), v => v.Entries.ShouldBe(4));
    }

    private static async Task RefusesAsync(StorageRig storage, params string[] statements)
    {
        await EventsAsync(storage, 1, 3);
        foreach (var sql in statements)
            (await Should.ThrowAsync<DbException>(() => storage.RunAsync(sql))).Message.ShouldContain("audit_logs takes new rows and nothing else");
        (await storage.VerifyAuditAsync()).Entries.ShouldBe(3);
    }

    private static async Task TamperAsync(StorageRig storage, string opened)
    {
        await EventsAsync(storage, 1, 20);
        await storage.RunAsync(opened);
        (await storage.VerifyAuditAsync()).IsWhole.ShouldBeTrue();

        var witness = await File.ReadAllTextAsync(Path.Combine(storage.Folder, AuditWitness.FileName));
        var chain = await EntriesAsync(storage, new());
        await storage.RunAsync("UPDATE audit_logs SET reason = replace(reason, '}]', '}] ') WHERE number = 9");
        (await storage.VerifyAuditAsync()).ShouldSatisfyAllConditions(v => v.Fault.ShouldBe(AuditFault.Altered), v => v.At.ShouldBe(9));
        await storage.RunAsync("UPDATE audit_logs SET reason = replace(reason, '}] ', '}]') WHERE number = 9");
        (await storage.VerifyAuditAsync()).IsWhole.ShouldBeTrue();

        await RewriteAsync(storage, chain, from: 14);
        (await storage.VerifyAuditAsync()).ShouldSatisfyAllConditions(v => v.Fault.ShouldBe(AuditFault.Rewritten), v => v.At.ShouldBe(14));
        await RewriteAsync(storage, chain, from: null);
        (await storage.VerifyAuditAsync()).IsWhole.ShouldBeTrue();

        await storage.RunAsync("DELETE FROM audit_logs WHERE number = 20");
        (await storage.VerifyAuditAsync()).ShouldSatisfyAllConditions(v => v.Fault.ShouldBe(AuditFault.Missing), v => v.At.ShouldBe(20));
        await storage.RunAsync("DELETE FROM audit_logs WHERE number = 5");
        (await storage.VerifyAuditAsync()).ShouldSatisfyAllConditions(v => v.Fault.ShouldBe(AuditFault.Missing), v => v.At.ShouldBe(5));
        (await File.ReadAllTextAsync(Path.Combine(storage.Folder, AuditWitness.FileName))).ShouldBe(witness);
    }

    /// <summary>Makes every hash anew from there on, so that the chain holds by itself; null puts back what was.</summary>
    private static async Task RewriteAsync(StorageRig storage, IReadOnlyList<AuditEntry> chain, int? from)
    {
        await using var context = storage.Target.CreateContext();
        var head = AuditHead.None;
        foreach (var entry in chain)
        {
            var made = from is { } first && entry.Number >= first ? AuditChain.Append(head, entry with { Action = "nothing.happened" }) : entry;
            head = AuditChain.HeadAt(made);
            context.Update(AuditRow.From(made));
        }

        await context.SaveChangesAsync();
    }

    private static async Task EventsAsync(StorageRig storage, int from, int to)
    {
        var some = new StorageSamples(from);
        for (var i = from; i <= to; i++) await storage.WriteAsync(new JournalChange.EventAdded(some.Event(i)));
    }

    private static Task ByTraderAsync(StorageRig storage, params IReadOnlyList<JournalChange> changes) => storage.WriteAsync(Trader, changes);

    private static async Task<IReadOnlyList<AuditEntry>> EntriesAsync(StorageRig storage, AuditFilter filter) =>
        [.. (await storage.Audits.EntriesAsync(filter, new(null, PageRequest.LongestPage))).Items.Reverse()];

    private static decimal Decimal(string? json, string column) => JsonNode.Parse(json!)![column]!.GetValue<decimal>();

    private static async Task OnSqliteAsync(Func<StorageRig, Task> test)
    {
        await using var storage = await StorageRig.SqliteAsync();
        await test(storage);
    }

    private async Task OnPostgresAsync(Func<StorageRig, Task> test)
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await test(storage);
    }
}
