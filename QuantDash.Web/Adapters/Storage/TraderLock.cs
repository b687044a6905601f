using System.Globalization;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>The right to be the one trader on a data directory and, on SQLite, on a database file, which two data directories may name: an exclusive lock on <c>trader.lock</c> and on
/// <c>&lt;database&gt;.trader</c>, which the kernel takes back whatever way the process ends, so that no time-out delays a restart.</summary>
internal sealed class TraderLock : IDisposable
{
    // Linux's EROFS and ENOSPC: .NET has no exceptions of their own for them.
    private const int ReadOnlyFileSystem = 30;
    private const int NoSpaceLeft = 28;
    private readonly List<FileStream> _held = [];

    private TraderLock()
    {
    }

    /// <summary>Throws <see cref="TraderRunsAlreadyException"/> when another process holds one of the two.</summary>
    public static TraderLock Take(StorageTarget target)
    {
        var taken = new TraderLock();
        try
        {
            taken.Hold(Path.Combine(target.DataDirectory, "trader.lock"), Path.Combine(target.DataDirectory, "trader.pid"));
            if (target.File is not { } file) return taken;
            var database = CanonicalPath.Of(file);
            taken.Hold(database + ".trader", database + ".trader.pid");
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>A host that is stopped from two sides does this twice at once.</summary>
    public void Dispose()
    {
        foreach (var file in _held) file.Dispose();
    }

    /// <param name="path">What is locked.</param>
    /// <param name="nameFile">Says by whom. Beside the lock: .NET does not read a file that is locked whole.</param>
    private void Hold(string path, string nameFile)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder);
            _held.Add(new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem })
        {
            throw StorageTrouble.NotWritable(folder, error);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException) && error.HResult != NoSpaceLeft)
        {
            throw new TraderRunsAlreadyException($"process {HolderOf(nameFile)} holds {path}");
        }

        File.WriteAllText(nameFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    private static string HolderOf(string nameFile)
    {
        try
        {
            return File.ReadAllText(nameFile);
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
