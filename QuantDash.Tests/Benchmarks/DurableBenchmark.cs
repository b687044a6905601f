using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Benchmarks;

/// <summary>Tick received → lock order handed to the venue, its intent durable on SQLite: the real runtime with its trading thread and journal.
/// The clock stops when the rows that report the venue's answer are appended.</summary>
internal static class DurableBenchmark
{
    private const int Symbols = 15;
    private const int RulesPerSymbol = 100;
    private const int WarmUp = 300;
    private const long Centre = 20_000;
    private const decimal Leg = 1_000m;

    public static IReadOnlyList<BenchmarkRow> Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<IReadOnlyList<BenchmarkRow>> RunAsync()
    {
        await using var rig = await StorageRig.SqliteAsync();
        var journal = new WatchingJournal(rig.Journal);
        using var meter = new Meter("unheard");
        using var runtime = new TradingRuntime(
            EngineLoad.NewEngine, journal, new NothingToRecover(), EngineLoad.Catalog, new(meter, TimeProvider.System), TimeProvider.System, NullLogger<TradingRuntime>.Instance);
        await runtime.StartAsync(CancellationToken.None);
        var lanes = await runtime.RunAsync(SetUp);
        var times = new List<double>();
        for (var i = 0; i < Symbols * RulesPerSymbol; i++)
        {
            // One firing at a time: what the last one left to write is not this one's latency.
            while (rig.Journal.Health.Depth > 0) await Task.Delay(1);
            var took = await FireAsync(runtime, journal, lanes[i % Symbols], Centre + 1 + (i / Symbols));
            if (i >= WarmUp) times.Add(took);
        }
        await runtime.StopAsync(CancellationToken.None);
        return
        [
            new("tick → durable intent → order at the venue, p50", Percentile.Of(times, 0.5), Budget: 0.2, "ms"),
            new("… p99", Percentile.Of(times, 0.99), Budget: 0.5, "ms"),
        ];
    }

    private static IReadOnlyList<SymbolLane> SetUp(TradingEngine engine, DateTimeOffset now)
    {
        var load = new EngineLoad(engine, SourceClock.Wall, now);
        var lanes = load.Lanes(Symbols);
        foreach (var lane in lanes) engine.OnTick(lane, EngineLoad.Tick(lane, Centre, now), now);
        load.Hold(lanes, Leg, Centre);
        foreach (var lane in lanes)
        {
            for (var i = 0; i < RulesPerSymbol; i++) load.Save(load.Rule(lane, TriggerType.Price, Leg) with { TriggerPrice = lane.Contract.PriceAt(Centre + 1 + i) });
        }
        load.RequireArmed(Symbols * RulesPerSymbol);
        return lanes;
    }

    private static async Task<double> FireAsync(TradingRuntime runtime, WatchingJournal journal, SymbolLane lane, long ticks)
    {
        var answered = journal.NextAnswer();
        var tick = EngineLoad.Tick(lane, ticks, DateTimeOffset.UtcNow);
        var start = Stopwatch.GetTimestamp();
        await runtime.PushTicksAsync(EngineLoad.SourceName, [new(lane.Symbol.ToString(), tick)]);
        return Stopwatch.GetElapsedTime(start, await answered.WaitAsync(TimeSpan.FromSeconds(5))).TotalMilliseconds;
    }

    /// <summary>Notes when the venue's answer to an order was appended.</summary>
    private sealed class WatchingJournal(IJournal inner) : IJournal
    {
        private TaskCompletionSource<long> _answer = new();

        public event Action<long>? Committed
        {
            add => inner.Committed += value;
            remove => inner.Committed -= value;
        }

        public Task<long> NextAnswer()
        {
            var answer = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _answer, answer);
            return answer.Task;
        }

        public void Append(JournalBatch batch)
        {
            if (batch.Changes.Any(change => change is JournalChange.OrderSaved { Order.State: not (OrderState.Intended or OrderState.Submitting) }))
                Volatile.Read(ref _answer).TrySetResult(Stopwatch.GetTimestamp());
            inner.Append(batch);
        }
    }

    private sealed class NothingToRecover : IRecoverySource
    {
        public Task<RecoveredState> LoadAsync(CancellationToken stop) => Task.FromResult(RecoveredState.Empty);
    }
}
