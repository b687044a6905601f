using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RiskLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "risk_limits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, defaultValueSql: "'*'"),
                    max_order_volume = table.Column<decimal>(type: "numeric", nullable: true),
                    max_order_size = table.Column<decimal>(type: "numeric", nullable: true),
                    max_position = table.Column<decimal>(type: "numeric", nullable: true),
                    max_position_per_symbol = table.Column<decimal>(type: "numeric", nullable: true),
                    max_total_exposure = table.Column<decimal>(type: "numeric", nullable: true),
                    max_daily_trades = table.Column<int>(type: "integer", nullable: true),
                    max_daily_loss = table.Column<decimal>(type: "numeric", nullable: true),
                    price_band = table.Column<decimal>(type: "numeric", nullable: true),
                    price_band_ticks = table.Column<int>(type: "integer", nullable: true),
                    duplicate_window = table.Column<decimal>(type: "numeric", nullable: true),
                    max_orders_per_second = table.Column<int>(type: "integer", nullable: true),
                    max_orders_per_minute = table.Column<int>(type: "integer", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    revision = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "0")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_limits", x => x.id);
                    table.CheckConstraint("ck_risk_limits_duplicate_window", "duplicate_window > 0 and duplicate_window <= 60");
                    table.CheckConstraint("ck_risk_limits_max_daily_loss", "max_daily_loss > 0 and max_daily_loss < 1e15");
                    table.CheckConstraint("ck_risk_limits_max_daily_trades", "max_daily_trades between 1 and 1000000");
                    table.CheckConstraint("ck_risk_limits_max_order_size", "max_order_size > 0 and max_order_size < 1e15");
                    table.CheckConstraint("ck_risk_limits_max_order_volume", "max_order_volume > 0 and max_order_volume < 1e15");
                    table.CheckConstraint("ck_risk_limits_max_orders_per_minute", "max_orders_per_minute between 1 and 1000000");
                    table.CheckConstraint("ck_risk_limits_max_orders_per_second", "max_orders_per_second between 1 and 1000000");
                    table.CheckConstraint("ck_risk_limits_max_position", "max_position > 0 and max_position < 1e15");
                    table.CheckConstraint("ck_risk_limits_max_position_per_symbol", "max_position_per_symbol > 0 and max_position_per_symbol < 1e15");
                    table.CheckConstraint("ck_risk_limits_max_total_exposure", "max_total_exposure > 0 and max_total_exposure < 1e15");
                    table.CheckConstraint("ck_risk_limits_of_account", "symbol = '*' or (max_total_exposure is null and max_daily_trades is null and max_daily_loss is null and duplicate_window is null and max_orders_per_second is null and max_orders_per_minute is null)");
                    table.CheckConstraint("ck_risk_limits_price_band", "price_band > 0 and price_band <= 1");
                    table.CheckConstraint("ck_risk_limits_price_band_ticks", "price_band_ticks between 1 and 1000000");
                });

            migrationBuilder.CreateIndex(
                name: "ix_risk_limits_account_id_symbol",
                table: "risk_limits",
                columns: new[] { "account_id", "symbol" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_risk_limits_revision",
                table: "risk_limits",
                column: "revision",
                filter: "revision = 0");
            RiskLimitsSql.Create(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "risk_limits");
        }
    }
}
