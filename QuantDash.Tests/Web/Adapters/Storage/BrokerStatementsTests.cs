using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Queries;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class BrokerStatementsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 18, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Statements_OnSqlite_AreKeptOnceAndListed()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await CheckAsync(storage);
    }

    [PostgresFact]
    public async Task Statements_OnPostgres_AreKeptOnceAndListed()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await CheckAsync(storage);
    }

    [Fact]
    public async Task Settlement_OnSqlite_KeepsWhatWasHeld_AndIsFoundByItsDay()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await CheckSettlementAsync(storage);
    }

    [PostgresFact]
    public async Task Settlement_OnPostgres_KeepsWhatWasHeld_AndIsFoundByItsDay()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await CheckSettlementAsync(storage);
    }

    private static async Task CheckAsync(StorageRig storage)
    {
        var some = new StorageSamples(7);
        var statements = new BrokerStatements(new Contexts(storage.Target));
        KeptStatement Of(AccountId account, string text, int minute) => new()
        {
            Id = some.Id(), AccountId = account, TradingDay = new(2026, 11, 17), Kind = StatementKind.ByTrade, FileName = "结算单.txt", ImportedAt = Noon.AddMinutes(minute), ImportedBy = "admin", Text = text,
        };
        var (other, first) = (new AccountId(some.Id()), Of(some.Account, "资金状况\r\n一", 0));
        (await statements.KeepAsync(first)).ShouldBe(first);
        (await statements.KeepAsync(Of(some.Account, first.Text, 5))).ShouldBe(first, "the same text is the same statement");
        var (second, elsewhere) = (Of(some.Account, "二", 1), Of(other, first.Text, 2));
        await statements.KeepAsync(second);
        await statements.KeepAsync(elsewhere);

        (await statements.ListAsync(some.Account, PageRequest.First)).Items.ShouldBe([second, first]);
        var page = await statements.ListAsync(null, new(null, 2));
        page.Items.ShouldBe([elsewhere, second]);
        (await statements.ListAsync(null, new(page.NextCursor, 2))).Items.ShouldBe([first]);
        (await statements.FindAsync(second.Id)).ShouldBe(second);
        (await statements.FindAsync(some.Id())).ShouldBeNull();
    }

    private static async Task CheckSettlementAsync(StorageRig storage)
    {
        var some = new StorageSamples(8);
        var day = new DateOnly(2026, 11, 17);
        var held = new SettledPosition
        {
            Symbol = Symbol.ParseCanonical("SHFE.au2612"), Side = Side.Short, Volume = new(3), TodayVolume = new(1), AverageOpenPrice = 780.123456789m, AverageBasis = null, SettlementPrice = 782.5m, FloatingPnl = -7_129.629633m,
            HoldingPnl = null, Margin = 328_650m,
        };
        AccountSettlement Settled(DateOnly on, IReadOnlyList<SettledPosition>? positions) => new()
        {
            AccountId = some.Account, TradingDay = on, SettledAt = new(on, new(8, 0), TimeSpan.Zero), Funds = some.Funds() with { AccountId = some.Account, TradingDay = on }, Positions = positions,
        };
        await storage.WriteAsync([new JournalChange.SettlementSaved(Settled(day, [held])), new JournalChange.SettlementSaved(Settled(day.AddDays(-1), []))]);
        await using (var context = storage.Target.CreateContext())
            await context.Database.ExecuteSqlRawAsync("update settlements set positions = null where trading_day = '2026-11-16'");

        var history = new FundsHistory(new Contexts(storage.Target));
        (await history.SettlementsAsync(new() { AccountId = some.Account, TradingDay = day }, PageRequest.First)).Items.ShouldHaveSingleItem().Positions!.ShouldBe([held]);
        (await history.SettlementsAsync(new() { AccountId = some.Account, TradingDay = day.AddDays(-1) }, PageRequest.First)).Items.ShouldHaveSingleItem().Positions.ShouldBeNull("a day of an older version");
    }

    private sealed class Contexts(StorageTarget target) : IDbContextFactory<QuantDashContext>
    {
        public QuantDashContext CreateDbContext() => target.CreateContext();
    }
}
