using Npgsql;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Instruments;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>Every statement of the troubleshooting guide (seed 001), as printed there: only ids and symbols are put in.</summary>
public sealed class SeedSqlTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Queries = """
        SELECT id, symbol, direction, trigger_condition,
               execution_status, error_message, triggered_at
        FROM lock_triggers
        WHERE execution_status = 'failed'
        ORDER BY triggered_at DESC
        LIMIT 10;
        ---
        SELECT * FROM v_lock_trigger_summary
        ORDER BY triggered_at DESC LIMIT 5;
        ---
        SELECT id, symbol, direction, trigger_type,
               profit_lock_threshold, trigger_price, stop_loss_price,
               auto_execute, profit_lock_enabled
        FROM lock_configs
        WHERE is_enabled = true;
        ---
        SELECT symbol, direction,
               current_position, current_profit, last_price,
               profit_lock_threshold, trigger_price
        FROM v_active_lock_configs;
        ---
        SELECT
            c.symbol,
            c.direction,
            c.profit_lock_threshold,
            p.long_profit,
            p.short_profit,
            p.long_position,
            p.short_position
        FROM lock_configs c
        JOIN positions p ON c.account_id = p.account_id AND c.symbol = p.symbol
        WHERE c.is_enabled = true;
        ---
        SELECT symbol, direction,
               long_position, short_position,
               is_long_locked, is_short_locked
        FROM positions
        WHERE account_id = '账户ID';
        ---
        SELECT symbol, direction, lock_volume, execution_status, error_message
        FROM lock_triggers
        WHERE account_id = '账户ID'
        ORDER BY triggered_at DESC LIMIT 10;
        ---
        SELECT symbol, direction, profit_lock_ratio
        FROM lock_configs
        WHERE account_id = '账户ID' AND is_enabled = true;
        ---
        SELECT MAX(triggered_at) as last_trigger,
               NOW() - MAX(triggered_at) as time_since_last
        FROM lock_triggers;
        ---
        SELECT * FROM service_status WHERE service_name = 'lock_trigger';
        ---
        SELECT COUNT(*) FROM v_active_lock_configs;
        ---
        SELECT id, symbol, trigger_condition, execution_status, triggered_at
        FROM lock_triggers
        ORDER BY triggered_at DESC LIMIT 5;
        ---
        SELECT symbol, direction, trigger_type, execution_status,
               triggered_at, error_message
        FROM lock_triggers
        ORDER BY triggered_at DESC LIMIT 10;
        ---
        SELECT * FROM v_active_lock_configs;
        ---
        SELECT 1;
        """;

    [PostgresFact]
    public async Task Queries_OfTheGuide_AnswerWithARow()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        var (account, _, _) = await FillAsync(storage);
        await using var source = NpgsqlDataSource.Create(storage.Target.ConnectionString);
        foreach (var sql in Queries.Split("---"))
        {
            await using var command = source.CreateCommand(sql.Replace("账户ID", account.ToString()));
            await using var reader = await command.ExecuteReaderAsync();
            (await reader.ReadAsync()).ShouldBeTrue(sql);
        }
    }

    [PostgresTheory]
    [InlineData("UPDATE lock_configs SET auto_execute = false WHERE auto_execute = true;", "auto_execute=False")]
    [InlineData("UPDATE lock_configs SET profit_lock_threshold = 5000  -- 改为5000元触发\nWHERE symbol = '合约代码' AND account_id = '账户ID';", "profit_lock_threshold=5000")]
    [InlineData("UPDATE lock_configs\nSET trigger_price = 3800  -- 调整目标价格\nWHERE symbol = '合约代码' AND account_id = '账户ID';", "trigger_price=3800")]
    [InlineData("UPDATE lock_configs\nSET direction = 'long'  -- 或 'short'\nWHERE symbol = '合约代码'\n  AND account_id = '账户ID';", "direction=Long")]
    [InlineData("UPDATE lock_configs\nSET profit_lock_enabled = true,\n    is_enabled = true\nWHERE symbol = '合约代码' AND account_id = '账户ID';", "profit_lock_enabled=True")]
    [InlineData("UPDATE lock_configs\nSET trigger_type = 'price',\n    trigger_price = 3850,  -- 设置目标价格\n    stop_loss_price = 3700  -- 设置止损价格\nWHERE trigger_type = 'trailing'\n  AND account_id = '账户ID';", "trigger_type=Price")]
    [InlineData("UPDATE lock_configs\nSET trigger_type = 'profit',\n    profit_lock_enabled = true,\n    profit_lock_threshold = 10000  -- 利润达到10000元触发\nWHERE trigger_type = 'trailing'\n  AND account_id = '账户ID';", "trigger_type=Profit")]
    [InlineData("UPDATE lock_configs\nSET profit_lock_ratio = 0.5\nWHERE account_id = '账户ID' AND symbol = '合约代码';", "profit_lock_ratio=0.5")]
    public async Task RuleUpdates_OfTheGuide_ReachTheEngineWithinASecond(string sql, string expected)
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        var (account, rule, _) = await FillAsync(storage);
        var told = storage.EditsAsync(count: 1);
        await storage.RunAsync(sql.Replace("账户ID", account.ToString()).Replace("合约代码", rule.Symbol.ToString()));

        var changed = (await told.WaitAsync(TimeSpan.FromSeconds(1))).OfType<OutsideEdit.RuleChanged>().Single().Rule;
        FormattableString[] facts =
        [
            $"auto_execute={changed.AutoExecute}", $"profit_lock_threshold={changed.ProfitLockThreshold}", $"trigger_price={changed.TriggerPrice}",
            $"direction={changed.Direction}", $"profit_lock_enabled={changed.ProfitLockEnabled}", $"trigger_type={changed.TriggerType}",
            $"profit_lock_ratio={changed.ProfitLockRatio}",
        ];
        facts.Select(FormattableString.Invariant).ShouldContain(expected);
    }

    [PostgresTheory]
    [InlineData("UPDATE lock_triggers\nSET execution_status = 'executed',\n    execution_time = NOW(),\n    execution_result = '手动在极星策略中执行'\nWHERE id = '触发记录ID'\n  AND execution_status = 'failed';", TriggerStatus.Executed)]
    [InlineData("UPDATE lock_triggers\nSET execution_status = 'cancelled'\nWHERE execution_status = 'failed'\n  AND error_message LIKE '%持仓不足%';", TriggerStatus.Cancelled)]
    public async Task TriggerUpdates_OfTheGuide_ReachTheEngineWithinASecond(string sql, TriggerStatus expected)
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        var (_, _, trigger) = await FillAsync(storage);
        var told = storage.EditsAsync(count: 1);
        await storage.RunAsync(sql.Replace("触发记录ID", trigger.Id.ToString()));
        (await told.WaitAsync(TimeSpan.FromSeconds(1))).OfType<OutsideEdit.TriggerChanged>().Single().Trigger.Status.ShouldBe(expected);
    }

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

    private static async Task<(AccountId Account, LockRule Rule, LockTrigger Trigger)> FillAsync(StorageRig storage)
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
        return (some.Account, rule, trigger);
    }
}
