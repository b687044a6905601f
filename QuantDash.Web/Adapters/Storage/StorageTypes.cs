namespace QuantDash.Web.Adapters.Storage;

/// <summary>What the two databases call the same thing.</summary>
/// <param name="Decimal">For columns that SQL compares and sums. On SQLite it keeps 15 significant digits.</param>
/// <param name="ExactDecimal">For the engine's own sums and averages, which nobody filters by: every digit survives.</param>
/// <param name="Now">Default of time columns.</param>
/// <param name="NewId">Default of id columns.</param>
internal sealed record StorageTypes(string Decimal, string ExactDecimal, string Now, string NewId)
{
    /// <summary>TEXT would compare "10" below "9"; NUMERIC turns it into a number, which is a double where it has a fraction.</summary>
    public static StorageTypes Sqlite { get; } = new(
        "NUMERIC",
        "TEXT",
        "(strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')",
        "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))");

    public static StorageTypes Postgres { get; } = new("numeric", "numeric", "now()", "gen_random_uuid()");
}
