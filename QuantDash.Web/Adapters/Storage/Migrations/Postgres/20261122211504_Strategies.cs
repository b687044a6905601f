using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Strategies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "strategy_id",
                table: "orders",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "strategy_books",
                columns: table => new
                {
                    strategy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    long_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    long_today = table.Column<decimal>(type: "numeric", nullable: false),
                    long_cost = table.Column<decimal>(type: "numeric", nullable: false),
                    short_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    short_today = table.Column<decimal>(type: "numeric", nullable: false),
                    short_cost = table.Column<decimal>(type: "numeric", nullable: false),
                    trading_day = table.Column<DateOnly>(type: "date", nullable: true),
                    realised_today = table.Column<decimal>(type: "numeric", nullable: false),
                    fees_today = table.Column<decimal>(type: "numeric", nullable: false),
                    floating_at_start = table.Column<decimal>(type: "numeric", nullable: false),
                    realised_total = table.Column<decimal>(type: "numeric", nullable: false),
                    fees_total = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_strategy_books", x => new { x.strategy_id, x.symbol });
                    table.CheckConstraint("ck_strategy_books_long_volume", "long_volume >= 0 and long_volume < 1e15");
                    table.CheckConstraint("ck_strategy_books_short_volume", "short_volume >= 0 and short_volume < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "strategy_configs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    strategy_name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    config_data = table.Column<string>(type: "text", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_strategy_configs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "strategy_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    strategy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    definition = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    version = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    mode = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parameters = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    realised_pnl = table.Column<decimal>(type: "numeric", nullable: false),
                    signals = table.Column<int>(type: "integer", nullable: false),
                    fills = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_strategy_runs", x => x.id);
                    table.CheckConstraint("ck_strategy_runs_mode", "mode in ('live', 'paper', 'shadow')");
                    table.CheckConstraint("ck_strategy_runs_status", "status in ('stopped', 'warming_up', 'running', 'paused', 'stopping', 'failed')");
                });

            migrationBuilder.CreateTable(
                name: "strategy_states",
                columns: table => new
                {
                    strategy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    notes = table.Column<string>(type: "text", nullable: false),
                    timers = table.Column<string>(type: "text", nullable: false),
                    trading_day = table.Column<DateOnly>(type: "date", nullable: true),
                    signals = table.Column<int>(type: "integer", nullable: false),
                    orders = table.Column<int>(type: "integer", nullable: false),
                    fills = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_strategy_states", x => x.strategy_id);
                });

            migrationBuilder.CreateTable(
                name: "strategy_triggers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    strategy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    strategy_name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    trigger_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    trigger_condition = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    trigger_price = table.Column<decimal>(type: "numeric", nullable: true),
                    action_type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    direction = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    offset = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    price = table.Column<decimal>(type: "numeric", nullable: true),
                    volume = table.Column<decimal>(type: "numeric", nullable: false),
                    filled_volume = table.Column<decimal>(type: "numeric", nullable: false),
                    average_price = table.Column<decimal>(type: "numeric", nullable: true),
                    execution_result = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    is_triggered = table.Column<bool>(type: "boolean", nullable: false),
                    is_over = table.Column<bool>(type: "boolean", nullable: false),
                    order_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    error_message = table.Column<string>(type: "text", nullable: true),
                    problem_code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    problem_values = table.Column<string>(type: "text", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_strategy_triggers", x => x.id);
                    table.CheckConstraint("ck_strategy_triggers_action_type", "action_type in ('buy', 'sell', 'close', 'hold')");
                    table.CheckConstraint("ck_strategy_triggers_direction", "direction in ('buy', 'sell')");
                    table.CheckConstraint("ck_strategy_triggers_execution_result", "execution_result in ('pending', 'success', 'failed')");
                    table.CheckConstraint("ck_strategy_triggers_filled_volume", "filled_volume >= 0 and filled_volume < 1e15");
                    table.CheckConstraint("ck_strategy_triggers_offset", "\"offset\" in ('open', 'close', 'close_today', 'close_yesterday')");
                    table.CheckConstraint("ck_strategy_triggers_type", "type in ('market', 'limit', 'stop')");
                    table.CheckConstraint("ck_strategy_triggers_volume", "volume >= 0 and volume < 1e15");
                });

            migrationBuilder.CreateIndex(
                name: "ix_strategy_runs_strategy_id_started_at",
                table: "strategy_runs",
                columns: new[] { "strategy_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_strategy_triggers_is_over",
                table: "strategy_triggers",
                column: "is_over");

            migrationBuilder.CreateIndex(
                name: "ix_strategy_triggers_strategy_id_trigger_time_id",
                table: "strategy_triggers",
                columns: new[] { "strategy_id", "trigger_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_strategy_triggers_trigger_time_id",
                table: "strategy_triggers",
                columns: new[] { "trigger_time", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "strategy_books");

            migrationBuilder.DropTable(
                name: "strategy_configs");

            migrationBuilder.DropTable(
                name: "strategy_runs");

            migrationBuilder.DropTable(
                name: "strategy_states");

            migrationBuilder.DropTable(
                name: "strategy_triggers");

            migrationBuilder.DropColumn(
                name: "strategy_id",
                table: "orders");
        }
    }
}
