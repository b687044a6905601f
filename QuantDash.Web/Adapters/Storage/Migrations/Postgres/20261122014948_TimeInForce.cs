using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <summary>Whether an order may wait for its fill: every earlier one could.</summary>
    public partial class TimeInForce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "time_in_force",
                table: "orders",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'day'");

            migrationBuilder.AddColumn<string>(
                name: "time_in_force",
                table: "order_commands",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValueSql: "'day'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_time_in_force",
                table: "orders",
                sql: "time_in_force in ('day', 'fak', 'fok')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_order_commands_time_in_force",
                table: "order_commands",
                sql: "time_in_force in ('day', 'fak', 'fok')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_time_in_force",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_order_commands_time_in_force",
                table: "order_commands");

            migrationBuilder.DropColumn(
                name: "time_in_force",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "time_in_force",
                table: "order_commands");
        }
    }
}
