using System.IO.Compression;
using System.Text;

namespace QuantDash.Web.Features.Data;

/// <summary>One text with bars: a file, or an entry of an archive.</summary>
/// <param name="Name">As it is told to people.</param>
/// <param name="Path">With the archive it lies in.</param>
internal sealed record BarText(string Name, string Path, Func<Stream> Open);

/// <summary>Finds the texts behind a path: a file, packed or not, or all such files of a folder.</summary>
internal static class BarFiles
{
    private static readonly string[] Extensions = [".csv", ".csv.gz", ".zip"];

    /// <summary>None when there is no such file or folder.</summary>
    public static IEnumerable<BarText> At(string path)
    {
        if (File.Exists(path)) return InFile(path);
        if (!Directory.Exists(path)) return [];
        return Directory.EnumerateFiles(path)
            .Where(file => Extensions.Any(extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .SelectMany(InFile);
    }

    /// <summary>Its lines, unpacked. Throws <see cref="InvalidDataException"/> when the packing is damaged.</summary>
    public static IEnumerable<string> Lines(BarText text)
    {
        using var reader = new StreamReader(text.Open(), Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static IEnumerable<BarText> InFile(string path)
    {
        var name = Path.GetFileName(path);
        return StartOf(path) switch
        {
            [0x1F, 0x8B] => [new(name, path, () => new GZipStream(File.OpenRead(path), CompressionMode.Decompress))],
            [(byte)'P', (byte)'K'] => Entries(path).Select(entry => new BarText($"{name}/{entry}", $"{path}/{entry}", () => OpenEntry(path, entry))),
            _ => [new(name, path, () => File.OpenRead(path))],
        };
    }

    /// <summary>How it is packed is told by the first two bytes, not by the name.</summary>
    private static byte[] StartOf(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[2];
        return start[..file.ReadAtLeast(start, 2, throwOnEndOfStream: false)];
    }

    private static List<string> Entries(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return [.. archive.Entries.Where(entry => entry.Length > 0).Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
    }

    private static MemoryStream OpenEntry(string path, string entry)
    {
        using var archive = ZipFile.OpenRead(path);
        using var packed = archive.GetEntry(entry)!.Open();
        var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        unpacked.Position = 0;
        return unpacked;
    }
}
