using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <summary>Every term of a rule: time, decay, average true range, re-arming, groups, what a refusal and an action do.</summary>
    public partial class LockTerms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_triggers_trigger_type",
                table: "lock_triggers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_rule_states_state",
                table: "lock_rule_states");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_price_source",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_trailing_mode",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_trigger_type",
                table: "lock_configs");

            migrationBuilder.AddColumn<string>(
                name: "action",
                table: "lock_triggers",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'lock'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rearm_at",
                table: "lock_rule_states",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "trailing_distance_ticks",
                table: "lock_rule_states",
                type: "bigint",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "lock_id",
                table: "lock_executions",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<string>(
                name: "action",
                table: "lock_configs",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'lock'");

            migrationBuilder.AddColumn<int>(
                name: "atr_period",
                table: "lock_configs",
                type: "integer",
                nullable: false,
                defaultValueSql: "14");

            migrationBuilder.AddColumn<string>(
                name: "atr_timeframe",
                table: "lock_configs",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'15m'");

            migrationBuilder.AddColumn<decimal>(
                name: "decay_floor",
                table: "lock_configs",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "decay_half_life",
                table: "lock_configs",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "if_lock_refused",
                table: "lock_configs",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'alarm'");

            migrationBuilder.AddColumn<string>(
                name: "oco_group",
                table: "lock_configs",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "oco_mode",
                table: "lock_configs",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'reduce'");

            migrationBuilder.AddColumn<string>(
                name: "opposite",
                table: "lock_configs",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'covers'");

            migrationBuilder.AddColumn<string>(
                name: "rearm",
                table: "lock_configs",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'once'");

            migrationBuilder.AddColumn<bool>(
                name: "rearm_adds",
                table: "lock_configs",
                type: "boolean",
                nullable: false,
                defaultValueSql: "false");

            migrationBuilder.AddColumn<decimal>(
                name: "rearm_cooldown",
                table: "lock_configs",
                type: "numeric",
                nullable: false,
                defaultValueSql: "300");

            migrationBuilder.AddColumn<string>(
                name: "trigger_time",
                table: "lock_configs",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_triggers_action",
                table: "lock_triggers",
                sql: "action in ('lock', 'reduce')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_triggers_trigger_type",
                table: "lock_triggers",
                sql: "trigger_type in ('stop', 'trailing', 'profit', 'price', 'time')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_rule_states_state",
                table: "lock_rule_states",
                sql: "state in ('idle', 'armed', 'fired', 'done', 'waiting_for_false', 'cooling')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_action",
                table: "lock_configs",
                sql: "action in ('lock', 'reduce')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_atr_period",
                table: "lock_configs",
                sql: "atr_period between 2 and 200");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_atr_timeframe",
                table: "lock_configs",
                sql: "atr_timeframe in ('1m', '3m', '5m', '10m', '15m', '30m', '1h', '2h', '4h')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_decay_floor",
                table: "lock_configs",
                sql: "decay_floor >= 0 and decay_floor < 1e15");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_decay_half_life",
                table: "lock_configs",
                sql: "decay_half_life > 0 and decay_half_life < 1e15");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_if_lock_refused",
                table: "lock_configs",
                sql: "if_lock_refused in ('alarm', 'close')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_oco_mode",
                table: "lock_configs",
                sql: "oco_mode in ('reduce', 'cancel_all')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_opposite",
                table: "lock_configs",
                sql: "opposite in ('covers', 'independent')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_price_source",
                table: "lock_configs",
                sql: "price_source in ('last', 'bid_ask', 'mark')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_rearm",
                table: "lock_configs",
                sql: "rearm in ('once', 'cooldown', 'after_false')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_rearm_cooldown",
                table: "lock_configs",
                sql: "rearm_cooldown between 1 and 86400");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_trailing_mode",
                table: "lock_configs",
                sql: "trailing_mode in ('price', 'ratio', 'atr')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_trigger_type",
                table: "lock_configs",
                sql: "trigger_type in ('profit', 'price', 'trailing', 'time')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_triggers_action",
                table: "lock_triggers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_triggers_trigger_type",
                table: "lock_triggers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_rule_states_state",
                table: "lock_rule_states");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_action",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_atr_period",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_atr_timeframe",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_decay_floor",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_decay_half_life",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_if_lock_refused",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_oco_mode",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_opposite",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_price_source",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_rearm",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_rearm_cooldown",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_trailing_mode",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_trigger_type",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "action",
                table: "lock_triggers");

            migrationBuilder.DropColumn(
                name: "rearm_at",
                table: "lock_rule_states");

            migrationBuilder.DropColumn(
                name: "trailing_distance_ticks",
                table: "lock_rule_states");

            migrationBuilder.DropColumn(
                name: "action",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "atr_period",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "atr_timeframe",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "decay_floor",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "decay_half_life",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "if_lock_refused",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "oco_group",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "oco_mode",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "opposite",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "rearm",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "rearm_adds",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "rearm_cooldown",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "trigger_time",
                table: "lock_configs");

            migrationBuilder.AlterColumn<Guid>(
                name: "lock_id",
                table: "lock_executions",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_triggers_trigger_type",
                table: "lock_triggers",
                sql: "trigger_type in ('stop', 'trailing', 'profit', 'price')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_rule_states_state",
                table: "lock_rule_states",
                sql: "state in ('idle', 'armed', 'fired', 'done', 'waiting_for_false')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_price_source",
                table: "lock_configs",
                sql: "price_source in ('last', 'bid_ask')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_trailing_mode",
                table: "lock_configs",
                sql: "trailing_mode in ('price', 'ratio')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_trigger_type",
                table: "lock_configs",
                sql: "trigger_type in ('profit', 'price', 'trailing')");
        }
    }
}
