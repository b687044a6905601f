using System.Diagnostics;
using System.Globalization;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Benchmarks;

/// <summary>The real process: from start to serving on a fresh data folder and again on the same one, and what it holds when nothing happens.</summary>
internal static class StartBenchmark
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<BenchmarkRow> Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<IReadOnlyList<BenchmarkRow>> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string> { ["QuantDash__Demo"] = "false" });
        var first = clock.Elapsed.TotalSeconds;
        app.Kill();
        clock.Restart();
        await app.StartAgainAsync();
        var again = clock.Elapsed.TotalSeconds;
        await Task.Delay(Idle);
        return
        [
            new("process start → serving, fresh database", first, Budget: 2, "s"),
            new("process start → serving, existing database", again, Budget: 2, "s"),
            new("resident memory when idle", ResidentMegabytes(app.ProcessId), Budget: 250, "MB"),
        ];
    }

    private static double ResidentMegabytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
