using System.Diagnostics;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Storage;

namespace QuantDash.Tests.Benchmarks;

/// <summary>From the database file to an engine that is live again: 10,000 rules and 1,000 open orders on SQLite.</summary>
internal static class RestartBenchmark
{
    private const int Rules = 10_000;
    private const int Orders = 1_000;
    private const long Centre = 20_000;

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        using var folder = new TempFolder();
        FillAsync(folder).GetAwaiter().GetResult();
        return RestartAsync(folder).GetAwaiter().GetResult();
    }

    private static async Task FillAsync(TempFolder folder)
    {
        await using var rig = await StorageRig.SqliteAsync(folder);
        var engine = EngineLoad.NewEngine(rig.Journal);
        engine.Recover(RecoveredState.Empty, EngineLoad.Start);
        var load = new EngineLoad(engine, SourceClock.Ticks, EngineLoad.Start);
        var lanes = load.Lanes(20);
        foreach (var lane in lanes) engine.OnTick(lane, EngineLoad.Tick(lane, Centre, EngineLoad.Start), EngineLoad.Start);
        load.Hold(lanes, 1000m, Centre);
        for (var i = 0; i < Rules; i++) load.Save(load.Far(lanes[i % 20], i, 1000m, Centre));
        for (var i = 0; i < Orders; i++)
        {
            var lane = lanes[i % 20];
            var placed = engine.PlaceOrder(new(load.AccountId, lane.Symbol, OrderPurpose.Open, Side.Long, new(1), OrderType.Limit, lane.Contract.PriceAt(Centre - 10)), load.Now);
            if (!placed.Succeeded) throw new InvalidOperationException(placed.Problems[0].ToString());
        }
        await SettleAsync(rig, engine);
    }

    /// <summary>Until every order has reached the venue and that is written too.</summary>
    private static async Task SettleAsync(StorageRig rig, TradingEngine engine)
    {
        for (long told = 0; told < engine.NextSequence - 1;)
        {
            var committed = rig.Journal.Health.CommittedSequence;
            if (committed > told) engine.OnCommitted(told = committed);
            else await Task.Delay(5);
        }
    }

    private static async Task<IReadOnlyList<BenchmarkRow>> RestartAsync(TempFolder folder)
    {
        var start = Stopwatch.GetTimestamp();
        await using var rig = await StorageRig.SqliteAsync(folder);
        var state = await rig.LoadAsync();
        var loaded = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var engine = EngineLoad.NewEngine(rig.Journal);
        engine.Recover(state, EngineLoad.Start);
        var live = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var armed = engine.Snapshot(EngineLoad.Start).Rules.Count(rule => rule.State.State == ArmState.Armed);
        return
        [
            new($"restart, {Rules:N0} rules and {state.Orders.Count(order => !order.IsFinal):N0} open orders: live after", live, Budget: 5, "s"),
            new("… of which reading", loaded, Budget: 5, "s"),
            new("… rules armed again", armed, Budget: Rules, "rules", Better.Higher, Noise: 0),
        ];
    }
}
