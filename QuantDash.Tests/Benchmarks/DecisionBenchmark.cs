using System.Diagnostics;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;

namespace QuantDash.Tests.Benchmarks;

/// <summary>Tick received → trigger decided, in process: gate, book, board, decision and its row; 10,000 rules on the symbol. Rules that only record end
/// there; for those that act, the order's intent is timed too, each right after a fill that moved thousands of levels and left every cache cold.</summary>
internal static class DecisionBenchmark
{
    private const int Rules = 10_000;
    private const int Firings = 1_200;
    private const int WarmUp = 400;
    private const long Centre = 20_000;
    private const decimal Leg = 50_000m;

    public static IReadOnlyList<BenchmarkRow> Run() => Report(Measure(shadow: true), Measure(shadow: false));

    internal static (List<double> Firing, List<double> Quiet, List<double> Fill) Measure(bool shadow)
    {
        var journal = new ForgettingJournal();
        var engine = EngineLoad.NewEngine(journal);
        engine.Recover(RecoveredState.Empty, EngineLoad.Start);
        var load = new EngineLoad(engine, SourceClock.Ticks, EngineLoad.Start);
        var lane = load.Lanes(1)[0];
        load.Hold([lane], Leg, Centre);
        for (var i = 0; i < Rules; i++) load.Save(i < Firings ? Near(load, lane, i) with { Shadow = shadow } : load.Far(lane, i, Leg, Centre));
        journal.CommitTo(engine);
        return Measure(journal, engine, lane);
    }

    private static LockRule Near(EngineLoad load, SymbolLane lane, int number) =>
        load.Rule(lane, TriggerType.Price, Leg) with { TriggerPrice = lane.Contract.PriceAt(Centre + 1 + number) };

    private static (List<double> Firing, List<double> Quiet, List<double> Fill) Measure(ForgettingJournal journal, TradingEngine engine, SymbolLane lane)
    {
        var (firing, quiet, fill) = (new List<double>(), new List<double>(), new List<double>());
        var at = EngineLoad.Start;
        for (var i = 0; i < Firings; i++)
        {
            for (var back = 3; back >= 0; back--)
            {
                at = at.AddMilliseconds(250);
                var raw = EngineLoad.Tick(lane, Centre + 1 + i - back, at);
                var start = Stopwatch.GetTimestamp();
                engine.OnTick(lane, raw, at);
                var took = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                if (i >= WarmUp) (back == 0 ? firing : quiet).Add(took);
            }
            var committing = Stopwatch.GetTimestamp();
            journal.CommitTo(engine);
            if (i >= WarmUp) fill.Add(Stopwatch.GetElapsedTime(committing).TotalMicroseconds);
        }
        return (firing, quiet, fill);
    }

    private static IReadOnlyList<BenchmarkRow> Report(
        (List<double> Firing, List<double> Quiet, List<double> Fill) recording, (List<double> Firing, List<double> Quiet, List<double> Fill) acting) =>
    [
        new($"tick → trigger decided, {Rules:N0} rules, p50", Percentile.Of(recording.Firing, 0.5), Budget: 5, "µs"),
        new("… p99", Percentile.Of(recording.Firing, 0.99), Budget: 5, "µs"),
        new("tick → trigger decided and order intended, cold, p50", Percentile.Of(acting.Firing, 0.5), Budget: 200, "µs"),
        new("… p99", Percentile.Of(acting.Firing, 0.99), Budget: 200, "µs"),
        new("tick that decides nothing, p99", Percentile.Of(acting.Quiet, 0.99), Budget: 5, "µs"),
        new("commit → order sent, filled, lock bound, profit levels moved, p99", Percentile.Of(acting.Fill, 0.99), Budget: 10_000, "µs"),
    ];
}

/// <summary>Percentiles of measured times.</summary>
internal static class Percentile
{
    public static double Of(List<double> values, double share)
    {
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }
}
