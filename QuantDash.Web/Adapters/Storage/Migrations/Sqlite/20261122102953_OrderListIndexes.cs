using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrderListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_trades_account_id_trade_time_id",
                table: "trades",
                columns: new[] { "account_id", "trade_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_trades_symbol_trade_time_id",
                table: "trades",
                columns: new[] { "symbol", "trade_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_account_id_created_at_id",
                table: "orders",
                columns: new[] { "account_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_symbol_created_at_id",
                table: "orders",
                columns: new[] { "symbol", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_trades_account_id_trade_time_id",
                table: "trades");

            migrationBuilder.DropIndex(
                name: "ix_trades_symbol_trade_time_id",
                table: "trades");

            migrationBuilder.DropIndex(
                name: "ix_orders_account_id_created_at_id",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_symbol_created_at_id",
                table: "orders");
        }
    }
}
