using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Tests.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Features.Replay;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Scenarios;

/// <summary>The demo's three minutes, recorded by the sink that records every live source, and replayed from those files through the same rules.</summary>
public sealed class DemoReplayScenarioTests : IAsyncDisposable
{
    private static readonly SourceName Replayed = new("demo-replay");

    /// <summary>From the tick to our clock, as a feed has it.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(15);

    private readonly TempFolder _folder = new();
    private readonly TickArchive _archive;

    public DemoReplayScenarioTests() => _archive = new(_folder.Path);

    public ValueTask DisposeAsync()
    {
        _archive.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task StoredDemo_ReplayedThroughTheSameRules_NamesTheSameDecidingTicks()
    {
        var live = Live();
        live.Select(firing => firing.Condition).ShouldBe([ConditionKind.Profit, ConditionKind.Price, ConditionKind.Trailing, ConditionKind.Stop]);

        var replayed = await ReplayAsync(threshold: 10_000);

        replayed.ShouldBe(live);
    }

    [Fact]
    public async Task StoredDemo_WithTheThresholdOutOfReach_DoesNotFireIt()
    {
        var live = Live();

        var replayed = await ReplayAsync(threshold: 1_000_000);

        replayed.Select(firing => firing.Condition).ShouldBe([ConditionKind.Price, ConditionKind.Trailing, ConditionKind.Stop]);
        replayed[^1].ShouldBe(live[^1] with { Volume = 10 }, "the stop finds the whole leg");
    }

    /// <summary>The demo as it runs: on the wall clock, recorded as it goes.</summary>
    private List<Firing> Live()
    {
        var start = EngineHarness.Wall;
        var recorder = new Recorder();
        var desk = new EngineHarness(recorder: recorder);
        SetUp(desk, DemoScenario.Source(start), threshold: 10_000);
        var market = new SyntheticMarket(DemoScenario.Instruments, start, DemoScenario.Seed);
        while (market.NextAt < start + DemoScenario.Length)
        {
            var (symbol, tick) = market.Next();
            desk.Engine.OnTimer(tick.Timestamp + Lag);
            desk.Engine.OnTick(DemoScenario.SourceName, symbol, tick, tick.Timestamp + Lag).ShouldBe(TickReject.None);
            desk.Commit();
        }

        new TickFileSink(_archive, EngineHarness.Calendar, NullLogger<TickFileSink>.Instance).Take(recorder.Ticks);
        return Firings(desk);
    }

    private async Task<List<Firing>> ReplayAsync(decimal threshold)
    {
        var desk = new EngineHarness();
        var source = DemoScenario.Source(EngineHarness.Wall) with { Name = Replayed, Clock = SourceClock.Ticks };
        SetUp(desk, source, threshold);
        foreach (var day in _archive.Days(DemoScenario.SourceName).Select(d => d.TradingDay).Distinct().Order().ToList())
        {
            await using var service = new ReplayService(_archive, TimeProvider.System, NullLogger<ReplayService>.Instance, (to, ticks, _) => Push(desk, to, ticks));
            var started = service.Start(new(DemoScenario.SourceName, Replayed, [], day, Speed: null));
            started.Problems.ShouldBeEmpty();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await foreach (var status in service.Find(started.Value.Id)!.WatchAsync(TimeSpan.Zero, TimeProvider.System, patience.Token))
            {
                if (!status.IsOver) continue;
                (status.State, status.Rejected).ShouldBe((ReplayState.Finished, 0), status.Error);
                break;
            }
        }

        return Firings(desk);
    }

    private static Task<TickBatchResult> Push(EngineHarness desk, SourceName to, IReadOnlyList<SymbolTick> ticks)
    {
        var rejected = 0;
        foreach (var (name, tick) in ticks)
        {
            if (desk.Engine.OnTick(to, Symbol.ParseCanonical(name), tick, EngineHarness.Wall) != TickReject.None) rejected++;
            desk.Commit();
        }

        return Task.FromResult(new TickBatchResult(ticks.Count - rejected, rejected, new Dictionary<TickReject, int>()));
    }

    private static void SetUp(EngineHarness desk, Source source, decimal threshold)
    {
        var now = EngineHarness.Wall;
        var account = new Account
        {
            Id = new(Guid.NewGuid()), Name = "demo", Venue = VenueKind.Simulated, Currency = Currency.Cny, Source = source.Name, IsDemo = true, CreatedAt = now,
        };
        desk.Engine.CreateSource(source).Problems.ShouldBeEmpty();
        desk.Engine.CreateAccount(account, new(DemoScenario.InitialBalance, Currency.Cny), now).Problems.ShouldBeEmpty();
        desk.Commit();
        desk.Engine.ApplySnapshot(new() { AccountId = account.Id, Complete = true, Positions = [.. DemoScenario.Legs.Select(Position)] }, now).Problems.ShouldBeEmpty();
        desk.Commit();
        foreach (var rule in DemoScenario.Rules(account.Id, Guid.NewGuid, now))
            desk.Rule(rule.TriggerType == TriggerType.Profit ? rule with { ProfitLockThreshold = threshold } : rule);
    }

    private static SnapshotPosition Position(DemoLeg leg) => leg.Side == Side.Long
        ? new() { Symbol = leg.Symbol, LongVolume = leg.Volume, LongToday = leg.Volume, LongAveragePrice = leg.EntryPrice }
        : new() { Symbol = leg.Symbol, ShortVolume = leg.Volume, ShortToday = leg.Volume, ShortAveragePrice = leg.EntryPrice };

    private static List<Firing> Firings(EngineHarness desk) =>
    [
        .. from trigger in desk.Snapshot.Triggers
           orderby trigger.TickTimestamp
           select new Firing(
               trigger.Symbol, trigger.Direction, trigger.Condition, trigger.TickTimestamp, trigger.TriggerPrice, trigger.TriggerCondition, trigger.LockVolume.Value),
    ];

    private sealed record Firing(
        Symbol Symbol, Side Side, ConditionKind Condition, DateTimeOffset Tick, Price Price, string Sentence, decimal Volume);

    private sealed class Recorder : ITickRecorder
    {
        public List<QuantDash.Core.Markets.RecordedTick> Ticks { get; } = [];

        public void Record(Source source, Contract contract, SessionWindow window, in Tick tick, bool held) => Ticks.Add(new(source, contract, window, tick, held));
    }
}
