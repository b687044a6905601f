using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>What <c>QuantDash.Web.dll strategy-host</c> is: the process that holds one assembly of the trader's and runs at most one strategy of it. Started by QuantDash alone; ends when its input ends or its parent does.</summary>
public static class StrategyHostProgram
{
    private const string Verb = "strategy-host";

    internal static string[] Arguments(string file, string version) => [Verb, file, version, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Null when the arguments are somebody else's; the exit code otherwise.</summary>
    public static int? Run(string[] arguments)
    {
        if (arguments is not [Verb, var file, var version, var parent]) return null;
        using var frames = StandardPipes.Take();
        EndWith(int.Parse(parent, CultureInfo.InvariantCulture));
        using (var self = Process.GetCurrentProcess()) self.PriorityClass = ProcessPriorityClass.BelowNormal;
        var guest = GuestOf(file, version);
        while (frames.Read() is { } request) frames.Write(guest.Answer(request));
        return 0;
    }

    private static StrategyGuest GuestOf(string file, string version)
    {
        var bytes = File.ReadAllBytes(file);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != version) return new([], new Problem("file", "strategy_changed"));
        var found = StrategyAssembly.Load(bytes);
        return found.Succeeded ? new(found.Value) : new([], found.Problems[0]);
    }

    /// <summary>A strategy that never comes back cannot see that its input ended.</summary>
    private static void EndWith(int parent) => new Thread(() =>
    {
        try
        {
            using var other = Process.GetProcessById(parent);
            other.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }) { IsBackground = true, Name = "parent" }.Start();
}
