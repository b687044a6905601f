namespace QuantDash.Tests.Support;

/// <summary>A disk in memory that can be filled to the last byte.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Missing { get; } = Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? TryMount() : "needs root to mount a small disk";

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("quantdash-disk-").FullName;
        await Tool.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path);
        return new(path);
    }

    /// <summary>Nothing more can be written, not even into what is there already.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 1 << 12, 1])
        {
            try
            {
                var block = new byte[size];
                while (true) file.Write(block);
            }
            catch (IOException)
            {
                // No block of this size fits any more.
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await Tool.RunAsync("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static string? TryMount()
    {
        try
        {
            MountAsync(1).GetAwaiter().GetResult().DisposeAsync().AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "needs the right to mount a small disk";
        }
    }
}
