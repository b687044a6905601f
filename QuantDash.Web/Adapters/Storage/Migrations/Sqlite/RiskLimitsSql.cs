using Microsoft.EntityFrameworkCore.Migrations;

namespace QuantDash.Web.Adapters.Storage.Migrations.Sqlite;

/// <summary>What the model cannot say of <c>risk_limits</c>: the triggers that mark rows written by other programs (revision 0). Whoever makes the table anew creates them again.</summary>
internal static class RiskLimitsSql
{
    public static void Create(MigrationBuilder migration)
    {
        foreach (var sql in (string[])[Updated, Deleted]) migration.Sql(sql);
    }

    private const string Updated =
        """
        CREATE TRIGGER IF NOT EXISTS trg_risk_limits_outside_update AFTER UPDATE ON risk_limits
        WHEN NEW.revision = OLD.revision
        BEGIN
            UPDATE risk_limits SET revision = 0, updated_at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' WHERE id = NEW.id;
        END
        """;

    private const string Deleted =
        """
        CREATE TRIGGER IF NOT EXISTS trg_risk_limits_outside_delete AFTER DELETE ON risk_limits
        WHEN OLD.revision <> -1
        BEGIN
            INSERT OR IGNORE INTO outside_deletes (table_name, row_id) VALUES ('risk_limits', OLD.id);
        END
        """;
}
