using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PendingChange : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "pending_day",
                table: "orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "pending_price",
                table: "orders",
                type: "NUMERIC",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "pending_volume",
                table: "orders",
                type: "NUMERIC",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
