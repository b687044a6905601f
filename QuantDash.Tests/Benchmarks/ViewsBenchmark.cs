using System.Diagnostics;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Benchmarks;

/// <summary>What the trading thread does besides ticks once 2,000 locks are held on one contract: the picture for the screens, which it makes once a second, and a rule saved.
/// Either holds up a tick for as long as it takes.</summary>
internal static class ViewsBenchmark
{
    private const int Locks = 2_000;
    private const int Turns = 200;
    private const int WarmUp = 50;
    private const long Centre = 20_000;

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        var engine = EngineLoad.NewEngine(new ForgettingJournal());
        engine.Recover(RecoveredState.Empty, EngineLoad.Start);
        var load = new EngineLoad(engine, SourceClock.Wall, EngineLoad.Start);
        var lane = load.Lanes(1)[0];
        engine.OnTick(lane, EngineLoad.Tick(lane, Centre, EngineLoad.Start), EngineLoad.Start);
        for (var held = 1; held <= Locks; held++) Lock(load, lane, held);
        var (picture, saved) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            var now = EngineLoad.Start.AddSeconds(2 * turn);
            engine.OnTick(lane, EngineLoad.Tick(lane, Centre + (turn % 2), now), now);
            var drawing = Took(() => Require(engine.Snapshot(now).LockViews.Count));
            var saving = Took(() => load.Save(load.Rule(lane, TriggerType.Price, Locks) with { StopLossPrice = lane.Contract.PriceAt(Centre - 2_000) }));
            if (turn < WarmUp) continue;
            picture.Add(drawing);
            saved.Add(saving);
        }

        return
        [
            new($"picture of everything, {Locks:N0} locks on one contract, p50", Percentile.Of(picture, 0.5), Budget: 20, "ms"),
            new("… p99", Percentile.Of(picture, 0.99), Budget: 40, "ms"),
            new($"rule saved beside {Locks:N0} locks, p99", Percentile.Of(saved, 0.99), Budget: 1, "ms"),
        ];
    }

    /// <summary>Another lot on either side, bound to a lock of their own.</summary>
    private static void Lock(EngineLoad load, SymbolLane lane, int held)
    {
        var at = EngineLoad.Start.AddMilliseconds(held);
        var (volume, price) = (new Volume(held + 1), lane.Contract.PriceAt(Centre));
        var position = new SnapshotPosition
        {
            Symbol = lane.Symbol, LongVolume = volume, LongToday = volume, LongAveragePrice = price, ShortVolume = new(held), ShortToday = new(held), ShortAveragePrice = price,
        };
        _ = load.Engine.ApplySnapshot(new() { AccountId = load.AccountId, Positions = [position] }, at).Value;
        _ = load.Engine.Locks.AdoptPair(load.AccountId, lane.Symbol, new(1), at).Value;
    }

    private static double Took(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Require(int locks)
    {
        if (locks != Locks) throw new InvalidOperationException($"{locks} of {Locks} locks are shown.");
    }
}
