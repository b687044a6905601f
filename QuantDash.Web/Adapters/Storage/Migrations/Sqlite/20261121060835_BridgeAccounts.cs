using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <summary>Accounts may trade over a bridge.</summary>
    public partial class BridgeAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // SQLite cannot change a constraint, so the table is made anew. Views name it; with the old rules for renaming they are left alone meanwhile.
            migrationBuilder.Sql("PRAGMA legacy_alter_table = 1");

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
            // SQLite cannot change a constraint, so the table is made anew. Views name it; with the old rules for renaming they are left alone meanwhile.
            migrationBuilder.Sql("PRAGMA legacy_alter_table = 1");

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
