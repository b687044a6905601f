using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <summary>Orders that we hold, what a change of an order waits for, and the lots behind a volume that nothing explains.</summary>
    public partial class HeldOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "lots",
                table: "unexplained_volumes",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "pending_day",
                table: "orders",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "pending_price",
                table: "orders",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "pending_volume",
                table: "orders",
                type: "numeric",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "held_orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    action = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    direction = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    volume = table.Column<decimal>(type: "numeric", nullable: false),
                    type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    price = table.Column<decimal>(type: "numeric", nullable: true),
                    time_in_force = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    level = table.Column<decimal>(type: "numeric", nullable: false),
                    comparison = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    price_source = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    trading_day = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    order_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    seen_price = table.Column<decimal>(type: "numeric", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_held_orders", x => x.id);
                    table.CheckConstraint("ck_held_orders_action", "action in ('lock', 'close', 'open', 'unlock')");
                    table.CheckConstraint("ck_held_orders_comparison", "comparison in ('at_or_above', 'at_or_below')");
                    table.CheckConstraint("ck_held_orders_direction", "direction in ('long', 'short')");
                    table.CheckConstraint("ck_held_orders_kind", "kind in ('stop', 'stop_limit', 'conditional')");
                    table.CheckConstraint("ck_held_orders_level", "level > 0 and level < 1e15");
                    table.CheckConstraint("ck_held_orders_price_source", "price_source in ('last', 'bid_ask', 'mark')");
                    table.CheckConstraint("ck_held_orders_status", "status in ('waiting', 'triggered', 'cancelled', 'expired', 'failed')");
                    table.CheckConstraint("ck_held_orders_time_in_force", "time_in_force in ('day', 'fak', 'fok')");
                    table.CheckConstraint("ck_held_orders_type", "type in ('limit', 'market')");
                    table.CheckConstraint("ck_held_orders_volume", "volume > 0 and volume < 1e15");
                });

            migrationBuilder.CreateIndex(
                name: "ix_held_orders_status",
                table: "held_orders",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "ix_held_orders_updated_at",
                table: "held_orders",
                column: "updated_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "held_orders");

            migrationBuilder.DropColumn(
                name: "lots",
                table: "unexplained_volumes");

            migrationBuilder.DropColumn(
                name: "pending_day",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "pending_price",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "pending_volume",
                table: "orders");
        }
    }
}
