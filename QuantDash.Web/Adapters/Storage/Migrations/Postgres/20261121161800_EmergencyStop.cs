using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <summary>Since when an account takes no new exposure, and why.</summary>
    public partial class EmergencyStop : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "halt_reason",
                table: "accounts",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "halted_at",
                table: "accounts",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "halt_reason",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "halted_at",
                table: "accounts");
        }
    }
}
