using System.Diagnostics;
using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Markets;

namespace QuantDash.Tests.Benchmarks;

/// <summary>The whole path of a tick in the engine, on one core: rules of every kind, prices that walk and fire nothing, minutes that pass and let thresholds decay and
/// ranges grow.</summary>
internal static class PathBenchmark
{
    private const int Ticks = 3_000_000;
    private const long Centre = 20_000;

    public static IReadOnlyList<BenchmarkRow> Run() => [Measure(200, 50), Measure(1, 10_000)];

    private static BenchmarkRow Measure(int symbols, int rules)
    {
        var journal = new ForgettingJournal();
        var engine = EngineLoad.NewEngine(journal);
        engine.Recover(RecoveredState.Empty, EngineLoad.Start);
        var load = new EngineLoad(engine, SourceClock.Ticks, EngineLoad.Start);
        var lanes = load.Lanes(symbols);
        load.Hold(lanes, 100m, Centre);
        foreach (var lane in lanes)
            for (var i = 0; i < rules; i++) load.Save(load.Far(lane, i, 100m, Centre));
        journal.CommitTo(engine);
        load.RequireArmed(symbols * rules);
        var laps = Ticks / symbols;

        var ticks = lanes.Select(lane => Enumerable.Range(0, 16).Select(i => EngineLoad.Tick(lane, Centre + (i * 7 % 16) - 8, EngineLoad.Start)).ToArray()).ToArray();
        var at = Drive(engine, lanes, ticks, EngineLoad.Start, laps / 5);
        var start = Stopwatch.GetTimestamp();
        Drive(engine, lanes, ticks, at, laps);
        var perSecond = (double)laps * symbols / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new($"{symbols} symbols × {rules.ToString("N0", CultureInfo.InvariantCulture)} rules of every kind, one core", perSecond, Budget: 2_000_000, "ticks/s", Better.Higher);
    }

    private static DateTimeOffset Drive(TradingEngine engine, IReadOnlyList<SymbolLane> lanes, RawTick[][] ticks, DateTimeOffset at, int laps)
    {
        var step = TimeSpan.FromMinutes(6) / laps;
        for (var lap = 0; lap < laps; lap++)
        {
            at += step;
            for (var i = 0; i < lanes.Count; i++)
            {
                var outcome = engine.OnTick(lanes[i], ticks[i][lap & 15] with { Timestamp = at }, at);
                if (outcome != TickReject.None) throw new InvalidOperationException($"{lanes[i].Symbol}: {outcome}.");
            }
        }
        return at;
    }
}
