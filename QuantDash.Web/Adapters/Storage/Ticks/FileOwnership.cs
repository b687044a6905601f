namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>A file held open exclusively. The system lets go of it with the process, however that ends, so nothing waits for a lease after kill -9.</summary>
internal static class FileOwnership
{
    /// <summary>Null when another process has it.</summary>
    public static FileStream? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
