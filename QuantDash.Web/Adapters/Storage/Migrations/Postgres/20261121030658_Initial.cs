using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account_ledgers",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    currency = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    trading_day = table.Column<DateOnly>(type: "date", nullable: true),
                    deposits = table.Column<decimal>(type: "numeric", nullable: false),
                    realised_pnl = table.Column<decimal>(type: "numeric", nullable: false),
                    fees = table.Column<decimal>(type: "numeric", nullable: false),
                    static_equity = table.Column<decimal>(type: "numeric", nullable: false),
                    cash_flow_today = table.Column<decimal>(type: "numeric", nullable: false),
                    close_pnl_today = table.Column<decimal>(type: "numeric", nullable: false),
                    fees_today = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_ledgers", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    venue = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    currency = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    source = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    is_demo = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    balance = table.Column<decimal>(type: "numeric", nullable: true),
                    available = table.Column<decimal>(type: "numeric", nullable: true),
                    margin = table.Column<decimal>(type: "numeric", nullable: true),
                    unrealized_pnl = table.Column<decimal>(type: "numeric", nullable: true),
                    realized_pnl = table.Column<decimal>(type: "numeric", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.id);
                    table.CheckConstraint("ck_accounts_venue", "venue in ('simulated')");
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    prefix = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    scopes = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "AspNetRoles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUsers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cash_flow",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    currency = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    trading_day = table.Column<DateOnly>(type: "date", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cash_flow", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "equity_points",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    trading_day = table.Column<DateOnly>(type: "date", nullable: true),
                    currency = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    deposits = table.Column<decimal>(type: "numeric", nullable: false),
                    realised_pnl = table.Column<decimal>(type: "numeric", nullable: false),
                    fees = table.Column<decimal>(type: "numeric", nullable: false),
                    floating_pnl = table.Column<decimal>(type: "numeric", nullable: true),
                    static_equity = table.Column<decimal>(type: "numeric", nullable: false),
                    close_pnl_today = table.Column<decimal>(type: "numeric", nullable: false),
                    holding_pnl = table.Column<decimal>(type: "numeric", nullable: true),
                    fees_today = table.Column<decimal>(type: "numeric", nullable: false),
                    cash_flow_today = table.Column<decimal>(type: "numeric", nullable: false),
                    equity = table.Column<decimal>(type: "numeric", nullable: true),
                    margin = table.Column<decimal>(type: "numeric", nullable: false),
                    frozen_margin = table.Column<decimal>(type: "numeric", nullable: false),
                    frozen_fees = table.Column<decimal>(type: "numeric", nullable: false),
                    available = table.Column<decimal>(type: "numeric", nullable: true),
                    risk_ratio = table.Column<decimal>(type: "numeric", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_equity_points", x => new { x.account_id, x.at });
                });

            migrationBuilder.CreateTable(
                name: "idempotent_answers",
                columns: table => new
                {
                    caller = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    content_type = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotent_answers", x => new { x.caller, x.key });
                });

            migrationBuilder.CreateTable(
                name: "lock_configs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    direction = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    trigger_type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    is_enabled = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "true"),
                    auto_execute = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "false"),
                    profit_lock_enabled = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "false"),
                    profit_lock_threshold = table.Column<decimal>(type: "numeric", nullable: true),
                    profit_lock_ratio = table.Column<decimal>(type: "numeric", nullable: false, defaultValueSql: "1"),
                    trigger_price = table.Column<decimal>(type: "numeric", nullable: true),
                    stop_loss_price = table.Column<decimal>(type: "numeric", nullable: true),
                    stop_lock_ratio = table.Column<decimal>(type: "numeric", nullable: false, defaultValueSql: "1"),
                    trailing_stop = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "false"),
                    trailing_distance = table.Column<decimal>(type: "numeric", nullable: true),
                    trailing_mode = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, defaultValueSql: "'price'"),
                    trailing_activation = table.Column<decimal>(type: "numeric", nullable: true),
                    price_source = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, defaultValueSql: "'last'"),
                    confirm_ticks = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "1"),
                    also = table.Column<string>(type: "text", nullable: false, defaultValueSql: "'[]'"),
                    confirm_timeout = table.Column<decimal>(type: "numeric", nullable: false, defaultValueSql: "600"),
                    confirm_timeout_action = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, defaultValueSql: "'skip'"),
                    max_slippage_ticks = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "10"),
                    protect_ticks = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "5"),
                    shadow = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "false"),
                    valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    disabled_reason = table.Column<string>(type: "text", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    revision = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "0")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lock_configs", x => x.id);
                    table.CheckConstraint("ck_lock_configs_confirm_ticks", "confirm_ticks between 1 and 100");
                    table.CheckConstraint("ck_lock_configs_confirm_timeout", "confirm_timeout > 0 and confirm_timeout < 1e15");
                    table.CheckConstraint("ck_lock_configs_confirm_timeout_action", "confirm_timeout_action in ('skip', 'execute')");
                    table.CheckConstraint("ck_lock_configs_direction", "direction in ('long', 'short')");
                    table.CheckConstraint("ck_lock_configs_max_slippage_ticks", "max_slippage_ticks >= 0 and max_slippage_ticks < 1e15");
                    table.CheckConstraint("ck_lock_configs_price_source", "price_source in ('last', 'bid_ask')");
                    table.CheckConstraint("ck_lock_configs_profit_lock_ratio", "profit_lock_ratio > 0 and profit_lock_ratio <= 1");
                    table.CheckConstraint("ck_lock_configs_profit_lock_threshold", "profit_lock_threshold > -1e15 and profit_lock_threshold < 1e15");
                    table.CheckConstraint("ck_lock_configs_protect_ticks", "protect_ticks >= 0 and protect_ticks < 1e15");
                    table.CheckConstraint("ck_lock_configs_stop_lock_ratio", "stop_lock_ratio > 0 and stop_lock_ratio <= 1");
                    table.CheckConstraint("ck_lock_configs_stop_loss_price", "stop_loss_price > 0 and stop_loss_price < 1e15");
                    table.CheckConstraint("ck_lock_configs_trailing_activation", "trailing_activation > 0 and trailing_activation < 1e15");
                    table.CheckConstraint("ck_lock_configs_trailing_distance", "trailing_distance > 0 and trailing_distance < 1e15");
                    table.CheckConstraint("ck_lock_configs_trailing_mode", "trailing_mode in ('price', 'ratio')");
                    table.CheckConstraint("ck_lock_configs_trigger_price", "trigger_price > 0 and trigger_price < 1e15");
                    table.CheckConstraint("ck_lock_configs_trigger_type", "trigger_type in ('profit', 'price', 'trailing')");
                });

            migrationBuilder.CreateTable(
                name: "lock_executions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    trigger_id = table.Column<Guid>(type: "uuid", nullable: false),
                    lock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    direction = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    lock_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    lock_price = table.Column<decimal>(type: "numeric", nullable: false),
                    locked_profit = table.Column<decimal>(type: "numeric", nullable: true),
                    fee = table.Column<decimal>(type: "numeric", nullable: false),
                    execution_method = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    executed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lock_executions", x => x.id);
                    table.CheckConstraint("ck_lock_executions_direction", "direction in ('long', 'short')");
                    table.CheckConstraint("ck_lock_executions_execution_method", "execution_method in ('auto', 'manual')");
                    table.CheckConstraint("ck_lock_executions_lock_volume", "lock_volume >= 0 and lock_volume < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "lock_rule_states",
                columns: table => new
                {
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    why = table.Column<string>(type: "text", nullable: true),
                    armed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    high_water_ticks = table.Column<long>(type: "bigint", nullable: false),
                    trailing_active = table.Column<bool>(type: "boolean", nullable: false),
                    done_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lock_rule_states", x => x.rule_id);
                    table.CheckConstraint("ck_lock_rule_states_state", "state in ('idle', 'armed', 'fired', 'done', 'waiting_for_false')");
                });

            migrationBuilder.CreateTable(
                name: "lock_triggers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    config_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    direction = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    trigger_type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    trigger_condition = table.Column<string>(type: "text", nullable: false),
                    trigger_price = table.Column<decimal>(type: "numeric", nullable: false),
                    trigger_profit = table.Column<decimal>(type: "numeric", nullable: true),
                    tick_timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lock_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    filled_volume = table.Column<decimal>(type: "numeric", nullable: false, defaultValueSql: "0"),
                    execution_status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, defaultValueSql: "'pending'"),
                    auto_execute = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "false"),
                    shadow = table.Column<bool>(type: "boolean", nullable: false, defaultValueSql: "false"),
                    triggered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    confirm_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    execution_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    execution_result = table.Column<string>(type: "text", nullable: true),
                    error_message = table.Column<string>(type: "text", nullable: true),
                    children = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "0"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    revision = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "0")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lock_triggers", x => x.id);
                    table.CheckConstraint("ck_lock_triggers_children", "children >= 0 and children < 1e15");
                    table.CheckConstraint("ck_lock_triggers_direction", "direction in ('long', 'short')");
                    table.CheckConstraint("ck_lock_triggers_execution_status", "execution_status in ('pending', 'waiting_confirm', 'executing', 'executed', 'partially_executed', 'failed', 'cancelled', 'expired')");
                    table.CheckConstraint("ck_lock_triggers_filled_volume", "filled_volume >= 0 and filled_volume < 1e15");
                    table.CheckConstraint("ck_lock_triggers_lock_volume", "lock_volume > 0 and lock_volume < 1e15");
                    table.CheckConstraint("ck_lock_triggers_trigger_price", "trigger_price > 0 and trigger_price < 1e15");
                    table.CheckConstraint("ck_lock_triggers_trigger_type", "trigger_type in ('stop', 'trailing', 'profit', 'price')");
                });

            migrationBuilder.CreateTable(
                name: "locks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    locked_side = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    trigger_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    volume = table.Column<decimal>(type: "numeric", nullable: false),
                    ratio = table.Column<decimal>(type: "numeric", nullable: false),
                    protected_price = table.Column<decimal>(type: "numeric", nullable: true),
                    lock_price = table.Column<decimal>(type: "numeric", nullable: false),
                    frozen_profit = table.Column<decimal>(type: "numeric", nullable: true),
                    fees = table.Column<decimal>(type: "numeric", nullable: false),
                    bindings = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_locks", x => x.id);
                    table.CheckConstraint("ck_locks_locked_side", "locked_side in ('long', 'short')");
                    table.CheckConstraint("ck_locks_status", "status in ('active', 'broken', 'unlocked')");
                    table.CheckConstraint("ck_locks_volume", "volume >= 0 and volume < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "lots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    side = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    opened_on = table.Column<DateOnly>(type: "date", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    open_price = table.Column<decimal>(type: "numeric", nullable: true),
                    mark_basis = table.Column<decimal>(type: "numeric", nullable: true),
                    volume = table.Column<decimal>(type: "numeric", nullable: false),
                    locked_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    fee_today_used = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lots", x => x.id);
                    table.CheckConstraint("ck_lots_locked_volume", "locked_volume >= 0 and locked_volume < 1e15");
                    table.CheckConstraint("ck_lots_side", "side in ('long', 'short')");
                    table.CheckConstraint("ck_lots_volume", "volume >= 0 and volume < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    direction = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    offset = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    price = table.Column<decimal>(type: "numeric", nullable: true),
                    volume = table.Column<decimal>(type: "numeric", nullable: false),
                    filled_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    average_price = table.Column<decimal>(type: "numeric", nullable: true),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    purpose = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    origin_id = table.Column<Guid>(type: "uuid", nullable: false),
                    trigger_id = table.Column<Guid>(type: "uuid", nullable: true),
                    child = table.Column<int>(type: "integer", nullable: false),
                    trading_day = table.Column<DateOnly>(type: "date", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    venue_order_id = table.Column<string>(type: "text", nullable: true),
                    replay = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders", x => x.id);
                    table.CheckConstraint("ck_orders_direction", "direction in ('buy', 'sell')");
                    table.CheckConstraint("ck_orders_filled_volume", "filled_volume >= 0 and filled_volume < 1e15");
                    table.CheckConstraint("ck_orders_offset", "\"offset\" in ('open', 'close', 'close_today', 'close_yesterday')");
                    table.CheckConstraint("ck_orders_purpose", "purpose in ('lock', 'close', 'open')");
                    table.CheckConstraint("ck_orders_status", "status in ('intended', 'submitting', 'accepted', 'partially_filled', 'filled', 'cancelling', 'cancelled', 'rejected', 'unknown')");
                    table.CheckConstraint("ck_orders_type", "type in ('limit', 'market')");
                    table.CheckConstraint("ck_orders_volume", "volume > 0 and volume < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "outside_deletes",
                columns: table => new
                {
                    table_name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    row_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outside_deletes", x => new { x.table_name, x.row_id });
                });

            migrationBuilder.CreateTable(
                name: "positions",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    direction = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    long_position = table.Column<decimal>(type: "numeric", nullable: false),
                    long_today = table.Column<decimal>(type: "numeric", nullable: false),
                    long_avg_price = table.Column<decimal>(type: "numeric", nullable: true),
                    long_profit = table.Column<decimal>(type: "numeric", nullable: true),
                    long_margin = table.Column<decimal>(type: "numeric", nullable: false),
                    long_open_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_long_locked = table.Column<bool>(type: "boolean", nullable: false),
                    long_locked_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    short_position = table.Column<decimal>(type: "numeric", nullable: false),
                    short_today = table.Column<decimal>(type: "numeric", nullable: false),
                    short_avg_price = table.Column<decimal>(type: "numeric", nullable: true),
                    short_profit = table.Column<decimal>(type: "numeric", nullable: true),
                    short_margin = table.Column<decimal>(type: "numeric", nullable: false),
                    short_open_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_short_locked = table.Column<bool>(type: "boolean", nullable: false),
                    short_locked_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    last_price = table.Column<decimal>(type: "numeric", nullable: true),
                    margin = table.Column<decimal>(type: "numeric", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_positions", x => new { x.account_id, x.symbol });
                    table.CheckConstraint("ck_positions_direction", "direction in ('long', 'short', 'both', 'flat')");
                    table.CheckConstraint("ck_positions_long_locked_volume", "long_locked_volume >= 0 and long_locked_volume < 1e15");
                    table.CheckConstraint("ck_positions_long_position", "long_position >= 0 and long_position < 1e15");
                    table.CheckConstraint("ck_positions_long_today", "long_today >= 0 and long_today < 1e15");
                    table.CheckConstraint("ck_positions_short_locked_volume", "short_locked_volume >= 0 and short_locked_volume < 1e15");
                    table.CheckConstraint("ck_positions_short_position", "short_position >= 0 and short_position < 1e15");
                    table.CheckConstraint("ck_positions_short_today", "short_today >= 0 and short_today < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "service_status",
                columns: table => new
                {
                    service_name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    last_heartbeat = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    restarts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_status", x => x.service_name);
                });

            migrationBuilder.CreateTable(
                name: "settlements",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    trading_day = table.Column<DateOnly>(type: "date", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    currency = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    deposits = table.Column<decimal>(type: "numeric", nullable: false),
                    realised_pnl = table.Column<decimal>(type: "numeric", nullable: false),
                    fees = table.Column<decimal>(type: "numeric", nullable: false),
                    floating_pnl = table.Column<decimal>(type: "numeric", nullable: true),
                    static_equity = table.Column<decimal>(type: "numeric", nullable: false),
                    close_pnl_today = table.Column<decimal>(type: "numeric", nullable: false),
                    holding_pnl = table.Column<decimal>(type: "numeric", nullable: true),
                    fees_today = table.Column<decimal>(type: "numeric", nullable: false),
                    cash_flow_today = table.Column<decimal>(type: "numeric", nullable: false),
                    equity = table.Column<decimal>(type: "numeric", nullable: true),
                    margin = table.Column<decimal>(type: "numeric", nullable: false),
                    frozen_margin = table.Column<decimal>(type: "numeric", nullable: false),
                    frozen_fees = table.Column<decimal>(type: "numeric", nullable: false),
                    available = table.Column<decimal>(type: "numeric", nullable: true),
                    risk_ratio = table.Column<decimal>(type: "numeric", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settlements", x => new { x.account_id, x.trading_day });
                });

            migrationBuilder.CreateTable(
                name: "sources",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    clock = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    sessions_always = table.Column<bool>(type: "boolean", nullable: false),
                    expiry_none = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sources", x => x.name);
                    table.CheckConstraint("ck_sources_clock", "clock in ('wall', 'ticks')");
                });

            migrationBuilder.CreateTable(
                name: "tape_events",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    severity = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    message_key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    message_values = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tape_events", x => x.number);
                    table.CheckConstraint("ck_tape_events_severity", "severity in ('info', 'success', 'warning', 'danger')");
                });

            migrationBuilder.CreateTable(
                name: "trades",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    trade_id = table.Column<string>(type: "text", nullable: false),
                    order_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    direction = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    offset = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    volume = table.Column<decimal>(type: "numeric", nullable: false),
                    price = table.Column<decimal>(type: "numeric", nullable: false),
                    commission = table.Column<decimal>(type: "numeric", nullable: false),
                    realised_pnl = table.Column<decimal>(type: "numeric", nullable: true),
                    close_pnl = table.Column<decimal>(type: "numeric", nullable: true),
                    trading_day = table.Column<DateOnly>(type: "date", nullable: false),
                    trade_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trades", x => x.id);
                    table.CheckConstraint("ck_trades_direction", "direction in ('buy', 'sell')");
                    table.CheckConstraint("ck_trades_offset", "\"offset\" in ('open', 'close', 'close_today', 'close_yesterday')");
                    table.CheckConstraint("ck_trades_volume", "volume > 0 and volume < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "AspNetRoleClaims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    role_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_asp_net_role_claims_asp_net_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "AspNetRoles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserClaims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_asp_net_user_claims_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "AspNetUsers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserLogins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    provider_key = table.Column<string>(type: "text", nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_asp_net_user_logins_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "AspNetUsers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserRoles",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_roles", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "fk_asp_net_user_roles_asp_net_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "AspNetRoles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_asp_net_user_roles_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "AspNetUsers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserTokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_asp_net_user_tokens_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "AspNetUsers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_external_id",
                table: "accounts",
                column: "external_id");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_hash",
                table: "api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_role_claims_role_id",
                table: "AspNetRoleClaims",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "RoleNameIndex",
                table: "AspNetRoles",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_claims_user_id",
                table: "AspNetUserClaims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_logins_user_id",
                table: "AspNetUserLogins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_roles_role_id",
                table: "AspNetUserRoles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "AspNetUsers",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "AspNetUsers",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cash_flow_occurred_at_id",
                table: "cash_flow",
                columns: new[] { "occurred_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_equity_points_at",
                table: "equity_points",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_idempotent_answers_created_at",
                table: "idempotent_answers",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_lock_configs_account_id_symbol",
                table: "lock_configs",
                columns: new[] { "account_id", "symbol" });

            migrationBuilder.CreateIndex(
                name: "ix_lock_configs_revision",
                table: "lock_configs",
                column: "revision",
                filter: "revision = 0");

            migrationBuilder.CreateIndex(
                name: "ix_lock_executions_executed_at_id",
                table: "lock_executions",
                columns: new[] { "executed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lock_executions_trigger_id",
                table: "lock_executions",
                column: "trigger_id");

            migrationBuilder.CreateIndex(
                name: "ix_lock_triggers_config_id_triggered_at",
                table: "lock_triggers",
                columns: new[] { "config_id", "triggered_at" });

            migrationBuilder.CreateIndex(
                name: "ix_lock_triggers_execution_status",
                table: "lock_triggers",
                column: "execution_status");

            migrationBuilder.CreateIndex(
                name: "ix_lock_triggers_revision",
                table: "lock_triggers",
                column: "revision",
                filter: "revision = 0");

            migrationBuilder.CreateIndex(
                name: "ix_lock_triggers_triggered_at_id",
                table: "lock_triggers",
                columns: new[] { "triggered_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_locks_created_at_id",
                table: "locks",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_locks_status",
                table: "locks",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "ix_lots_account_id_symbol",
                table: "lots",
                columns: new[] { "account_id", "symbol" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_account_id_trading_day",
                table: "orders",
                columns: new[] { "account_id", "trading_day" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_created_at_id",
                table: "orders",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_status",
                table: "orders",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "ix_orders_trigger_id",
                table: "orders",
                column: "trigger_id");

            migrationBuilder.CreateIndex(
                name: "ix_settlements_settled_at",
                table: "settlements",
                column: "settled_at");

            migrationBuilder.CreateIndex(
                name: "ix_tape_events_subject_id",
                table: "tape_events",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_trades_account_id_symbol_trading_day_direction_trade_id",
                table: "trades",
                columns: new[] { "account_id", "symbol", "trading_day", "direction", "trade_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_trades_account_id_trading_day",
                table: "trades",
                columns: new[] { "account_id", "trading_day" });

            migrationBuilder.CreateIndex(
                name: "ix_trades_order_id",
                table: "trades",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_trades_trade_time_id",
                table: "trades",
                columns: new[] { "trade_time", "id" });

            InitialSql.Create(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The views go first: SQLite and PostgreSQL refuse to drop what they read.
            migrationBuilder.Sql("DROP VIEW v_positions_by_direction");
            migrationBuilder.Sql("DROP VIEW v_lock_trigger_summary");
            migrationBuilder.Sql("DROP VIEW v_active_lock_configs");
            migrationBuilder.Sql("DROP FUNCTION quantdash_mark_outside_update CASCADE");
            migrationBuilder.Sql("DROP FUNCTION quantdash_note_outside_delete CASCADE");
            migrationBuilder.DropTable(
                name: "account_ledgers");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "AspNetRoleClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserLogins");

            migrationBuilder.DropTable(
                name: "AspNetUserRoles");

            migrationBuilder.DropTable(
                name: "AspNetUserTokens");

            migrationBuilder.DropTable(
                name: "cash_flow");

            migrationBuilder.DropTable(
                name: "equity_points");

            migrationBuilder.DropTable(
                name: "idempotent_answers");

            migrationBuilder.DropTable(
                name: "lock_configs");

            migrationBuilder.DropTable(
                name: "lock_executions");

            migrationBuilder.DropTable(
                name: "lock_rule_states");

            migrationBuilder.DropTable(
                name: "lock_triggers");

            migrationBuilder.DropTable(
                name: "locks");

            migrationBuilder.DropTable(
                name: "lots");

            migrationBuilder.DropTable(
                name: "orders");

            migrationBuilder.DropTable(
                name: "outside_deletes");

            migrationBuilder.DropTable(
                name: "positions");

            migrationBuilder.DropTable(
                name: "service_status");

            migrationBuilder.DropTable(
                name: "settlements");

            migrationBuilder.DropTable(
                name: "sources");

            migrationBuilder.DropTable(
                name: "tape_events");

            migrationBuilder.DropTable(
                name: "trades");

            migrationBuilder.DropTable(
                name: "AspNetRoles");

            migrationBuilder.DropTable(
                name: "AspNetUsers");
        }
    }
}
