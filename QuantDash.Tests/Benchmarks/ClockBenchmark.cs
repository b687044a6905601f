using System.Diagnostics;

namespace QuantDash.Tests.Benchmarks;

/// <summary>What reading the clock costs here: the floor under every other latency figure, and a proof that the table works.</summary>
internal static class ClockBenchmark
{
    private const int Reads = 5_000_000;

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        Measure();
        return [new("Stopwatch.GetTimestamp", Measure(), Budget: 100, "ns")];
    }

    private static double Measure()
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Reads; i++)
        {
            _ = Stopwatch.GetTimestamp();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Reads;
    }
}
