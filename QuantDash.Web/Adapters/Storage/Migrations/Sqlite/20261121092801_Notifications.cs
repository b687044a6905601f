using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Notifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "confirm_links",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    trigger_id = table.Column<string>(type: "TEXT", nullable: false),
                    shown_price = table.Column<decimal>(type: "NUMERIC", nullable: true),
                    expires_at = table.Column<string>(type: "TEXT", nullable: false),
                    used_at = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_confirm_links", x => x.token_hash);
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    message_id = table.Column<string>(type: "TEXT", nullable: false, defaultValueSql: "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))"),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    queued_at = table.Column<string>(type: "TEXT", nullable: false, defaultValueSql: "(strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')"),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    attempted_at = table.Column<string>(type: "TEXT", nullable: true),
                    sent_at = table.Column<string>(type: "TEXT", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications", x => x.number);
                    table.CheckConstraint("ck_notifications_state", "state in ('waiting', 'sent', 'expired', 'refused')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_confirm_links_trigger_id",
                table: "confirm_links",
                column: "trigger_id");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_state_number",
                table: "notifications",
                columns: new[] { "state", "number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "confirm_links");

            migrationBuilder.DropTable(
                name: "notifications");
        }
    }
}
