using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Ladders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "stage",
                table: "lock_triggers",
                type: "INTEGER",
                nullable: false,
                defaultValueSql: "0");

            migrationBuilder.AddColumn<decimal>(
                name: "base_volume",
                table: "lock_rule_states",
                type: "NUMERIC",
                nullable: false,
                defaultValueSql: "0");

            migrationBuilder.AddColumn<decimal>(
                name: "done_cost",
                table: "lock_rule_states",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "spent",
                table: "lock_rule_states",
                type: "INTEGER",
                nullable: false,
                defaultValueSql: "false");

            migrationBuilder.AddColumn<int>(
                name: "stages_done",
                table: "lock_rule_states",
                type: "INTEGER",
                nullable: false,
                defaultValueSql: "0");

            migrationBuilder.AddColumn<bool>(
                name: "min_one_lot",
                table: "lock_configs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "stages",
                table: "lock_configs",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "stage",
                table: "lock_triggers");

            migrationBuilder.DropColumn(
                name: "base_volume",
                table: "lock_rule_states");

            migrationBuilder.DropColumn(
                name: "done_cost",
                table: "lock_rule_states");

            migrationBuilder.DropColumn(
                name: "spent",
                table: "lock_rule_states");

            migrationBuilder.DropColumn(
                name: "stages_done",
                table: "lock_rule_states");

            migrationBuilder.DropColumn(
                name: "min_one_lot",
                table: "lock_configs");

            migrationBuilder.DropColumn(
                name: "stages",
                table: "lock_configs");
        }
    }
}
