namespace QuantDash.Web.Adapters.Storage.Backup;

/// <summary>What lies where: in a backup's folder, and in the data directory it was made from.</summary>
internal static class BackupFolder
{
    public const string Database = "quantdash.db";
    public const string Keys = "keys";

    /// <summary>Shares and trading days that were imported: what is held may be of them.</summary>
    public const string Instruments = "instruments";
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string Root(string dataDirectory) => Path.Combine(dataDirectory, "backups");

    /// <summary>Readable by its owner only: it holds what a data directory holds.</summary>
    public static string Create(string path)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(path).FullName;
        return Directory.CreateDirectory(path, OwnerFolder).FullName;
    }

    /// <summary>Files of one folder, without those in folders below; none when it is not there.</summary>
    public static void CopyFiles(string from, string to) => Copy(from, to, _ => true);

    /// <summary>As <see cref="CopyFiles"/>, but what is there already stays.</summary>
    public static void CopyMissingFiles(string from, string to) => Copy(from, to, path => !File.Exists(path));

    private static void Copy(string from, string to, Func<string, bool> wants)
    {
        if (!Directory.Exists(from)) return;
        Create(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            var copy = Path.Combine(to, Path.GetFileName(file));
            if (wants(copy)) File.Copy(file, copy, overwrite: true);
        }
    }
}
