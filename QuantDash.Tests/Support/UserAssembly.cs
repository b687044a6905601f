using System.Runtime.InteropServices;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Support;

/// <summary>Compiles a class library as a trader would, with the compiler of the SDK and nothing else.</summary>
internal static class UserAssembly
{
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Core => typeof(StrategyDefinition).Assembly.Location;

    /// <summary>Writes <paramref name="name"/>.dll into a folder and returns its path.</summary>
    /// <param name="core">Another QuantDash.Core than ours to compile against; empty: none.</param>
    public static async Task<string> CompileAsync(string folder, string name, string source, string? core = null)
    {
        using var work = new TempFolder();
        var (file, output, response) = (work.File(name + ".cs"), Path.Combine(folder, name + ".dll"), work.File("csc.rsp"));
        await File.WriteAllTextAsync(file, source);
        var references = Directory.EnumerateFiles(Newest(Path.Combine(Dotnet, "packs", "Microsoft.NETCore.App.Ref")), "*.dll", SearchOption.AllDirectories).Where(path => path.Contains("/ref/", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(response, ["-nologo", "-target:library", "-nullable:enable", "-deterministic", $"-out:\"{output}\"", .. references.Append(core ?? Core).Where(path => path.Length > 0).Select(path => $"-r:\"{path}\""), $"\"{file}\""]);
        await Tool.RunAsync("dotnet", Path.Combine(Newest(Path.Combine(Dotnet, "sdk")), "Roslyn", "bincore", "csc.dll"), "@" + response);
        return output;
    }

    private static string Newest(string folder) => Directory.EnumerateDirectories(folder).MaxBy(path => Version.TryParse(Path.GetFileName(path), out var version) ? version : new Version(0, 0))!;
}
