using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Queries;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>Kept comparisons: read back as they were, a page at a time, and forgotten when they are old.</summary>
public sealed class ReconciliationHistoryTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
    private static readonly AccountId One = new(new("11111111-1111-4111-8111-111111111111"));
    private static readonly AccountId Two = new(new("22222222-2222-4222-8222-222222222222"));

    [Fact]
    public async Task Runs_OnSqlite_AreReadBackAndForgotten()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await ReadAndForgottenAsync(storage);
    }

    [PostgresFact]
    public async Task Runs_OnPostgres_AreReadBackAndForgotten()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await ReadAndForgottenAsync(storage);
    }

    private static async Task ReadAndForgottenAsync(StorageRig storage)
    {
        var history = new ReconciliationHistory(storage.Target, storage.Journal, new ContextFactory(storage.Target, storage.Journal));
        var written = new[] { Record(One, 0, 0), Record(Two, 1, 2), Record(One, 2, 0), Record(One, 3, 1) };
        await storage.WriteAsync([.. written.Select(record => new JournalChange.ReconciliationKept(record))]);

        var first = await history.RunsAsync(new() { AccountId = One }, new(null, 2));
        first.Items.Select(record => record.Run).ShouldBe([written[3].Run, written[2].Run]);
        first.Items[0].Differences.ShouldBe(written[3].Differences);
        (first.Items[0].Found, first.Items[0].Open, first.Items[0].QuietBefore, first.Items[0].Took).ShouldBe((1, 1, 3, TimeSpan.FromSeconds(4)));
        (await history.RunsAsync(new() { AccountId = One }, new(first.NextCursor, 2))).Items.ShouldHaveSingleItem().Run.ShouldBe(written[0].Run);
        (await history.RunsAsync(new() { Since = Now.AddMinutes(1), Before = Now.AddMinutes(2) }, new(null, 9))).Items.ShouldHaveSingleItem().AccountId.ShouldBe(Two);

        (await history.ForgetAsync(Now.AddMinutes(2), most: 1)).ShouldBe(1);
        (await history.ForgetAsync(Now.AddMinutes(2), most: 1)).ShouldBe(1);
        (await history.ForgetAsync(Now.AddMinutes(2), most: 1)).ShouldBe(0);
        (await history.RunsAsync(new(), new(null, 9))).Items.Count.ShouldBe(2);
    }

    private static ReconciliationRecord Record(AccountId account, int minute, int differences) => new()
    {
        AccountId = account,
        Run = new(minute == 1 ? ReconciliationWhy.Told : ReconciliationWhy.Demand, minute == 1 ? null : Now.AddMinutes(minute).AddSeconds(-4), Now.AddMinutes(minute), 6, 2, 1),
        Found = differences,
        Open = differences,
        QuietBefore = minute,
        Differences =
        [
            .. Enumerable.Range(0, differences).Select(number => new Difference
            {
                Key = $"leg:CZCE.TA2505:{number}", Kind = DifferenceKind.Leg, Symbol = Symbol.Create("CZCE", "TA2505"), Side = Side.Short, OrderId = null, Ours = 10.5m, Venue = null,
                Since = Now, Why = "left_out", IsAdopted = number == 1, CanAdopt = true,
            }),
        ],
    };
}
