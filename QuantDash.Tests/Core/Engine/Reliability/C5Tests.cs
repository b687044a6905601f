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

/// <summary>RELIABILITY.md C5: one day, twice, and from one and from two threads: every decision, order, fill, lot, lock and sentence is the same, bit by bit. The order of ticks is
/// fixed by their sequence; how they are packed and who hands them over is not allowed to matter.</summary>
[Trait(Profile.Reliability, "C5")]
public sealed class C5Tests(ITestOutputHelper output)
{
    private const decimal Leg = 1_000m;
    private const long Centre = 5_000;
    private static readonly int Ticks = Profile.Number(1_000, 100_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task C5_SyntheticDay_ByAnyThreadsInAnyPacks_DecidesTheSameBitByBit(int seed)
    {
        var once = await LogOf(seed, producers: 1, pack: 97);
        var again = await LogOf(seed, producers: 1, pack: 97);
        var packed = await LogOf(seed, producers: 1, pack: Profile.Number(13, 1));
        var two = await LogOf(seed, producers: 2, pack: Profile.Number(31, 3));
        var other = await LogOf(seed + 100, producers: 1, pack: 97);

        output.WriteLine($"seed {seed}: {Ticks} ticks, {once.Lines} lines of decisions, {once.Firings} firings, SHA-256 {once.Hash}");
        once.Firings.ShouldBeGreaterThan(10, "a day on which nothing happens proves nothing");
        again.ShouldBe(once, "twice");
        packed.ShouldBe(once, "in other packs");
        two.ShouldBe(once, "two threads in turn");
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

    private static async Task<DecisionLog> LogOf(int seed, int producers, int pack)
    {
        var journal = new MemoryJournal();
        using var meter = new Meter("unheard");
        var clock = new FakeTimeProvider(EngineLoad.Start);
        using var runtime = new TradingRuntime(EngineLoad.NewEngine, journal, new Nothing(), EngineLoad.Catalog, new(meter, clock), clock, NullLogger<TradingRuntime>.Instance);
        await runtime.StartAsync(CancellationToken.None);
        // The timer of the first turn has passed when a command comes after ticks that came after a command.
        await runtime.RunAsync((_, _) => 0);
        await runtime.PushTicksAsync(new("bridge"), []);
        var lanes = await runtime.RunAsync(SetUp);
        var day = Day(seed, lanes).Chunk(pack).ToList();
        using var turns = new Turns(producers);
        await Task.WhenAll(Enumerable.Range(0, producers).Select(own => Task.Factory.StartNew(
            async () =>
            {
                for (var i = own; i < day.Count; i += producers)
                {
                    await turns.MineAsync(own);
                    await runtime.PushTicksAsync(EngineLoad.SourceName, day[i]);
                    turns.Next(own);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        await runtime.StopAsync(CancellationToken.None);
        return DecisionLog.Of(journal.Changes);
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
        return DecisionLog.Of(harness.Journal.Changes);
    }

    private sealed record DecisionLog(string Hash, int Lines, int Firings)
    {
        /// <summary>All that was decided, in order. Rows that follow the marks at a pace of the machine's clock decide nothing.</summary>
        public static DecisionLog Of(IEnumerable<JournalChange> changes)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (lines, firings) = (0, 0);
            foreach (var change in changes.Where(change => change is not (JournalChange.FundsSaved or JournalChange.PositionSaved or JournalChange.EquityPointAdded)))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{change.GetType().Name} {JsonSerializer.Serialize(change, change.GetType())}\n"));
                lines++;
                if (change is JournalChange.EventAdded { Event.Key: "lock.fired" }) firings++;
            }
            return new(Convert.ToHexString(hash.GetHashAndReset()), lines, firings);
        }
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
}
