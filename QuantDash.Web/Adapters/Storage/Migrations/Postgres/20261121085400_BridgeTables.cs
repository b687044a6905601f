using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class BridgeTables : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "bridge_links",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    epoch = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    snapshot_wanted = table.Column<bool>(type: "boolean", nullable: false),
                    link_up = table.Column<bool>(type: "boolean", nullable: false),
                    contested = table.Column<bool>(type: "boolean", nullable: false),
                    asks_seen = table.Column<long>(type: "bigint", nullable: false),
                    asks = table.Column<long>(type: "bigint", nullable: false),
                    program = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bridge_links", x => x.account_id);
                    table.CheckConstraint("ck_bridge_links_asks", "asks >= 0 and asks < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "order_commands",
                columns: table => new
                {
                    client_order_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    epoch = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    program = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    action = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    side = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    offset = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    price = table.Column<decimal>(type: "numeric", nullable: true),
                    volume = table.Column<decimal>(type: "numeric", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    replay = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_commands", x => x.client_order_id);
                    table.CheckConstraint("ck_order_commands_action", "action in ('place', 'cancel', 'query')");
                    table.CheckConstraint("ck_order_commands_offset", "\"offset\" in ('open', 'close', 'close_today', 'close_yesterday')");
                    table.CheckConstraint("ck_order_commands_price", "price > 0 and price < 1e15");
                    table.CheckConstraint("ck_order_commands_side", "side in ('buy', 'sell')");
                    table.CheckConstraint("ck_order_commands_type", "type in ('limit', 'market')");
                    table.CheckConstraint("ck_order_commands_volume", "volume > 0 and volume < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "order_reports",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_order_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    filled_volume = table.Column<decimal>(type: "numeric", nullable: true),
                    trade_volume = table.Column<decimal>(type: "numeric", nullable: true),
                    price = table.Column<decimal>(type: "numeric", nullable: true),
                    trade_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    message = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_reports", x => x.id);
                    table.CheckConstraint("ck_order_reports_filled_volume", "filled_volume >= 0 and filled_volume < 1e15");
                    table.CheckConstraint("ck_order_reports_message", "(message is null and client_order_id is not null and status is not null) or (message is not null and client_order_id is null and status is null)");
                    table.CheckConstraint("ck_order_reports_price", "price > 0 and price < 1e15");
                    table.CheckConstraint("ck_order_reports_status", "status in ('accepted', 'partially_filled', 'filled', 'cancelled', 'rejected')");
                    table.CheckConstraint("ck_order_reports_trade_volume", "trade_volume > 0 and trade_volume < 1e15");
                });

            migrationBuilder.CreateIndex(
                name: "ix_order_commands_account_id_ended_at_sequence",
                table: "order_commands",
                columns: new[] { "account_id", "ended_at", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_order_reports_taken_at_id",
                table: "order_reports",
                columns: new[] { "taken_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bridge_links");

            migrationBuilder.DropTable(
                name: "order_commands");

            migrationBuilder.DropTable(
                name: "order_reports");
        }
    }
}
