using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <summary>Locks that are let go in steps, adopted or declined, and orders that let them go.</summary>
    public partial class LockObjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // SQLite cannot change a constraint, so the tables are made anew. Views of others are left alone meanwhile.
            migrationBuilder.Sql("PRAGMA legacy_alter_table = 1");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_purpose",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_locks_status",
                table: "locks");

            migrationBuilder.AlterColumn<decimal>(
                name: "lock_price",
                table: "locks",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(decimal),
                oldType: "TEXT");

            migrationBuilder.AddColumn<int>(
                name: "children",
                table: "locks",
                type: "INTEGER",
                nullable: false,
                defaultValueSql: "0");

            migrationBuilder.AddColumn<bool>(
                name: "is_adopted",
                table: "locks",
                type: "INTEGER",
                nullable: false,
                defaultValueSql: "false");

            migrationBuilder.AddColumn<decimal>(
                name: "realised_profit",
                table: "locks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "unlocked_volume",
                table: "locks",
                type: "NUMERIC",
                nullable: false,
                defaultValueSql: "0");

            migrationBuilder.AddColumn<string>(
                name: "unlocking",
                table: "locks",
                type: "TEXT",
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
            // SQLite cannot change a constraint, so the tables are made anew. Views of others are left alone meanwhile.
            migrationBuilder.Sql("PRAGMA legacy_alter_table = 1");

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
                type: "TEXT",
                nullable: false,
                defaultValue: 0m,
                oldClrType: typeof(decimal),
                oldType: "TEXT",
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
