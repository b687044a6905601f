using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Backtesting.Ticks;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Tests.Core.Backtesting.Ticks;
using QuantDash.Tests.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Features.Replay;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Scenarios;

/// <summary>One strategy and one rule set over the same stored ticks: live, replay and backtest give the same orders, firings and fills, record by record.</summary>
public sealed class LiveReplayBacktestTests : IAsyncDisposable
{
    private static readonly SourceName Replayed = new("again");
    private static readonly Symbol If2101 = Symbol.Create("CFFEX", "IF2101");
    private readonly TempFolder _folder = new();
    private readonly TickArchive _archive;

    public LiveReplayBacktestTests() => _archive = new(_folder.Path);

    public ValueTask DisposeAsync()
    {
        _archive.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SyntheticTicks_LiveReplayAndBacktest_AreTheSameRecordByRecord()
    {
        var start = EngineHarness.Wall;
        var source = DemoScenario.Source(start);
        var market = new SyntheticMarket([.. DemoScenario.Instruments.Where(one => one.Symbol == DemoScenario.Pta)], start, DemoScenario.Seed);
        var ticks = new List<RawTick>();
        while (market.NextAt < start.AddMinutes(10)) ticks.Add(market.Next().Tick);
        await CompareAsync(source, DemoScenario.Pta, ticks, leastFills: 40, leastFirings: 2);
    }

    [DataFact]
    public async Task RealTicks_LiveReplayAndBacktest_AreTheSameRecordByRecord()
    {
        var source = new Source { Name = new("recorded"), Clock = SourceClock.Wall, CreatedAt = EngineHarness.Wall };
        await CompareAsync(source, If2101, [.. RealTicksTests.IndexTicks("20210104")], leastFills: 200, leastFirings: 1);
    }

    private async Task CompareAsync(Source source, Symbol symbol, IReadOnlyList<RawTick> ticks, int leastFills, int leastFirings)
    {
        var live = Live(source, symbol, ticks);
        live.Fills.Count.ShouldBeGreaterThan(leastFills);
        live.Firings.Count.ShouldBeGreaterThanOrEqualTo(leastFirings);
        var replay = await ReplayAsync(source, symbol);
        var backtest = Backtest(source, symbol);
        foreach (var other in (Records[])[replay, backtest])
        {
            other.Orders.ShouldBe(live.Orders);
            other.Fills.ShouldBe(live.Fills);
            other.Firings.ShouldBe(live.Firings);
            other.Signals.ShouldBe(live.Signals);
        }

        Backtest(source, symbol, new(TimeSpan.FromMilliseconds(700))).Fills.ShouldNotBe(live.Fills, "the comparison sees what a delay does");
    }

    /// <summary>As in production: on the machine's clock, with time passing between the ticks, recorded as they go.</summary>
    private Records Live(Source source, Symbol symbol, IReadOnlyList<RawTick> ticks)
    {
        var recorder = new Recorder();
        var desk = new EngineHarness(recorder: recorder, strategies: new Churn.Definitions());
        SetUp(desk, source, symbol, ticks[0].Timestamp);
        var now = ticks[0].Timestamp;
        foreach (var tick in ticks)
        {
            for (; now < tick.Timestamp && tick.Timestamp - now < TimeSpan.FromMinutes(1); now += TimeSpan.FromMilliseconds(100))
            {
                desk.Engine.OnTimer(now);
                desk.Commit();
            }

            now = tick.Timestamp;
            desk.Engine.OnTick(source.Name, symbol, tick, tick.Timestamp);
            desk.Commit();
        }

        new TickFileSink(_archive, EngineHarness.Calendar, NullLogger<TickFileSink>.Instance).Take(recorder.Ticks);
        return RecordsOf(desk);
    }

    private async Task<Records> ReplayAsync(Source source, Symbol symbol)
    {
        var desk = new EngineHarness(strategies: new Churn.Definitions());
        var day = _archive.Days(source.Name).Select(one => one.TradingDay).Distinct().ShouldHaveSingleItem();
        SetUp(desk, source with { Name = Replayed, Clock = SourceClock.Ticks }, symbol, _archive.Read(source.Name, symbol, day).First().OccurredAt);
        await using var service = new ReplayService(_archive, TimeProvider.System, NullLogger<ReplayService>.Instance, (to, ticks, _) => Push(desk, to, ticks));
        var started = service.Start(new(source.Name, Replayed, [], day, Speed: null));
        started.Problems.ShouldBeEmpty();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var status in service.Find(started.Value.Id)!.WatchAsync(TimeSpan.Zero, TimeProvider.System, patience.Token))
        {
            if (!status.IsOver) continue;
            status.State.ShouldBe(ReplayState.Finished, status.Error);
            break;
        }

        return RecordsOf(desk);
    }

    private Records Backtest(Source source, Symbol symbol, OrderLatency? latency = null)
    {
        var backtest = new TickBacktest(ContractCatalog.FromReferenceData(EngineHarness.Calendar), EngineHarness.Calendar, _archive, new Churn.Definitions(), new());
        var day = _archive.Days(source.Name).Select(one => one.TradingDay).First();
        var run = backtest.Run(new()
        {
            Source = source,
            Symbols = [symbol],
            From = day,
            To = day,
            Cash = new(20_000_000m, Currency.Cny),
            Strategy = new("churn", [symbol], Timeframe.Minutes(1), new Dictionary<string, string>()),
            Rules = Rules(new(Guid.NewGuid()), symbol),
            Latency = latency,
        });
        run.Problems.ShouldBeEmpty();
        return new(
            [.. run.Value.Orders.Select(Line)], [.. run.Value.Trades.Select(Line)], [.. run.Value.Triggers.Select(Line)],
            [.. run.Value.Signals.Select(Line)]);
    }

    private static void SetUp(EngineHarness desk, Source source, Symbol symbol, DateTimeOffset now)
    {
        var account = new Account { Id = new(Guid.NewGuid()), Name = "one", Venue = VenueKind.Simulated, Currency = Currency.Cny, Source = source.Name, CreatedAt = now };
        desk.Engine.CreateSource(source).Problems.ShouldBeEmpty();
        desk.Engine.CreateAccount(account, new(20_000_000m, Currency.Cny), now).Problems.ShouldBeEmpty();
        foreach (var rule in Rules(account.Id, symbol)) desk.Engine.SaveRule(rule, now).Problems.ShouldBeEmpty();
        var created = desk.Engine.Strategies.Create(new() { Name = "churn", Definition = "churn", AccountId = account.Id, Symbols = [symbol], BarLength = Timeframe.Minutes(1) }, now);
        created.Problems.ShouldBeEmpty();
        desk.Engine.Strategies.Start(created.Value.Id, QuantDash.Core.Hosting.StrategyWarmUp.None, now).Problems.ShouldBeEmpty();
        desk.Commit();
    }

    /// <summary>They close what the strategy holds: its book has to follow.</summary>
    private static IReadOnlyList<LockRule> Rules(AccountId account, Symbol symbol) =>
    [
        EngineHarness.NewRule(account, symbol, Side.Long, TriggerType.Profit) with { ProfitLockEnabled = true, ProfitLockThreshold = 50, Action = LockAction.Reduce, Rearm = RearmMode.AfterFalse },
        EngineHarness.NewRule(account, symbol, Side.Short, TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = 8, Action = LockAction.Reduce, Rearm = RearmMode.AfterFalse },
    ];

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

    private static Records RecordsOf(EngineHarness desk)
    {
        var changes = desk.Journal.Changes.ToList();
        return new(
            [.. Latest(changes.OfType<JournalChange.OrderSaved>().Select(change => change.Order), order => order.Id).Select(Line)],
            [.. changes.OfType<JournalChange.FillAdded>().Select(change => Line(new Trade(change.Fill, change.Accounting)))],
            [.. Latest(changes.OfType<JournalChange.TriggerSaved>().Select(change => change.Trigger), trigger => trigger.Id).Select(Line)],
            [.. Latest(changes.OfType<JournalChange.StrategySignalSaved>().Select(change => change.Signal), signal => signal.Id).Select(Line)]);
    }

    /// <summary>The last state of each, in the order in which they came to be.</summary>
    private static IEnumerable<T> Latest<T, TKey>(IEnumerable<T> states, Func<T, TKey> key)
        where TKey : notnull
        => states.GroupBy(key).Select(versions => versions.Last());

    private static string Line(Order order) => Text(
        $"{order.CreatedAt:HH:mm:ss.fff} {order.Symbol} {order.Side} {order.Offset} {order.Purpose} {order.Type} {order.LimitPrice} {order.Volume} {order.State} {order.FilledVolume} {order.AverageFillPrice} {order.UpdatedAt:HH:mm:ss.fff} {order.Child} {order.Reason}");

    private static string Line(Trade trade) => Text($"{trade.Fill.OccurredAt:HH:mm:ss.fff} {trade.Fill.Side} {trade.Fill.Offset} {trade.Fill.Price} {trade.Fill.Volume} {trade.Fill.IsMaker} {trade.Accounting.Fee} {trade.Accounting.RealisedPnl}");

    private static string Line(LockTrigger trigger) => Text(
        $"{trigger.TickTimestamp:HH:mm:ss.fff} {trigger.Direction} {trigger.Condition} {trigger.TriggerPrice} {trigger.TriggerCondition} {trigger.LockVolume} {trigger.FilledVolume} {trigger.Status} {trigger.ErrorMessage}");

    private static string Line(QuantDash.Core.Hosting.StrategySignal signal) => Text(
        $"{signal.Number} {signal.TriggerTime:HH:mm:ss.fff} {signal.TriggerCondition} {signal.Action} {signal.Side} {signal.Type} {signal.Price} {signal.Volume} {signal.FilledVolume} {signal.AverageFillPrice} {signal.Result} {signal.ErrorMessage}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Records(IReadOnlyList<string> Orders, IReadOnlyList<string> Fills, IReadOnlyList<string> Firings, IReadOnlyList<string> Signals);

    private sealed class Recorder : ITickRecorder
    {
        public List<QuantDash.Core.Markets.RecordedTick> Ticks { get; } = [];

        public void Record(Source source, Contract contract, SessionWindow window, in Tick tick, bool held) => Ticks.Add(new(source, contract, window, tick, held));
    }
}
