namespace QuantDash.Web.Configuration;

/// <summary>
/// The folders that everything else is relative to. <paramref name="Root"/> is the repository when run from source, else the
/// working folder; QUANTDASH_ROOT overrides both (tests and containers).
/// </summary>
/// <param name="Root">Base of relative paths in settings, and home of appsettings.Local.json.</param>
/// <param name="Content">Folder that holds wwwroot.</param>
public sealed record RunFolders(string Root, string Content)
{
    public static RunFolders Locate()
    {
        var source = FindRepository(AppContext.BaseDirectory);
        return new(
            Root: Environment.GetEnvironmentVariable("QUANTDASH_ROOT") ?? source ?? Environment.CurrentDirectory,
            Content: source is null ? AppContext.BaseDirectory : Path.Combine(source, "QuantDash.Web"));
    }

    /// <summary>A setting's path made absolute; `~` is the home folder.</summary>
    public string Resolve(string path)
        => path is "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : Path.GetFullPath(path, Root);

    private static string? FindRepository(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "QuantDash.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
