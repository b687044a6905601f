using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace QuantDash.Tests.Support;

/// <summary>Real market data beside the repository (../shared/data), or where QUANTDASH_TEST_DATA points. See its README.</summary>
public static class TestData
{
    /// <summary>Null when the machine does not have it: use [DataFact].</summary>
    public static string? Folder { get; } = Locate();

    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Absolute path of a file such as "contracts/contracts_cn.csv".</summary>
    public static string PathOf(string relative)
        => Path.Combine(Folder ?? throw new InvalidOperationException("No market data here: mark the test [DataFact]"), relative);

    /// <summary>The text of a file; unpacked when it ends in .gz.</summary>
    public static StreamReader Open(string relative)
    {
        Stream file = File.OpenRead(PathOf(relative));
        return new(relative.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    private static string? Locate()
    {
        var folder = Requirements.Variable("QUANTDASH_TEST_DATA") ?? Path.Combine(FindRoot(), "..", "shared", "data");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    // The compiler knows where this file lies; the output folder may be anywhere.
    private static string FindRoot([CallerFilePath] string thisFile = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
