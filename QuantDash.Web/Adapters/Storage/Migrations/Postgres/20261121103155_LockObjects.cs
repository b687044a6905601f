using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <summary>Locks that are let go in steps, adopted or declined, and orders that let them go.</summary>
    public partial class LockObjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_purpose",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_locks_status",
                table: "locks");

            migrationBuilder.AlterColumn<decimal>(
                name: "lock_price",
                table: "locks",
                type: "numeric",
                nullable: true,
                oldClrType: typeof(decimal),
                oldType: "numeric");

            migrationBuilder.AddColumn<int>(
                name: "children",
                table: "locks",
                type: "integer",
                nullable: false,
                defaultValueSql: "0");

            migrationBuilder.AddColumn<bool>(
                name: "is_adopted",
                table: "locks",
                type: "boolean",
                nullable: false,
                defaultValueSql: "false");

            migrationBuilder.AddColumn<decimal>(
                name: "realised_profit",
                table: "locks",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "unlocked_volume",
                table: "locks",
                type: "numeric",
                nullable: false,
                defaultValueSql: "0");

            migrationBuilder.AddColumn<string>(
                name: "unlocking",
                table: "locks",
                type: "text",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_purpose",
                table: "orders",
                sql: "purpose in ('lock', 'close', 'open', 'unlock')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_locks_children",
                table: "locks",
                sql: "children >= 0 and children < 1e15");

            migrationBuilder.AddCheckConstraint(
                name: "ck_locks_status",
                table: "locks",
                sql: "status in ('active', 'broken', 'unlocked', 'declined')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_locks_unlocked_volume",
                table: "locks",
                sql: "unlocked_volume >= 0 and unlocked_volume < 1e15");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_purpose",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_locks_children",
                table: "locks");

            migrationBuilder.DropCheckConstraint(
                name: "ck_locks_status",
                table: "locks");

            migrationBuilder.DropCheckConstraint(
                name: "ck_locks_unlocked_volume",
                table: "locks");

            migrationBuilder.DropColumn(
                name: "children",
                table: "locks");

            migrationBuilder.DropColumn(
                name: "is_adopted",
                table: "locks");

            migrationBuilder.DropColumn(
                name: "realised_profit",
                table: "locks");

            migrationBuilder.DropColumn(
                name: "unlocked_volume",
                table: "locks");

            migrationBuilder.DropColumn(
                name: "unlocking",
                table: "locks");

            migrationBuilder.AlterColumn<decimal>(
                name: "lock_price",
                table: "locks",
                type: "numeric",
                nullable: false,
                defaultValue: 0m,
                oldClrType: typeof(decimal),
                oldType: "numeric",
                oldNullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_purpose",
                table: "orders",
                sql: "purpose in ('lock', 'close', 'open')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_locks_status",
                table: "locks",
                sql: "status in ('active', 'broken', 'unlocked')");
        }
    }
}
