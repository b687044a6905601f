using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TraderFence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "fence",
                table: "service_status",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "holder",
                table: "service_status",
                type: "TEXT",
                maxLength: 200,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "fence",
                table: "service_status");

            migrationBuilder.DropColumn(
                name: "holder",
                table: "service_status");
        }
    }
}
