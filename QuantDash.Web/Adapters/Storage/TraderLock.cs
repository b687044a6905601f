using System.Globalization;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>The right to be the one trader on a data directory: an exclusive lock on <c>trader.lock</c>, which the kernel takes back whatever way
/// the process ends, so that no time-out delays a restart.</summary>
internal sealed class TraderLock : IDisposable
{
    private readonly FileStream _file;

    private TraderLock(FileStream file) => _file = file;

    /// <summary>Throws <see cref="TraderRunsAlreadyException"/> when another process holds it.</summary>
    public static TraderLock Take(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        var path = Path.Combine(dataDirectory, "trader.lock");
        FileStream file;
        try
        {
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new TraderRunsAlreadyException($"process {HolderOf(dataDirectory)} holds {path}");
        }

        File.WriteAllText(NameFile(dataDirectory), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new(file);
    }

    public void Dispose() => _file.Dispose();

    // Beside the lock: .NET does not read a file that is locked whole.
    private static string NameFile(string dataDirectory) => Path.Combine(dataDirectory, "trader.pid");

    private static string HolderOf(string dataDirectory)
    {
        try
        {
            return File.ReadAllText(NameFile(dataDirectory));
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
