using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class UnlockRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // SQLite cannot change a constraint, so the tables are made anew. Views name them; with the old rules for renaming they are left alone meanwhile.
            migrationBuilder.Sql("PRAGMA legacy_alter_table = 1");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_triggers_action",
                table: "lock_triggers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_action",
                table: "lock_configs");

            migrationBuilder.AddColumn<string>(
                name: "lock_id",
                table: "lock_triggers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "high_water_since",
                table: "lock_rule_states",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'arming'");

            migrationBuilder.AddColumn<string>(
                name: "lock_id",
                table: "lock_configs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parent_id",
                table: "lock_configs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "relock_price",
                table: "lock_configs",
                type: "NUMERIC",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "relock_ticks",
                table: "lock_configs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_triggers_action",
                table: "lock_triggers",
                sql: "action in ('lock', 'reduce', 'unlock')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_triggers_lock_id",
                table: "lock_triggers",
                sql: "lock_id glob '[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_rule_states_high_water_since",
                table: "lock_rule_states",
                sql: "high_water_since in ('arming', 'lock_price', 'stored_ticks')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_action",
                table: "lock_configs",
                sql: "action in ('lock', 'reduce', 'unlock')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_lock_id",
                table: "lock_configs",
                sql: "lock_id glob '[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_parent_id",
                table: "lock_configs",
                sql: "parent_id glob '[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_relock_price",
                table: "lock_configs",
                sql: "relock_price > 0 and relock_price < 1e15");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_relock_ticks",
                table: "lock_configs",
                sql: "relock_ticks > 0 and relock_ticks < 1e15");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // SQLite cannot change a constraint, so the tables are made anew. Views name them; with the old rules for renaming they are left alone meanwhile.
            migrationBuilder.Sql("PRAGMA legacy_alter_table = 1");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_triggers_action",
                table: "lock_triggers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_triggers_lock_id",
                table: "lock_triggers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_rule_states_high_water_since",
                table: "lock_rule_states");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_action",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_lock_id",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_parent_id",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_relock_price",
                table: "lock_configs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_lock_configs_relock_ticks",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "lock_id",
                table: "lock_triggers");

            migrationBuilder.DropColumn(
                name: "high_water_since",
                table: "lock_rule_states");

            migrationBuilder.DropColumn(
                name: "lock_id",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "parent_id",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "relock_price",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "relock_ticks",
                table: "lock_configs");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_triggers_action",
                table: "lock_triggers",
                sql: "action in ('lock', 'reduce')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_lock_configs_action",
                table: "lock_configs",
                sql: "action in ('lock', 'reduce')");
        }
    }
}
