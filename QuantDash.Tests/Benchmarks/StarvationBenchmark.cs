using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Benchmarks;

/// <summary>D7: decisions while every processor is kept busy by the compute lanes, beside decisions on a quiet machine. The measured thread has the priority that the trading thread has.</summary>
internal static class StarvationBenchmark
{
    public static IReadOnlyList<BenchmarkRow> Run()
    {
        var idle = DecisionBenchmark.Measure(shadow: true).Firing;
        var busy = Busy();
        var quiet = Percentile.Of(idle, 0.99);
        return
        [
            new("decision, quiet machine, p50", Percentile.Of(idle, 0.5), Budget: 5, "µs"),
            new("… p99", quiet, Budget: 5, "µs"),
            new($"decision, {Environment.ProcessorCount} processors busy, p50", Percentile.Of(busy, 0.5), Budget: 2 * Percentile.Of(idle, 0.5), "µs"),
            new("… p99", Percentile.Of(busy, 0.99), Budget: 2 * quiet, "µs"),
        ];
    }

    private static List<double> Busy()
    {
        using var lanes = new ComputeLanes();
        using var stop = new CancellationTokenSource();
        var burning = lanes.Lanes.Select(_ => lanes.RunAsync("burn", Burn, stop.Token)).ToList();
        SpinWait.SpinUntil(() => lanes.Lanes.All(lane => lane.Turn is { Progress: > 0 }));
        var times = DecisionBenchmark.Measure(shadow: true).Firing;
        stop.Cancel();
        foreach (var work in burning) ((IAsyncResult)work).AsyncWaitHandle.WaitOne();
        return times;
    }

    private static double Burn(ComputeTurn turn)
    {
        var sum = 0.0;
        for (var i = 1; ; i++)
        {
            sum += Math.Sqrt(i);
            if (i % 10_000 == 0) turn.Report(1 - (1.0 / i));
        }
    }
}
