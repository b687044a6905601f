using Microsoft.EntityFrameworkCore.Migrations;

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite;

/// <summary>Refuses to change or remove a row of <c>audit_logs</c>. Whoever owns the file can take the triggers away; the chain then shows what was done.
/// A later migration that makes the table anew creates them again.</summary>
internal static class AppendOnlySql
{
    public static void Create(MigrationBuilder migration)
    {
        foreach (var what in (string[])["UPDATE", "DELETE"])
            migration.Sql(
                $"""
                CREATE TRIGGER IF NOT EXISTS trg_audit_logs_no_{(what == "UPDATE" ? "update" : "delete")} BEFORE {what} ON audit_logs
                BEGIN
                    SELECT RAISE(ABORT, 'audit_logs takes new rows and nothing else');
                END
                """);
    }
}
