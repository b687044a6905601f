using System.Text.RegularExpressions;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>The SQL of the troubleshooting guide that traders follow, statement by statement as it is printed there. <see cref="Put"/> puts in ids and symbols; nothing else is changed.</summary>
internal static partial class SeedStatements
{
    public const string FailedTriggers = """
        SELECT id, symbol, direction, trigger_condition,
               execution_status, error_message, triggered_at
        FROM lock_triggers
        WHERE execution_status = 'failed'
        ORDER BY triggered_at DESC
        LIMIT 10;
        """;

    public const string TriggerSummary = """
        SELECT * FROM v_lock_trigger_summary
        ORDER BY triggered_at DESC LIMIT 5;
        """;

    public const string EnabledRules = """
        SELECT id, symbol, direction, trigger_type,
               profit_lock_threshold, trigger_price, stop_loss_price,
               auto_execute, profit_lock_enabled
        FROM lock_configs
        WHERE is_enabled = true;
        """;

    public const string ActiveRulesWithPositions = """
        SELECT symbol, direction,
               current_position, current_profit, last_price,
               profit_lock_threshold, trigger_price
        FROM v_active_lock_configs;
        """;

    public const string RulesBesidePositions = """
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
        """;

    public const string Positions = """
        SELECT symbol, direction,
               long_position, short_position,
               is_long_locked, is_short_locked
        FROM positions
        WHERE account_id = '账户ID';
        """;

    public const string TriggersOfAccount = """
        SELECT symbol, direction, lock_volume, execution_status, error_message
        FROM lock_triggers
        WHERE account_id = '账户ID'
        ORDER BY triggered_at DESC LIMIT 10;
        """;

    public const string RatiosOfAccount = """
        SELECT symbol, direction, profit_lock_ratio
        FROM lock_configs
        WHERE account_id = '账户ID' AND is_enabled = true;
        """;

    public const string LatestTrigger = """
        SELECT MAX(triggered_at) as last_trigger,
               NOW() - MAX(triggered_at) as time_since_last
        FROM lock_triggers;
        """;

    public const string ServiceStatus = "SELECT * FROM service_status WHERE service_name = 'lock_trigger';";
    public const string CountOfActiveRules = "SELECT COUNT(*) FROM v_active_lock_configs;";

    public const string NewestTriggers = """
        SELECT id, symbol, trigger_condition, execution_status, triggered_at
        FROM lock_triggers
        ORDER BY triggered_at DESC LIMIT 5;
        """;

    public const string NewestTriggersWithReasons = """
        SELECT symbol, direction, trigger_type, execution_status,
               triggered_at, error_message
        FROM lock_triggers
        ORDER BY triggered_at DESC LIMIT 10;
        """;

    public const string ActiveRules = "SELECT * FROM v_active_lock_configs;";
    public const string One = "SELECT 1;";

    public const string AskFirst = """
        UPDATE lock_configs
        SET auto_execute = false
        WHERE auto_execute = true;
        """;

    public const string MarkExecuted = """
        UPDATE lock_triggers
        SET execution_status = 'executed',
            execution_time = NOW(),
            execution_result = '手动在极星策略中执行'
        WHERE id = '触发记录ID'
          AND execution_status = 'failed';
        """;

    public const string LowerThreshold = """
        UPDATE lock_configs
        SET profit_lock_threshold = 5000  -- 改为5000元触发
        WHERE symbol = '合约代码' AND account_id = '账户ID';
        """;

    public const string MovePrice = """
        UPDATE lock_configs
        SET trigger_price = 3800  -- 调整目标价格
        WHERE symbol = '合约代码' AND account_id = '账户ID';
        """;

    public const string TurnDirection = """
        UPDATE lock_configs
        SET direction = 'long'  -- 或 'short'
        WHERE symbol = '合约代码'
          AND account_id = '账户ID';
        """;

    public const string SwitchOn = """
        UPDATE lock_configs
        SET profit_lock_enabled = true,
            is_enabled = true
        WHERE symbol = '合约代码' AND account_id = '账户ID';
        """;

    public const string TrailingToPrice = """
        UPDATE lock_configs
        SET trigger_type = 'price',
            trigger_price = 3850,  -- 设置目标价格
            stop_loss_price = 3700  -- 设置止损价格
        WHERE trigger_type = 'trailing'
          AND account_id = '账户ID';
        """;

    public const string TrailingToProfit = """
        UPDATE lock_configs
        SET trigger_type = 'profit',
            profit_lock_enabled = true,
            profit_lock_threshold = 10000  -- 利润达到10000元触发
        WHERE trigger_type = 'trailing'
          AND account_id = '账户ID';
        """;

    public const string HalfRatio = """
        UPDATE lock_configs
        SET profit_lock_ratio = 0.5
        WHERE account_id = '账户ID' AND symbol = '合约代码';
        """;

    public const string CancelFailed = """
        UPDATE lock_triggers
        SET execution_status = 'cancelled'
        WHERE execution_status = 'failed'
          AND error_message LIKE '%持仓不足%';
        """;

    public static IReadOnlyList<string> All { get; } =
    [
        FailedTriggers, TriggerSummary, EnabledRules, ActiveRulesWithPositions, RulesBesidePositions, Positions, TriggersOfAccount, RatiosOfAccount, LatestTrigger,
        ServiceStatus, CountOfActiveRules, NewestTriggers, NewestTriggersWithReasons, ActiveRules, One,
        AskFirst, MarkExecuted, LowerThreshold, MovePrice, TurnDirection, SwitchOn, TrailingToPrice, TrailingToProfit, HalfRatio, CancelFailed,
    ];

    /// <summary>The guide itself, where the source documents lie beside the market data; null elsewhere.</summary>
    public static string? Guide { get; } = TestData.Folder is { } data && Directory.Exists(Path.Combine(data, "..", "seeds"))
        ? Directory.GetFiles(Path.Combine(data, "..", "seeds"), "001_*.txt").SingleOrDefault()
        : null;

    public static string Put(string sql, string account = "", string symbol = "", string trigger = "") =>
        sql.Replace("账户ID", account, StringComparison.Ordinal).Replace("合约代码", symbol, StringComparison.Ordinal).Replace("触发记录ID", trigger, StringComparison.Ordinal);

    /// <summary>Every statement of the guide: what stands in its psql calls and in its SQL blocks.</summary>
    public static IReadOnlyList<string> In(string guide)
    {
        var blocks = InSqlBlock().Matches(guide).Concat(InPsqlCall().Matches(guide)).Select(match => match.Groups["sql"].Value);
        return [.. blocks.SelectMany(block => block.Split(';')).Select(InOneLine).Where(sql => sql.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Without comments, layout and the closing semicolon.</summary>
    public static string InOneLine(string sql) => Blank().Replace(Comment().Replace(sql, " "), " ").Trim(' ', ';');

    [GeneratedRegex("```sql\n(?<sql>.*?)```", RegexOptions.Singleline)]
    private static partial Regex InSqlBlock();

    [GeneratedRegex("psql [^\"`\n]*-c \"(?<sql>[^\"]*)\"")]
    private static partial Regex InPsqlCall();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
