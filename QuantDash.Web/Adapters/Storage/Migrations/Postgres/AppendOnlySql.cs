using Microsoft.EntityFrameworkCore.Migrations;

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres;

/// <summary>Refuses to change or remove a row of <c>audit_logs</c>. The table's owner can take the trigger away; the chain then shows what was done.</summary>
internal static class AppendOnlySql
{
    public static void Create(MigrationBuilder migration)
    {
        migration.Sql(
            """
            CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'audit_logs takes new rows and nothing else';
            END
            $$
            """);
        migration.Sql("CREATE OR REPLACE TRIGGER trg_audit_logs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_logs FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()");
    }
}
