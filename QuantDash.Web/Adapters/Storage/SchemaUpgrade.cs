using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Brings a schema up to this version. However it is cut off, every migration has happened wholly or not at all, and the next start goes on from there.</summary>
internal static class SchemaUpgrade
{
    /// <summary>To the latest migration.</summary>
    public static Task RunAsync(QuantDashContext context, CancellationToken stop) => RunAsync(context, null, stop);

    /// <param name="context">Nobody else upgrades its database meanwhile: on SQLite the lock on the data directory, on PostgreSQL the lock that EF takes there, sees to that.</param>
    /// <param name="upTo">The migration to end with; null: the latest.</param>
    /// <param name="stop">Ends it; what was not committed did not happen.</param>
    public static async Task RunAsync(QuantDashContext context, string? upTo, CancellationToken stop)
    {
        if (!context.Database.IsSqlite())
        {
            await context.Database.MigrateAsync(upTo, stop);
            return;
        }

        await context.Database.OpenConnectionAsync(stop);
        var connection = context.Database.GetDbConnection();
        try
        {
            // Both mean nothing inside a transaction. EF's own lock is a row that outlives the process which died with it: the next start would wait for it for ever.
            await RunAsync(connection, "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = 0; DROP TABLE IF EXISTS \"__EFMigrationsLock\"", stop);
            await context.Database.MigrateAsync(upTo, stop);
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
            // Not into the pool: it has other settings than its neighbours.
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool((Microsoft.Data.Sqlite.SqliteConnection)connection);
        }
    }

    private static async Task RunAsync(DbConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(stop);
    }
}
