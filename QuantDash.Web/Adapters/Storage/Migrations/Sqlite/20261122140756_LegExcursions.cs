using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LegExcursions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "long_max_profit",
                table: "positions",
                type: "NUMERIC",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "long_max_profit_ticks",
                table: "positions",
                type: "NUMERIC",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "long_min_profit",
                table: "positions",
                type: "NUMERIC",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "long_min_profit_ticks",
                table: "positions",
                type: "NUMERIC",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "short_max_profit",
                table: "positions",
                type: "NUMERIC",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "short_max_profit_ticks",
                table: "positions",
                type: "NUMERIC",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "short_min_profit",
                table: "positions",
                type: "NUMERIC",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "short_min_profit_ticks",
                table: "positions",
                type: "NUMERIC",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "long_max_profit",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "long_max_profit_ticks",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "long_min_profit",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "long_min_profit_ticks",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "short_max_profit",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "short_max_profit_ticks",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "short_min_profit",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "short_min_profit_ticks",
                table: "positions");
        }
    }
}
