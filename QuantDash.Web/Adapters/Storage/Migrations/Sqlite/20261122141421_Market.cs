using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Market : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "main_contracts",
                columns: table => new
                {
                    exchange = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    product = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    follows = table.Column<bool>(type: "INTEGER", nullable: false),
                    chosen_by = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    chosen_at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_main_contracts", x => new { x.exchange, x.product, x.effective_from });
                });

            migrationBuilder.CreateTable(
                name: "price_alerts",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    level = table.Column<decimal>(type: "NUMERIC", nullable: false),
                    direction = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    repeats = table.Column<bool>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    times = table.Column<int>(type: "INTEGER", nullable: false),
                    told_at = table.Column<string>(type: "TEXT", nullable: true),
                    told_price = table.Column<decimal>(type: "TEXT", nullable: true),
                    created_at = table.Column<string>(type: "TEXT", nullable: false),
                    updated_at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_price_alerts", x => x.id);
                    table.CheckConstraint("ck_price_alerts_direction", "direction in ('above', 'below')");
                    table.CheckConstraint("ck_price_alerts_level", "level > 0 and level < 1e15");
                    table.CheckConstraint("ck_price_alerts_status", "status in ('armed', 'away', 'told')");
                });

            migrationBuilder.CreateTable(
                name: "watch_lists",
                columns: table => new
                {
                    person = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    entries = table.Column<string>(type: "TEXT", nullable: false),
                    updated_at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_lists", x => x.person);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "main_contracts");

            migrationBuilder.DropTable(
                name: "price_alerts");

            migrationBuilder.DropTable(
                name: "watch_lists");
        }
    }
}
