using System.Diagnostics;
using QuantDash.Core.Indicators;
using QuantDash.Tests.Core.Indicators;

namespace QuantDash.Tests.Benchmarks;

/// <summary>Every indicator of the catalogue with its usual parameters: a bar taken and all outputs read. The best of several rounds, because the machine can only add to it.</summary>
internal static class IndicatorsBenchmark
{
    /// <summary>Many short rounds: one of them has a core to itself.</summary>
    private const int Rounds = 300;
    private const int Repeats = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(400);
    private static readonly IndicatorBar[] Bars = IndicatorSamples.Walk(5, 8192);

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        var rows = new List<BenchmarkRow>();
        foreach (var declaration in IndicatorCatalogue.All)
        {
            var (update, reading, bytes) = Measure(declaration);
            rows.Add(new($"{declaration.Name}, update", update, Budget: 10, "ns"));
            rows.Add(new($"{declaration.Name}, update and all {declaration.Outputs.Count} outputs read", reading, Budget: 20, "ns"));
            rows.Add(new($"{declaration.Name}, allocated", bytes, Budget: 0, "bytes"));
        }
        return rows;
    }

    private static (double Update, double Reading, double Bytes) Measure(IndicatorDeclaration declaration)
    {
        var indicator = declaration.Create();
        var outputs = new double?[declaration.Outputs.Count];
        // Until the compiler has seen what is hot and made it again.
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < WarmUp;)
        {
            Feed(indicator);
            FeedAndRead(indicator, outputs);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (update, reading) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var repeat = 0; repeat < Repeats; repeat++) Feed(indicator);
            var middle = Stopwatch.GetTimestamp();
            for (var repeat = 0; repeat < Repeats; repeat++) FeedAndRead(indicator, outputs);
            update = Math.Min(update, Stopwatch.GetElapsedTime(start, middle).TotalNanoseconds / Repeats / Bars.Length);
            reading = Math.Min(reading, Stopwatch.GetElapsedTime(middle).TotalNanoseconds / Repeats / Bars.Length);
        }
        return (update, reading, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Feed(Indicator indicator)
    {
        foreach (ref readonly var bar in Bars.AsSpan()) indicator.Add(bar);
    }

    private static void FeedAndRead(Indicator indicator, double?[] outputs)
    {
        foreach (ref readonly var bar in Bars.AsSpan())
        {
            indicator.Add(bar);
            indicator.Read(outputs);
        }
    }
}
