using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>How the process of a strategy is started: our own program, with an environment that holds nothing of ours.</summary>
internal static class StrategyLaunch
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>What a runtime may need to be found and to run. Settings, keys and passwords are not among it.</summary>
    private static readonly string[] Kept = ["PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "LD_LIBRARY_PATH", "TMPDIR", "SystemRoot", "TEMP"];

    public static ProcessStartInfo Of(StrategyProgram strategy)
    {
        var program = typeof(StrategyLaunch).Assembly.Location;
        var start = new ProcessStartInfo(Runtime(), [program, .. StrategyHostProgram.Arguments(strategy.Path, strategy.Version)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(strategy.Path)!,
        };
        var kept = Kept.Select(name => (name, Value: Environment.GetEnvironmentVariable(name))).Where(pair => pair.Value is not null).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept) start.Environment[name] = value;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["DOTNET_GCHeapHardLimit"] = (strategy.Options.HeapMegabytes * Megabyte).ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    /// <summary>The runtime that runs us.</summary>
    private static string Runtime()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var own = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(own) ? own : name;
    }
}
