using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
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
                    account_id = table.Column<string>(type: "TEXT", nullable: false),
                    epoch = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    snapshot_wanted = table.Column<bool>(type: "INTEGER", nullable: false),
                    link_up = table.Column<bool>(type: "INTEGER", nullable: false),
                    contested = table.Column<bool>(type: "INTEGER", nullable: false),
                    asks_seen = table.Column<long>(type: "INTEGER", nullable: false),
                    asks = table.Column<long>(type: "INTEGER", nullable: false),
                    program = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    updated_at = table.Column<string>(type: "TEXT", nullable: false)
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
                    client_order_id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    account_id = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    epoch = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    program = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    side = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    offset = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    price = table.Column<decimal>(type: "NUMERIC", nullable: true),
                    volume = table.Column<decimal>(type: "NUMERIC", nullable: false),
                    expires_at = table.Column<string>(type: "TEXT", nullable: false),
                    replay = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<string>(type: "TEXT", nullable: false),
                    updated_at = table.Column<string>(type: "TEXT", nullable: false),
                    ended_at = table.Column<string>(type: "TEXT", nullable: true)
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
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    account_id = table.Column<string>(type: "TEXT", nullable: false),
                    client_order_id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    filled_volume = table.Column<decimal>(type: "NUMERIC", nullable: true),
                    trade_volume = table.Column<decimal>(type: "NUMERIC", nullable: true),
                    price = table.Column<decimal>(type: "NUMERIC", nullable: true),
                    trade_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    timestamp = table.Column<string>(type: "TEXT", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<string>(type: "TEXT", nullable: false, defaultValueSql: "(strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')"),
                    taken_at = table.Column<string>(type: "TEXT", nullable: true),
                    answer = table.Column<string>(type: "TEXT", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_reports", x => x.id);
                    table.CheckConstraint("ck_order_reports_account_id", "account_id glob '[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'");
                    table.CheckConstraint("ck_order_reports_filled_volume", "filled_volume >= 0 and filled_volume < 1e15");
                    table.CheckConstraint("ck_order_reports_message", "(message is null and client_order_id is not null and status is not null) or (message is not null and client_order_id is null and status is null)");
                    table.CheckConstraint("ck_order_reports_price", "price > 0 and price < 1e15");
                    table.CheckConstraint("ck_order_reports_status", "status in ('accepted', 'partially_filled', 'filled', 'cancelled', 'rejected')");
                    table.CheckConstraint("ck_order_reports_timestamp", "timestamp is null or julianday(timestamp) is not null");
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
