using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres
{
    /// <summary>Accounts may trade over a bridge.</summary>
    public partial class BridgeAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_accounts_venue",
                table: "accounts");

            migrationBuilder.AddCheckConstraint(
                name: "ck_accounts_venue",
                table: "accounts",
                sql: "venue in ('simulated', 'bridge')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_accounts_venue",
                table: "accounts");

            migrationBuilder.AddCheckConstraint(
                name: "ck_accounts_venue",
                table: "accounts",
                sql: "venue in ('simulated')");
        }
    }
}
