using Microsoft.EntityFrameworkCore.Migrations;

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite;

/// <summary>What the model cannot say: the seeds' views, and the triggers that mark rows written by other programs (revision 0).
/// A later migration that rebuilds one of these tables drops them first and creates them again.</summary>
internal static class InitialSql
{
    public static void Create(MigrationBuilder migration)
    {
        CreateTriggers(migration);
        foreach (var sql in (string[])[ActiveConfigs, TriggerSummary, PositionsByDirection]) migration.Sql(sql);
    }

    /// <summary>Again, after a migration that made one of their tables anew.</summary>
    public static void CreateTriggers(MigrationBuilder migration)
    {
        foreach (var sql in (string[])[ConfigUpdated, TriggerUpdated, ConfigDeleted]) migration.Sql(sql.Replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", StringComparison.Ordinal));
    }

    private const string ConfigUpdated =
        """
        CREATE TRIGGER trg_lock_configs_outside_update AFTER UPDATE ON lock_configs
        WHEN NEW.revision = OLD.revision
        BEGIN
            UPDATE lock_configs SET revision = 0, updated_at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' WHERE id = NEW.id;
        END
        """;

    private const string TriggerUpdated =
        """
        CREATE TRIGGER trg_lock_triggers_outside_update AFTER UPDATE ON lock_triggers
        WHEN NEW.revision = OLD.revision
        BEGIN
            UPDATE lock_triggers SET revision = 0, updated_at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' WHERE id = NEW.id;
        END
        """;

    private const string ConfigDeleted =
        """
        CREATE TRIGGER trg_lock_configs_outside_delete AFTER DELETE ON lock_configs
        WHEN OLD.revision <> -1
        BEGIN
            INSERT OR IGNORE INTO outside_deletes (table_name, row_id) VALUES ('lock_configs', OLD.id);
        END
        """;

    private const string ActiveConfigs =
        """
        CREATE VIEW v_active_lock_configs AS
        SELECT c.id, c.account_id, a.name AS account_name, a.external_id, c.symbol, c.direction, c.trigger_type,
               c.auto_execute, c.profit_lock_enabled, c.profit_lock_threshold, c.profit_lock_ratio, c.trigger_price,
               c.stop_loss_price, c.stop_lock_ratio, c.trailing_stop, c.trailing_distance, c.trailing_mode,
               c.trailing_activation, c.price_source, c.also, c.shadow, c.valid_until, c.note, c.created_at, c.updated_at,
               s.state AS arm_state, s.why AS arm_why, s.armed_at,
               coalesce(CASE c.direction WHEN 'long' THEN p.long_position ELSE p.short_position END, 0) AS current_position,
               CASE c.direction WHEN 'long' THEN p.long_profit ELSE p.short_profit END AS current_profit,
               p.last_price, p.updated_at AS position_updated_at
        FROM lock_configs c
        LEFT JOIN accounts a ON a.id = c.account_id
        LEFT JOIN positions p ON p.account_id = c.account_id AND p.symbol = c.symbol
        LEFT JOIN lock_rule_states s ON s.rule_id = c.id
        WHERE c.is_enabled AND (c.valid_until IS NULL OR c.valid_until > strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')
        """;

    private const string TriggerSummary =
        """
        CREATE VIEW v_lock_trigger_summary AS
        SELECT t.id, t.config_id, t.account_id, a.name AS account_name, t.symbol, t.direction, t.trigger_type,
               t.trigger_condition, t.trigger_price, t.trigger_profit, t.lock_volume, t.filled_volume, t.execution_status,
               t.auto_execute, t.shadow, t.triggered_at, t.tick_timestamp, t.confirm_by, t.execution_time,
               t.execution_result, t.error_message, e.lock_price, e.locked_profit, e.fee, e.execution_method,
               e.executed_at, c.profit_lock_threshold, c.profit_lock_ratio, c.is_enabled AS config_enabled
        FROM lock_triggers t
        LEFT JOIN accounts a ON a.id = t.account_id
        LEFT JOIN lock_configs c ON c.id = t.config_id
        LEFT JOIN lock_executions e ON e.trigger_id = t.id
        """;

    private const string PositionsByDirection =
        """
        CREATE VIEW v_positions_by_direction AS
        SELECT account_id, symbol, 'long' AS direction, long_position AS volume, long_avg_price AS avg_price,
               last_price AS current_price, long_profit AS unrealized_pnl, long_margin AS margin,
               long_open_time AS open_time, updated_at AS update_time
        FROM positions WHERE long_position > 0
        UNION ALL
        SELECT account_id, symbol, 'short', short_position, short_avg_price,
               last_price, short_profit, short_margin, short_open_time, updated_at
        FROM positions WHERE short_position > 0
        """;
}
