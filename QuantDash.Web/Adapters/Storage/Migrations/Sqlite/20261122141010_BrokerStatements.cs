using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BrokerStatements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "positions",
                table: "settlements",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "broker_statements",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    account_id = table.Column<string>(type: "TEXT", nullable: false),
                    trading_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    imported_at = table.Column<string>(type: "TEXT", nullable: false),
                    imported_by = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    text_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_broker_statements", x => x.id);
                    table.CheckConstraint("ck_broker_statements_kind", "kind in ('by_day', 'by_trade', 'trades')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_broker_statements_account_id_text_hash",
                table: "broker_statements",
                columns: new[] { "account_id", "text_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_broker_statements_imported_at_id",
                table: "broker_statements",
                columns: new[] { "imported_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "broker_statements");

            migrationBuilder.DropColumn(
                name: "positions",
                table: "settlements");
        }
    }
}
