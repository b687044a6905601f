using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ReconciliationRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reconciliation_runs",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    why = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    legs = table.Column<int>(type: "integer", nullable: false),
                    orders = table.Column<int>(type: "integer", nullable: false),
                    trades = table.Column<int>(type: "integer", nullable: false),
                    found = table.Column<int>(type: "integer", nullable: false),
                    open = table.Column<int>(type: "integer", nullable: false),
                    quiet_before = table.Column<int>(type: "integer", nullable: false),
                    differences = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_runs", x => new { x.account_id, x.ended_at });
                    table.CheckConstraint("ck_reconciliation_runs_found", "found >= 0 and found < 1e15");
                    table.CheckConstraint("ck_reconciliation_runs_open", "open >= 0 and open < 1e15");
                    table.CheckConstraint("ck_reconciliation_runs_quiet_before", "quiet_before >= 0 and quiet_before < 1e15");
                    table.CheckConstraint("ck_reconciliation_runs_why", "why in ('start', 'reconnect', 'timer', 'demand', 'told')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_runs_ended_at",
                table: "reconciliation_runs",
                column: "ended_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reconciliation_runs");
        }
    }
}
