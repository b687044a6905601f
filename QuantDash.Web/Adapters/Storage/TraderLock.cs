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
            throw new TraderRunsAlreadyException($"process {HolderOf(path)} holds {path}");
        }

        // For people who look into the file; the lock itself is the kernel's.
        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new(file);
    }

    public void Dispose() => _file.Dispose();

    private static string HolderOf(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd() is { Length: > 0 } id ? id : "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
