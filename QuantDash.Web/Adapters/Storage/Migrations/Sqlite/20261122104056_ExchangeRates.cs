using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ExchangeRates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "exchange_rates");
        }
    }
}
