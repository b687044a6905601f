using System.Diagnostics;
using QuantDash.Core.Markets;
using QuantDash.Tests.Core.Markets;

namespace QuantDash.Tests.Benchmarks;

/// <summary>What it costs to check one complete tick and to turn it into whole ticks.</summary>
internal static class GateBenchmark
{
    private const int Ticks = 4_000_000;

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        Measure();
        return [new("TickGate.Examine, all fields given", Measure(), Budget: 100, "ns")];
    }

    private static double Measure()
    {
        var contract = MarketSamples.Contract();
        var gate = new TickGate(SourceClock.Wall, TickGateOptions.Default);
        var raws = Enumerable.Range(0, 1024).Select(i => MarketSamples.Full(5400 + (2 * (i % 9)), 0) with { Volume = 1000 + i }).ToArray();
        var now = MarketSamples.Noon;
        long accepted = 0;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Ticks; i++)
        {
            if (gate.Examine(raws[i & 1023], contract, now, out _).Accepted) accepted++;
        }

        var elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Ticks;
        return accepted == Ticks ? elapsed : throw new InvalidOperationException($"Only {accepted} of {Ticks} were accepted.");
    }
}
