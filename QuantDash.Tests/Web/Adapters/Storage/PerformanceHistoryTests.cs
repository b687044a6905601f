using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Queries;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class PerformanceHistoryTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 18, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task History_OnSqlite_IsWhatWasRecorded()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await CheckAsync(storage);
    }

    [PostgresFact]
    public async Task History_OnPostgres_IsWhatWasRecorded()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await CheckAsync(storage);
    }

    [Fact]
    public async Task Rates_OnSqlite_AreKeptReplacedAndDeleted()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await CheckRatesAsync(storage);
    }

    [PostgresFact]
    public async Task Rates_OnPostgres_AreKeptReplacedAndDeleted()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await CheckRatesAsync(storage);
    }

    /// <summary>What seed 004 reads from the table itself.</summary>
    [Fact]
    public async Task Accounts_TheTable_HoldsBalanceAvailableMarginAndBothResults()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(6);
        var account = some.NewAccount();
        var funds = some.Funds() with { AccountId = account.Id, Equity = 101m, Available = 90m, Margin = 11m, FloatingPnl = -2.5m, RealisedPnl = 7m };
        await storage.WriteAsync([new JournalChange.AccountSaved(account), new JournalChange.FundsSaved(funds, Noon)]);

        (await storage.ReadAsync<string>("select balance || '|' || available || '|' || margin || '|' || unrealized_pnl || '|' || realized_pnl || '|' || substr(updated_at, 1, 19) from accounts"))
            .ShouldBe("101|90|11|-2.5|7|2026-11-18T04:00:00");
    }

    private static async Task CheckAsync(StorageRig storage)
    {
        var some = new StorageSamples(5);
        var (ours, other) = (some.Account, new AccountId(some.Id()));
        var day = new DateOnly(2026, 11, 18);
        Funds Funds(DateOnly on, decimal start, decimal? equity, decimal cash = 0, decimal margin = 0, AccountId? of = null) => some.Funds() with
        {
            AccountId = of ?? ours, TradingDay = on, StaticEquity = start, Equity = equity, CashFlowToday = cash, Deposits = 1_000, Margin = margin, FeesToday = 3,
        };
        await storage.WriteAsync(
        [
            new JournalChange.SettlementSaved(new() { AccountId = ours, TradingDay = day.AddDays(-1), SettledAt = Noon, Funds = Funds(day.AddDays(-1), 900, 950, cash: 20) }),
            new JournalChange.SettlementSaved(new() { AccountId = ours, TradingDay = day.AddDays(-2), SettledAt = Noon.AddDays(-1), Funds = Funds(day.AddDays(-2), 800, 900) }),
            new JournalChange.SettlementSaved(new() { AccountId = other, TradingDay = day, SettledAt = Noon, Funds = Funds(day, 1, 2, of: other) }),
            new JournalChange.EquityPointAdded(ours, Noon.AddMinutes(2), Funds(day, 950, 970, margin: 5)),
            new JournalChange.EquityPointAdded(ours, Noon, Funds(day, 950, 960.25m)),
            new JournalChange.EquityPointAdded(ours, Noon.AddMinutes(1), Funds(day, 950, null)),
            new JournalChange.EquityPointAdded(other, Noon.AddMinutes(3), Funds(day, 950, 1, of: other)),
            new JournalChange.FillAdded(some.Fill() with { AccountId = ours, TradeId = "2", OccurredAt = Noon.AddMinutes(2) }, new() { Fee = 4.5m, RealisedPnl = -120.5m }),
            new JournalChange.FillAdded(some.Fill() with { AccountId = ours, TradeId = "1", OccurredAt = Noon }, new() { Fee = 3, RealisedPnl = 80 }),
            new JournalChange.FillAdded(some.Fill() with { AccountId = ours, TradeId = "3", OccurredAt = Noon }, new() { Fee = 3 }),
            new JournalChange.FillAdded(some.Fill() with { AccountId = other, TradeId = "4", OccurredAt = Noon }, new() { Fee = 3, RealisedPnl = 1 }),
        ]);

        var history = new PerformanceHistory(new Contexts(storage.Target));
        (await history.SamplesAsync(ours, DateTimeOffset.MinValue).ToListAsync()).ShouldBe([new(Noon, 960.25m, 1_000, 0), new(Noon.AddMinutes(2), 970, 1_000, 5)]);
        (await history.SamplesAsync(ours, Noon.AddSeconds(1)).ToListAsync()).ShouldHaveSingleItem().Equity.ShouldBe(970);
        (await history.DaysAsync(ours)).ShouldBe(
        [
            new(day.AddDays(-2), 800, 0, 900, 3, Settled: true), new(day.AddDays(-1), 900, 20, 950, 3, Settled: true), new(day, 950, 0, 970, 3, Settled: false),
        ]);
        (await history.ClosedTradesAsync(ours)).ShouldBe([new(Noon, 80, 3), new(Noon.AddMinutes(2), -120.5m, 4.5m)]);
        (await history.DaysAsync(new(some.Id()))).ShouldBeEmpty();
    }

    private static async Task CheckRatesAsync(StorageRig storage)
    {
        var book = new ExchangeRateBook(new Contexts(storage.Target));
        await book.SaveAsync(new(Currency.Usd, Currency.Cny, 7.10m, Noon));
        await book.SaveAsync(new(Currency.Usd, Currency.Cny, 7.20m, Noon.AddDays(1)));
        await book.SaveAsync(new(Currency.Usd, Currency.Cny, 7.15m, Noon));

        (await book.ListAsync()).ShouldBe([new(Currency.Usd, Currency.Cny, 7.20m, Noon.AddDays(1)), new(Currency.Usd, Currency.Cny, 7.15m, Noon)]);
        (await book.DeleteAsync(Currency.Usd, Currency.Cny, Noon)).ShouldBeTrue();
        (await book.DeleteAsync(Currency.Usd, Currency.Cny, Noon)).ShouldBeFalse();
        (await book.ListAsync()).ShouldHaveSingleItem().Rate.ShouldBe(7.20m);
    }

    private sealed class Contexts(StorageTarget target) : IDbContextFactory<QuantDashContext>
    {
        public QuantDashContext CreateDbContext() => target.CreateContext();
    }
}
