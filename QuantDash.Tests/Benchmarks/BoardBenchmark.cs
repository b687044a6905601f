using System.Diagnostics;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Tests.Core.Locking;

namespace QuantDash.Tests.Benchmarks;

/// <summary>A tick that fires nothing, with more and more rules of every kind on the symbol. The price moves all the time; each figure is the best of
/// five rounds, because the machine can only add to it.</summary>
internal static class BoardBenchmark
{
    private const int Ticks = 2_000_000;
    private const long Centre = 100_000;
    private static readonly int[] Counts = [1, 100, 10_000, 100_000];

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        Measure(Board(100));
        var rows = new List<BenchmarkRow>();
        foreach (var count in Counts)
        {
            var (nanoseconds, bytes) = Measure(Board(count));
            rows.Add(new($"a tick that fires nothing, {BenchmarkRow.Format(count)} rules", nanoseconds, Budget: 30, "ns"));
            rows.Add(new($"… allocated over {BenchmarkRow.Format(Ticks)} ticks", bytes, Budget: 0, "bytes"));
        }
        rows.Add(new("1,000 rules fire on one tick, of 100,000", Gap(100_000), Budget: 20, "ms"));
        return rows;
    }

    private static TriggerBoard Board(int count)
    {
        var board = new TriggerBoard();
        foreach (var rule in BoardSamples.Mixed(count, Centre, quiet: 50)) board.Arm(rule);
        return board;
    }

    private static (double Nanoseconds, double Bytes) Measure(TriggerBoard board)
    {
        var ticks = Walk();
        var firings = new List<Firing>();
        var best = double.MaxValue;
        for (var i = 0; i < 200_000; i++) board.OnTick(ticks[i & 4095], firings);
        EndCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 5; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Ticks; i++) board.OnTick(ticks[i & 4095], firings);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Ticks);
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return firings.Count == 0 ? (best, allocated) : throw new InvalidOperationException($"{firings.Count} rules fired.");
    }

    /// <summary>A collection in the background, of what building the board left, takes away the rest of this thread's allocation buffer when it ends, and that would
    /// count as allocated here.</summary>
    private static void EndCollections()
    {
        if (GC.TryStartNoGCRegion(1 << 20)) GC.EndNoGCRegion();
    }

    /// <summary>Ticks that walk up and down inside the quiet band.</summary>
    private static Tick[] Walk()
    {
        var random = new Random(3);
        var price = Centre;
        return [.. Enumerable.Range(0, 4096).Select(_ =>
        {
            price = Math.Clamp(price + random.Next(-3, 4), Centre - 40, Centre + 40);
            return BoardSamples.Tick(price);
        })];
    }

    private static double Gap(int count)
    {
        var board = Board(count);
        var firings = new List<Firing>();
        board.OnTick(BoardSamples.Tick(Centre), firings);
        var price = Centre;
        var total = 0.0;
        while (firings.Count < 1000)
        {
            price += 250;
            var start = Stopwatch.GetTimestamp();
            board.OnTick(BoardSamples.Tick(price), firings);
            total += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return total * 1000 / firings.Count;
    }
}
