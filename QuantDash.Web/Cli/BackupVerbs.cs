using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Backup;

namespace QuantDash.Web.Cli;

/// <summary><c>backup</c>, with or without a QuantDash running beside it, and <c>restore</c>, which refuses while one runs.</summary>
internal static class BackupVerbs
{
    private const int Refused = 1;

    public static async Task<int> BackupAsync(WebApplication app, VerbArguments arguments)
    {
        using var stop = VerbArguments.StopOnControlC();
        var made = await app.Services.GetRequiredService<IBackups>().MakeAsync(arguments.Value("--reason") ?? "by_hand", stop.Token);
        foreach (var table in made.Tables.Where(table => table.Rows > 0)) await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{table.Table,-24} {table.Rows,12} {table.Hash}"));
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"made and read back: {made.Name}, audit head {made.Audit.Number} {made.Audit.Hash}"));
        return 0;
    }

    public static async Task<int> RestoreAsync(WebApplication app, VerbArguments arguments)
    {
        if (arguments.First is not { } folder)
        {
            await Console.Error.WriteLineAsync("restore <folder of a backup>");
            return CommandLine.WrongUsage;
        }

        using var stop = VerbArguments.StopOnControlC();
        try
        {
            var (backup, former) = await app.Services.GetRequiredService<BackupRestorer>().RunAsync(folder, stop.Token);
            if (former is not null) await Console.Out.WriteLineAsync($"the former database is in {former}");
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"restored: {backup.Name} of {backup.At:O}, audit head {backup.Audit.Number} {backup.Audit.Hash}"));
            return 0;
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or TraderRunsAlreadyException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Refused;
        }
    }
}
