using Microsoft.EntityFrameworkCore.Migrations;

namespace QuantDash.Web.Adapters.Storage.Migrations.Postgres;

/// <summary>What the model cannot say of <c>risk_limits</c>: the triggers that mark rows written by other programs (revision 0). Whoever makes the table anew creates them again.</summary>
internal static class RiskLimitsSql
{
    public static void Create(MigrationBuilder migration)
    {
        foreach (var sql in (string[])[Updated, Deleted]) migration.Sql(sql);
    }

    private const string Updated =
        """
        CREATE TRIGGER trg_risk_limits_outside_update BEFORE UPDATE ON risk_limits
            FOR EACH ROW EXECUTE FUNCTION quantdash_mark_outside_update();
        """;

    private const string Deleted =
        """
        CREATE TRIGGER trg_risk_limits_outside_delete AFTER DELETE ON risk_limits
            FOR EACH ROW EXECUTE FUNCTION quantdash_note_outside_delete();
        """;
}
