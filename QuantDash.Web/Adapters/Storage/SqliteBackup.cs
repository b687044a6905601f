using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>A copy of the SQLite file as of one instant, in <c>backups/</c>; works while the file is in use.</summary>
internal static class SqliteBackup
{
    private const int Kept = 3;

    /// <param name="version">The schema it is in: the latest migration that ran.</param>
    /// <returns>Where the copy is.</returns>
    public static async Task<string> MakeAsync(QuantDashContext context, string dataDirectory, string version, TimeProvider clock, CancellationToken stop)
    {
        var folder = Directory.CreateDirectory(Path.Combine(dataDirectory, "backups")).FullName;
        var name = string.Create(CultureInfo.InvariantCulture, $"quantdash-{clock.GetUtcNow():yyyyMMdd-HHmmss}-before-upgrade-from-{version}.db");
        var copy = Path.Combine(folder, name);
        var unfinished = Path.Combine(folder, "unfinished.db");
        File.Delete(unfinished); // A crash may have left one; SQLite writes into no file that is there.
        await context.Database.ExecuteSqlAsync($"VACUUM INTO {unfinished}", stop);
        File.Move(unfinished, copy, overwrite: true);
        // A start that fails and is tried again every second must not fill the disk with copies.
        foreach (var old in Directory.EnumerateFiles(folder, $"quantdash-*-before-upgrade-from-{version}.db").OrderDescending(StringComparer.Ordinal).Skip(Kept)) File.Delete(old);
        return copy;
    }
}
