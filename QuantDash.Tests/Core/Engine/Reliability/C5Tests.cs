using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Benchmarks;
using QuantDash.Tests.Support;
using QuantDash.Web.Trading;
using Xunit.Abstractions;

namespace QuantDash.Tests.Core.Engine.Reliability;

/// <summary>RELIABILITY.md C5: one day, twice, and from one and from two threads: every decision, order, fill, lot, lock, sentence and sum of money is the same, bit by bit. The order of ticks is
/// fixed by their sequence; how they are packed, who hands them over, how far ahead, and when the disk says that it has written is not allowed to matter.</summary>
[Trait(Profile.Reliability, "C5")]
public sealed class C5Tests(ITestOutputHelper output)
{
    private const decimal Leg = 1_000m;
    private const long Centre = 5_000;
    private const int MostAhead = 40;
    private static readonly int Ticks = Profile.Number(1_000, 100_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task C5_SyntheticDay_ByAnyThreadsInAnyPacks_DecidesTheSameBitByBit(int seed)
    {
        var once = await LogOf(seed, pack: 97, InTurnAsync(1));
        var again = await LogOf(seed, pack: 97, InTurnAsync(1));
        var packed = await LogOf(seed, pack: Profile.Number(13, 1), InTurnAsync(1));
        var two = await LogOf(seed, pack: Profile.Number(31, 3), InTurnAsync(2));
        using var disk = new SlowDisk(seed);
        var ahead = await LogOf(seed, pack: 7, AheadAsync, disk);
        var other = await LogOf(seed + 100, pack: 97, InTurnAsync(1));

        output.WriteLine($"seed {seed}: {Ticks} ticks, {once.Lines} lines of decisions, {once.Firings} firings, SHA-256 {once.Hash}");
        once.Firings.ShouldBeGreaterThan(10, "a day on which nothing happens proves nothing");
        again.ShouldBe(once, "twice");
        packed.ShouldBe(once, "in other packs");
        two.ShouldBe(once, "two threads in turn");
        ahead.ShouldBe(once, "a feed that runs ahead of the trading thread, and a disk behind it");
        other.Hash.ShouldNotBe(once.Hash, "another day");
    }

    /// <summary>CFFEX IF of 2021-01-04, every tick of it.</summary>
    [DataFact]
    public void C5_RealDay_Twice_DecidesTheSameBitByBit()
    {
        var (one, two) = (RealDay(), RealDay());
        output.WriteLine($"{one.Lines} lines of decisions, {one.Firings} firings, SHA-256 {one.Hash}");
        one.Firings.ShouldBeGreaterThan(3);
        two.ShouldBe(one);
    }

    private static async Task<DecisionLog> LogOf(int seed, int pack, Func<TradingRuntime, List<SymbolTick[]>, Task> feedAsync, SlowDisk? disk = null)
    {
        var journal = new MemoryJournal();
        using var meter = new Meter("unheard");
        var clock = new FakeTimeProvider(EngineLoad.Start);
        using var runtime = new TradingRuntime(EngineLoad.NewEngine, disk?.Before(journal) ?? journal, new Nothing(), EngineLoad.Catalog, new(meter, clock), clock, NullLogger<TradingRuntime>.Instance);
        await runtime.StartAsync(CancellationToken.None);
        // The timer of the first turn has passed when a command comes after ticks that came after a command.
        await runtime.RunAsync((_, _) => 0);
        await runtime.PushTicksAsync(new("bridge"), []);
        var lanes = await runtime.RunAsync(SetUp);
        await feedAsync(runtime, [.. Day(seed, lanes).Chunk(pack)]);
        await QuietAsync(runtime);
        var end = await runtime.RunAsync(EndOfDay);
        await runtime.StopAsync(CancellationToken.None);
        Books.ShouldBalance(journal, end);
        return DecisionLog.Of(journal.Changes);
    }

    /// <summary>So many threads, one pack after the other, each when the one before was taken.</summary>
    private static Func<TradingRuntime, List<SymbolTick[]>, Task> InTurnAsync(int producers) => async (runtime, day) =>
    {
        using var turns = new Turns(producers);
        await Task.WhenAll(Enumerable.Range(0, producers).Select(own => OnItsOwnThread(async () =>
        {
            for (var i = own; i < day.Count; i += producers)
            {
                await turns.MineAsync(own);
                await runtime.PushTicksAsync(EngineLoad.SourceName, day[i]);
                turns.Next(own);
            }
        })));
    };

    /// <summary>One thread hands over as fast as there is room, while the trading thread decides.</summary>
    private static Task AheadAsync(TradingRuntime runtime, List<SymbolTick[]> day) => OnItsOwnThread(async () =>
    {
        var under = new Queue<Task>();
        foreach (var pack in day)
        {
            // Begun in order and not waited for: what is under way is less than the queue holds, so that none overtakes another on the way in.
            under.Enqueue(runtime.PushTicksAsync(EngineLoad.SourceName, pack));
            if (under.Count > MostAhead) await under.Dequeue();
        }

        await Task.WhenAll(under);
    });

    private static Task OnItsOwnThread(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>All that was decided is durable, and nothing new follows from that.</summary>
    private static async Task QuietAsync(TradingRuntime runtime)
    {
        long before, next = 0;
        do (before, next) = (next, await runtime.RunAsync((engine, _) => engine.NextSequence));
        while (before != next);
    }

    /// <summary>Positions, funds and a point of the curve of money are written down, which else follow the machine's clock.</summary>
    private static EngineSnapshot EndOfDay(TradingEngine engine, DateTimeOffset now)
    {
        engine.OnTimer(now.AddDays(1));
        return engine.Snapshot(now);
    }

    /// <summary>Two contracts, each with rules of every kind near the price, some that arm again.</summary>
    private static IReadOnlyList<SymbolLane> SetUp(TradingEngine engine, DateTimeOffset now)
    {
        var load = new EngineLoad(engine, SourceClock.Ticks, now);
        var lanes = load.Lanes(2);
        foreach (var lane in lanes) engine.OnTick(lane, EngineLoad.Tick(lane, Centre, now), now);
        load.Hold(lanes, Leg, Centre);
        foreach (var lane in lanes)
        {
            Price At(long ticks) => lane.Contract.PriceAt(Centre + ticks);
            var worth = lane.Contract.PriceTick * lane.Contract.Multiplier * Leg;
            for (var i = 1; i <= 8; i++)
            {
                load.Save(load.Rule(lane, TriggerType.Price, Leg) with { TriggerPrice = At(4 * i) });
                load.Save(load.Rule(lane, TriggerType.Price, Leg) with { StopLossPrice = At(-4 * i), ConfirmTicks = 1 + (i % 3) });
                load.Save(load.Rule(lane, TriggerType.Trailing, Leg) with { TrailingStop = true, TrailingDistance = (3 + i) * lane.Contract.PriceTick });
                load.Save(load.Rule(lane, TriggerType.Profit, Leg) with { ProfitLockEnabled = true, ProfitLockThreshold = 5 * i * worth, Rearm = RearmMode.Cooldown, RearmCooldown = TimeSpan.FromMinutes(i) });
            }
            load.Save(load.Rule(lane, TriggerType.Price, Leg) with { Stages = [new(At(6).Value, new(0.002m)), new(At(12).Value, new(0.002m)), new(At(18).Value, new(0.002m))] });
        }
        return lanes;
    }

    private static IEnumerable<SymbolTick> Day(int seed, IReadOnlyList<SymbolLane> lanes)
    {
        var random = new Random(seed);
        var prices = lanes.Select(_ => Centre).ToArray();
        for (var i = 1; i <= Ticks; i++)
        {
            var which = random.Next(lanes.Count);
            prices[which] = Math.Clamp(prices[which] + random.Next(-2, 3), Centre - 60, Centre + 60);
            yield return new(lanes[which].Symbol.ToString(), EngineLoad.Tick(lanes[which], prices[which], EngineLoad.Start.AddMilliseconds(250 * i), random.Next(1, 30)));
        }
    }

    private static DecisionLog RealDay()
    {
        var harness = new EngineHarness();
        var symbol = Symbol.Create("CFFEX", "IF2101");
        var source = new Source { Name = harness.Source, Clock = SourceClock.Ticks, CreatedAt = EngineHarness.Wall };
        harness.Engine.CreateSource(source).Succeeded.ShouldBeTrue();
        var account = new QuantDash.Core.Positions.Account
        {
            Id = new(new Guid(5, 5, 5, new byte[8])), Name = "day", Venue = QuantDash.Core.Positions.VenueKind.Simulated, Currency = Currency.Cny, Source = harness.Source, CreatedAt = EngineHarness.Wall,
        };
        harness.Engine.CreateAccount(account, new(100_000_000m, Currency.Cny), EngineHarness.Wall).Problems.ShouldBeEmpty();
        harness.Commit();
        var day = RealTicksTests.IndexTicks("20210104").ToList();
        var entry = day.FindIndex(tick => tick.LastPrice == 5230.8);
        for (var i = 0; i <= entry; i++) harness.Tick(symbol, day[i]);
        harness.Hold(account.Id, symbol, longVolume: 7, longPrice: 5230.8m);
        LockRule Rule(int number, TriggerType type) => EngineHarness.NewRule(account.Id, symbol, Side.Long, type) with { Id = new(number, 5, 5, new byte[8]), ProfitLockRatio = new(0.15m), StopLockRatio = new(0.15m) };
        harness.Rule(Rule(1, TriggerType.Price) with { TriggerPrice = new(5245.8m) });
        harness.Rule(Rule(2, TriggerType.Profit) with { ProfitLockEnabled = true, ProfitLockThreshold = 8 * 7 * 300 });
        harness.Rule(Rule(3, TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = 12 });
        harness.Rule(Rule(4, TriggerType.Price) with { StopLossPrice = new(5210.8m) });
        for (var i = entry + 1; i < day.Count; i++) harness.Tick(symbol, day[i]);
        harness.Engine.OnTimer(EngineHarness.Wall);
        harness.Commit();
        harness.ShouldBalance();
        return DecisionLog.Of(harness.Journal.Changes);
    }

    private sealed record DecisionLog(string Hash, int Lines, int Firings)
    {
        /// <summary>All that was written down, in order: decisions, books and money.</summary>
        public static DecisionLog Of(IEnumerable<JournalChange> changes)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (lines, firings, money) = (0, 0, 0);
            foreach (var change in changes)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{change.GetType().Name} {Line(change)}\n"));
                lines++;
                if (change is JournalChange.EventAdded { Event.Key: "lock.fired" }) firings++;
                if (change is JournalChange.FundsSaved or JournalChange.PositionSaved or JournalChange.EquityPointAdded) money++;
            }
            money.ShouldBeGreaterThanOrEqualTo(3, "funds, a position and a point of the curve");
            return new(Convert.ToHexString(hash.GetHashAndReset()), lines, firings);
        }

        /// <summary>Of a position all but its contract, which is reference data.</summary>
        private static string Line(JournalChange change) => change is JournalChange.PositionSaved { Position: var held, At: var at }
            ? JsonSerializer.Serialize(new { held.AccountId, held.Contract.Symbol, held.Long, held.Short, held.Mark, held.Margin, held.OfferedPair, held.OfferedFrozen, at })
            : JsonSerializer.Serialize(change, change.GetType());
    }

    /// <summary>Gives the word to one after the other.</summary>
    private sealed class Turns(int count) : IDisposable
    {
        private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, count).Select(i => new SemaphoreSlim(i == 0 ? 1 : 0))];

        public Task MineAsync(int own) => _gates[own].WaitAsync();

        public void Next(int own) => _gates[(own + 1) % count].Release();

        public void Dispose()
        {
            foreach (var gate in _gates) gate.Dispose();
        }
    }

    private sealed class Nothing : IRecoverySource
    {
        public Task<RecoveredState> LoadAsync(CancellationToken stop) => Task.FromResult(RecoveredState.Empty);
    }

    /// <summary>Says on a thread of its own, now at once and now later, what is durable.</summary>
    private sealed class SlowDisk : IDisposable
    {
        private readonly BlockingCollection<long> _written = [];
        private readonly Thread _thread;
        private readonly Random _random;
        private Behind? _journal;

        public SlowDisk(int seed)
        {
            _random = new(seed);
            _thread = new(Run) { Name = "disk", IsBackground = true };
            _thread.Start();
        }

        public IJournal Before(MemoryJournal journal) => _journal = new(journal, _written);

        public void Dispose()
        {
            _written.CompleteAdding();
            _thread.Join();
            _written.Dispose();
        }

        private void Run()
        {
            foreach (var sequence in _written.GetConsumingEnumerable())
            {
                Thread.SpinWait(_random.Next(3_000));
                _journal!.Tell(sequence);
            }
        }

        private sealed class Behind(MemoryJournal journal, BlockingCollection<long> written) : IJournal
        {
            public event Action<long>? Committed;

            public void Append(JournalBatch batch)
            {
                journal.Append(batch);
                written.Add(batch.Sequence);
            }

            public void Tell(long sequence) => Committed?.Invoke(sequence);
        }
    }
}
