namespace QuantDash.Web.Adapters.Storage.Backup;

/// <summary>What lies where: in a backup's folder, and in the data directory it was made from.</summary>
internal static class BackupFolder
{
    public const string Database = "quantdash.db";
    public const string Keys = "keys";
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string Root(string dataDirectory) => Path.Combine(dataDirectory, "backups");

    /// <summary>Readable by its owner only: it holds what a data directory holds.</summary>
    public static string Create(string path)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(path).FullName;
        return Directory.CreateDirectory(path, OwnerFolder).FullName;
    }

    /// <summary>Files of one folder, without those in folders below; none when it is not there.</summary>
    public static void CopyFiles(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        Create(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
