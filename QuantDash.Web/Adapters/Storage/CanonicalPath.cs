namespace QuantDash.Web.Adapters.Storage;

/// <summary>The one path of a file that links may give many: for what must be the same whoever asks.</summary>
internal static class CanonicalPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>With every link on the way resolved; the file itself need not be there yet. Throws <see cref="IOException"/> when links lead in a circle.</summary>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links < MostLinks; links++)
        {
            if (WithoutItsFirstLink(full) is not { } next) return full;
            full = next;
        }

        throw new IOException($"{path} goes through more than {MostLinks} links.");
    }

    private static string? WithoutItsFirstLink(string full)
    {
        var at = Path.GetPathRoot(full)!;
        var parts = full[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var (parent, here) = (at, Path.Combine(at, parts[i]));
            FileSystemInfo found = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
            if (found.LinkTarget is { } target) return Path.GetFullPath(Path.Combine([Path.Combine(parent, target), .. parts[(i + 1)..]]));
            at = here;
        }

        return null;
    }
}
