using System.Diagnostics;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;

namespace QuantDash.Tests.Benchmarks;

/// <summary>Tick received → trigger decided, in process: gate, book, board, decision, its rows handed to the journal; 10,000 rules on the symbol.
/// What follows from the commit (order, fill, lock) is not timed here.</summary>
internal static class DecisionBenchmark
{
    private const int Rules = 10_000;
    private const int Firings = 1_200;
    private const int WarmUp = 400;
    private const long Centre = 20_000;
    private const decimal Leg = 50_000m;

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        var journal = new ForgettingJournal();
        var engine = EngineLoad.NewEngine(journal);
        engine.Recover(RecoveredState.Empty, EngineLoad.Start);
        var load = new EngineLoad(engine, SourceClock.Ticks, EngineLoad.Start);
        var lane = load.Lanes(1)[0];
        load.Hold([lane], Leg, Centre);
        for (var i = 0; i < Rules; i++) load.Save(i < Firings ? load.Rule(lane, TriggerType.Price, Leg) with { TriggerPrice = lane.Contract.PriceAt(Centre + 1 + i) } : load.Far(lane, i, Leg, Centre));
        journal.CommitTo(engine);
        return Report(Measure(journal, engine, lane));
    }

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

    private static IReadOnlyList<BenchmarkRow> Report((List<double> Firing, List<double> Quiet, List<double> Fill) measured)
    {
        var (p50, p99) = (Percentile.Of(measured.Firing, 0.5), Percentile.Of(measured.Firing, 0.99));
        return
        [
            new($"tick → trigger decided, {Rules:N0} rules, p50", p50, Budget: 5, "µs"),
            new("… p99", p99, Budget: 5, "µs"),
            new("tick that decides nothing, p99", Percentile.Of(measured.Quiet, 0.99), Budget: 5, "µs"),
            new("commit → order sent, filled, lock bound, profit levels moved, p99", Percentile.Of(measured.Fill, 0.99), Budget: 10_000, "µs"),
        ];
    }
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
