using System.Diagnostics;
using QuantDash.Core.Engine;
using QuantDash.Core.Markets;

namespace QuantDash.Tests.Benchmarks;

/// <summary>The whole path of a tick in the engine, on one core: 200 symbols with 50 rules each, prices that walk and fire nothing.</summary>
internal static class PathBenchmark
{
    private const int Symbols = 200;
    private const int RulesPerSymbol = 50;
    private const int Laps = 15_000;
    private const long Centre = 20_000;

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        var journal = new ForgettingJournal();
        var engine = EngineLoad.NewEngine(journal);
        engine.Recover(RecoveredState.Empty, EngineLoad.Start);
        var load = new EngineLoad(engine, SourceClock.Ticks, EngineLoad.Start);
        var lanes = load.Lanes(Symbols);
        load.Hold(lanes, 100m, Centre);
        foreach (var lane in lanes)
            for (var i = 0; i < RulesPerSymbol; i++) load.Save(load.Far(lane, i, 100m, Centre));
        journal.CommitTo(engine);
        load.RequireArmed(Symbols * RulesPerSymbol);

        var ticks = lanes.Select(lane => Enumerable.Range(0, 16).Select(i => EngineLoad.Tick(lane, Centre + (i * 7 % 16) - 8, EngineLoad.Start)).ToArray()).ToArray();
        var at = Drive(engine, lanes, ticks, EngineLoad.Start, Laps / 5);
        var start = Stopwatch.GetTimestamp();
        Drive(engine, lanes, ticks, at, Laps);
        var perSecond = (double)Laps * Symbols / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return [new($"{Symbols} symbols × {RulesPerSymbol} rules, one core", perSecond, Budget: 2_000_000, "ticks/s", Better.Higher)];
    }

    private static DateTimeOffset Drive(TradingEngine engine, IReadOnlyList<SymbolLane> lanes, RawTick[][] ticks, DateTimeOffset at, int laps)
    {
        for (var lap = 0; lap < laps; lap++)
        {
            at = at.AddMilliseconds(1);
            for (var i = 0; i < lanes.Count; i++)
            {
                var outcome = engine.OnTick(lanes[i], ticks[i][lap & 15] with { Timestamp = at }, at);
                if (outcome != TickReject.None) throw new InvalidOperationException($"{lanes[i].Symbol}: {outcome}.");
            }
        }
        return at;
    }
}
