using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Queries;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>What is asked of all orders and trades there ever were, on both databases.</summary>
public sealed class OrderHistoryTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly Symbol Pta = Symbol.Create("CZCE", "TA2505");
    private static readonly Symbol Gold = Symbol.Create("SHFE", "au2512");

    [Fact]
    public async Task Filters_OnSqlite_KeepTheirOrdersAndTheirTrades()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await FilterAsync(storage);
    }

    [PostgresFact]
    public async Task Filters_OnPostgres_KeepTheirOrdersAndTheirTrades()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await FilterAsync(storage);
    }

    [Fact]
    public async Task Sums_OnSqlite_AreExactAndOfEveryTradeThatIsWanted()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await SumAsync(storage);
    }

    [PostgresFact]
    public async Task Sums_OnPostgres_AreExactAndOfEveryTradeThatIsWanted()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await SumAsync(storage);
    }

    /// <summary>An older page must cost what the first one costs: found by the index that is in the order of the list, never sorted.</summary>
    [Theory]
    [InlineData("orders", "created_at", "account_id", "ix_orders_account_id_created_at_id")]
    [InlineData("orders", "created_at", "symbol", "ix_orders_symbol_created_at_id")]
    [InlineData("trades", "trade_time", "account_id", "ix_trades_account_id_trade_time_id")]
    [InlineData("trades", "trade_time", "symbol", "ix_trades_symbol_trade_time_id")]
    [InlineData("trades", "trade_time", null, "ix_trades_trade_time_id")]
    [InlineData("orders", "created_at", null, "ix_orders_created_at_id")]
    public async Task OlderPage_OnSqlite_IsReadFromAnIndex(string table, string time, string? column, string index)
    {
        await using var storage = await StorageRig.SqliteAsync();
        var plan = await PlanAsync(storage, "EXPLAIN QUERY PLAN " + OlderPage(table, time, column), 3);
        plan.ShouldContain(index);
        plan.ShouldNotContain("TEMP B-TREE");
    }

    [PostgresTheory]
    [InlineData("orders", "created_at", "account_id", "ix_orders_account_id_created_at_id")]
    [InlineData("trades", "trade_time", "account_id", "ix_trades_account_id_trade_time_id")]
    [InlineData("trades", "trade_time", "symbol", "ix_trades_symbol_trade_time_id")]
    public async Task OlderPage_OnPostgres_IsReadFromAnIndex(string table, string time, string? column, string index)
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        // An empty table is best read whole; what counts is that it can be read in order.
        var plan = await PlanAsync(storage, "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; EXPLAIN " + OlderPage(table, time, column), 0);
        plan.ShouldContain(index);
        plan.ShouldNotContain("Sort");
    }

    private static string OlderPage(string table, string time, string? column)
    {
        const string Id = "'11111111-1111-4111-8111-111111111111'";
        var equal = column is null ? "" : $"WHERE t.{column} = {(column == "account_id" ? Id : "'CZCE.TA2505'")} ";
        return $"SELECT * FROM (SELECT * FROM {table} WHERE (\"{time}\", \"id\") < ('2026-01-05T01:00:00Z', {Id})) AS t {equal}ORDER BY t.{time} DESC, t.id DESC LIMIT 101";
    }

    private static async Task<string> PlanAsync(StorageRig storage, string sql, int column)
    {
        await using var context = storage.Target.CreateContext();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(column));
        return string.Join('\n', lines);
    }

    private static async Task FilterAsync(StorageRig storage)
    {
        var some = new StorageSamples(21);
        var trigger = some.Trigger(some.Id());
        var (made, let, held) = (some.Lock() with { TriggerId = trigger.Id }, some.Lock() with { TriggerId = null }, some.HeldOrder());
        var byRule = Given(some, OrderPurpose.Lock, OrderState.Filled) with { TriggerId = trigger.Id, OriginId = trigger.Id };
        var unlock = Given(some, OrderPurpose.Unlock, OrderState.Cancelled) with { OriginId = let.Id };
        var stop = Given(some, OrderPurpose.Close, OrderState.Filled) with { OriginId = held.Id };
        var byHand = Given(some, OrderPurpose.Open, OrderState.Accepted) with { Symbol = Gold, Side = OrderSide.Sell };
        Order[] orders = [byRule, unlock, stop, byHand];
        await storage.WriteAsync(
        [
            new JournalChange.TriggerSaved(trigger), new JournalChange.LockSaved(made), new JournalChange.LockSaved(let), new JournalChange.HeldOrderSaved(held),
            .. orders.Select(order => new JournalChange.OrderSaved(order)),
            .. orders.Select(order => new JournalChange.FillAdded(FillOf(some, order, order.Id.Value), some.Accounting())),
            new JournalChange.FillAdded(FillOf(some, byRule, "outside") with { OrderId = null }, some.Accounting()),
        ]);
        var history = new OrderHistory(Contexts(storage));

        (OrderFilter Filter, Order[] Orders)[] cases =
        [
            (new() { Owner = OrderOwner.Rule }, [byRule]), (new() { RuleId = trigger.ConfigId }, [byRule]), (new() { TriggerId = trigger.Id }, [byRule]),
            (new() { Owner = OrderOwner.Lock }, [unlock]), (new() { Owner = OrderOwner.Held }, [stop]), (new() { Owner = OrderOwner.Manual }, [byHand]),
            (new() { Purpose = OrderPurpose.Unlock }, [unlock]), (new() { State = OrderState.Filled }, [byRule, stop]), (new() { OrderId = stop.Id }, [stop]),
            (new() { Side = OrderSide.Sell, Symbol = Gold }, [byHand]), (new() { RuleId = some.Id() }, []), (new() { Owner = OrderOwner.Rule, State = OrderState.Cancelled }, []),
        ];
        foreach (var (filter, wanted) in cases)
        {
            (await history.OrdersAsync(filter, PageRequest.First)).Items.Select(o => o.Id).ShouldBe(wanted.Select(o => o.Id), ignoreOrder: true, filter.ToString());
            (await history.TradesAsync(filter, PageRequest.First)).Items.Select(t => t.Fill.OrderId!.Value).ShouldBe(wanted.Select(o => o.Id), ignoreOrder: true, filter.ToString());
        }
        (await history.OrdersAsync(new() { Owner = OrderOwner.Elsewhere }, PageRequest.First)).Items.ShouldBeEmpty();
        (await history.TradesAsync(new() { Owner = OrderOwner.Elsewhere }, PageRequest.First)).Items.Single().Fill.TradeId.ShouldBe("outside");
        (await history.TradesAsync(new() { Side = OrderSide.Buy }, PageRequest.First)).Items.Count.ShouldBe(4);

        var origins = await history.OriginsAsync([.. orders.Select(o => o.Id), new("QD1-1")]);
        origins.Count.ShouldBe(4);
        origins[byRule.Id].ShouldBe(new(OrderOwner.Rule, OrderPurpose.Lock, trigger.Id, trigger.ConfigId, made.Id, null));
        origins[unlock.Id].ShouldBe(new(OrderOwner.Lock, OrderPurpose.Unlock, null, null, let.Id, null));
        origins[stop.Id].ShouldBe(new(OrderOwner.Held, OrderPurpose.Close, null, null, null, held.Id));
        origins[byHand.Id].ShouldBe(new(OrderOwner.Manual, OrderPurpose.Open, null, null, null, null));
    }

    private static async Task SumAsync(StorageRig storage)
    {
        var some = new StorageSamples(22);
        var open = FillOf(some, Given(some, OrderPurpose.Open, OrderState.Filled), "a") with { Offset = Offset.Open, Price = new(0.1m), Volume = new(3) };
        var close = open with { TradeId = "b", Offset = Offset.CloseToday, Side = OrderSide.Sell, Price = new(0.2m), Volume = new(3) };
        var unknown = close with { TradeId = "c", Volume = new(1) };
        var gold = open with { TradeId = "d", Symbol = Gold, Price = new(783.42m), Volume = new(2) };
        await storage.WriteAsync(
        [
            new JournalChange.FillAdded(open, new() { Fee = 0.1m }), new JournalChange.FillAdded(close, new() { Fee = 0.2m, RealisedPnl = -0.3m, ClosePnl = 1m }),
            new JournalChange.FillAdded(unknown, new() { Fee = 0.01m }), new JournalChange.FillAdded(gold, new() { Fee = 10m }),
        ]);
        var history = new OrderHistory(Contexts(storage));

        // 0.1 + 0.2 is where a double shows.
        (await history.TradeSumsAsync(new())).ShouldBe(
        [
            new(some.Account, Pta, 3, 7m, 1.1m, 0.31m, 2, 1, -0.3m),
            new(some.Account, Gold, 1, 2m, 1566.84m, 10m, 0, 0, 0m),
        ]);
        (await history.TradeSumsAsync(new() { Side = OrderSide.Sell })).ShouldBe([new(some.Account, Pta, 2, 4m, 0.8m, 0.21m, 2, 1, -0.3m)]);
        (await history.TradeSumsAsync(new() { Symbol = Symbol.Create("DCE", "v2505") })).ShouldBeEmpty();
    }

    private static Order Given(StorageSamples some, OrderPurpose purpose, OrderState state) => some.Order() with
    {
        Symbol = Pta, Side = OrderSide.Buy, Purpose = purpose, State = state, TriggerId = null, OriginId = some.Id(),
    };

    private static Fill FillOf(StorageSamples some, Order order, string trade) => some.Fill() with { TradeId = trade, Symbol = order.Symbol, Side = order.Side, OrderId = order.Id };

    private static IDbContextFactory<QuantDashContext> Contexts(StorageRig storage) => new ContextFactory(storage.Target, storage.Journal);
}
