using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Cockpit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "invite_hash",
                table: "AspNetUsers",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "invite_until",
                table: "AspNetUsers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "last_sign_in_at",
                table: "AspNetUsers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "locked_at",
                table: "AspNetUsers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "recovery_codes",
                table: "AspNetUsers",
                type: "TEXT",
                maxLength: 1024,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "second_factor",
                table: "AspNetUsers",
                type: "TEXT",
                maxLength: 512,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "second_factor_step",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "last_used_at",
                table: "api_keys",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "exchange_rates",
                columns: table => new
                {
                    from_currency = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    to_currency = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    as_of = table.Column<string>(type: "TEXT", nullable: false),
                    rate = table.Column<decimal>(type: "NUMERIC", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_rates", x => new { x.from_currency, x.to_currency, x.as_of });
                    table.CheckConstraint("ck_exchange_rates_rate", "rate > 0 and rate < 1e15");
                });

            migrationBuilder.CreateTable(
                name: "notification_channels",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    is_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    settings = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<string>(type: "TEXT", nullable: false),
                    updated_at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_channels", x => x.id);
                    table.CheckConstraint("ck_notification_channels_kind", "kind in ('ntfy', 'dingtalk', 'feishu', 'wecom', 'email', 'webhook')");
                });

            migrationBuilder.CreateTable(
                name: "notification_deliveries",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    channel_id = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    due_at = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    attempted_at = table.Column<string>(type: "TEXT", nullable: true),
                    sent_at = table.Column<string>(type: "TEXT", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_deliveries", x => new { x.number, x.channel_id });
                    table.CheckConstraint("ck_notification_deliveries_state", "state in ('waiting', 'sent', 'expired', 'refused', 'off')");
                });

            migrationBuilder.CreateTable(
                name: "notification_settings",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: false),
                    updated_at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_settings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "user_sessions",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<string>(type: "TEXT", nullable: false),
                    last_seen_at = table.Column<string>(type: "TEXT", nullable: false),
                    confirmed_at = table.Column<string>(type: "TEXT", nullable: false),
                    ended_at = table.Column<string>(type: "TEXT", nullable: true),
                    address = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    device = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_sessions_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "AspNetUsers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

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

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_users_invite_hash",
                table: "AspNetUsers",
                column: "invite_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notification_deliveries_state_channel_id_number",
                table: "notification_deliveries",
                columns: new[] { "state", "channel_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_user_sessions_user_id",
                table: "user_sessions",
                column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "exchange_rates");

            migrationBuilder.DropTable(
                name: "notification_channels");

            migrationBuilder.DropTable(
                name: "notification_deliveries");

            migrationBuilder.DropTable(
                name: "notification_settings");

            migrationBuilder.DropTable(
                name: "user_sessions");

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

            migrationBuilder.DropIndex(
                name: "ix_asp_net_users_invite_hash",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "invite_hash",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "invite_until",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "last_sign_in_at",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "locked_at",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "recovery_codes",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "second_factor",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "second_factor_step",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "last_used_at",
                table: "api_keys");
        }
    }
}
