using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Tests.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;

namespace QuantDash.Tests.Core.Backtesting.Locks;

/// <summary>Lock rules are backtested by the very engine that runs them: what it did live on some ticks, the backtest over those ticks says again, record by record.</summary>
public sealed class LiveIsBacktestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void AnyMorning_SaysWhatTheEngineDidLive(int seed)
    {
        var ticks = Walk(seed);
        var rules = Rules(seed);
        var live = new EngineHarness();
        var account = live.Account();
        live.Hold(account, PtaDesk.Pta, longVolume: 10, longPrice: 5500);
        foreach (var rule in rules) live.Rule(rule with { AccountId = account });
        foreach (var tick in ticks) live.Tick(PtaDesk.Pta, tick);

        var again = LockDay.Run(new LockTicks(() => ticks), rules);

        again.Firings.Count.ShouldBeGreaterThan(0);
        again.Firings.Select(firing => Told(firing.Trigger)).ShouldBe(live.Snapshot.Triggers.OrderBy(trigger => trigger.TriggeredAt).Select(Told), ignoreOrder: true);
        again.Orders.Select(order => (order.Side, order.Offset, order.LimitPrice, order.Volume, order.FilledVolume, order.State, order.CreatedAt, order.UpdatedAt)).ShouldBe(
            live.Journal.Changes.OfType<JournalChange.OrderSaved>().GroupBy(change => change.Order.Id).Select(one => one.Last().Order)
                .Select(order => (order.Side, order.Offset, order.LimitPrice, order.Volume, order.FilledVolume, order.State, order.CreatedAt, order.UpdatedAt)));
        again.Trades.Select(trade => (trade.Fill.OccurredAt, trade.Fill.Side, trade.Fill.Price, trade.Fill.Volume, trade.Accounting.Fee)).ShouldBe(
            live.Journal.Changes.OfType<JournalChange.FillAdded>().Select(change => (change.Fill.OccurredAt, change.Fill.Side, change.Fill.Price, change.Fill.Volume, change.Accounting.Fee)));
        again.Locks.Select(one => (one.Volume, one.FrozenProfit, one.Status)).ShouldBe(live.Snapshot.Locks.Select(one => (one.Volume, one.FrozenProfit, one.Status)), ignoreOrder: true);
        var funds = live.Snapshot.Accounts[0].Funds;
        (again.FinalEquity, again.Fees).ShouldBe((funds.Equity, funds.Fees));
    }

    /// <summary>The demo ran on the wall clock and was recorded as every live source is.</summary>
    [Fact]
    public void RecordedDemo_NamesTheTicksThatDecidedLive()
    {
        using var folder = new TempFolder();
        using var archive = new TickArchive(folder.Path);
        var live = LiveDemo(archive);

        foreach (var legs in DemoScenario.Legs.GroupBy(leg => leg.Symbol))
        {
            var contract = LockDay.Catalog.Find(legs.Key, new DateOnly(2025, 5, 1))!;
            var scene = new LockScene(contract, DemoScenario.InitialBalance, [.. legs.Select(leg => new SceneLot(leg.Side, leg.Volume, leg.EntryPrice))]) { SessionsAlways = true, ExpiryNone = true };
            var ticks = LockTicks.Stored(archive, DemoScenario.SourceName, legs.Key, DateOnly.MinValue, DateOnly.MaxValue);
            var rules = DemoScenario.Rules(default, Guid.NewGuid, EngineHarness.Wall).Where(rule => rule.Symbol == legs.Key).ToList();

            var result = LockDay.Backtest.Run(scene, ticks, LockConfirmation.Never, rules).Value;

            result.Firings.Count.ShouldBe(legs.Key == DemoScenario.Pta ? 2 : 1);
            result.Firings.Select(Decided).ShouldBe(live.Where(trigger => trigger.Symbol == legs.Key).OrderBy(trigger => trigger.TickTimestamp).Select(trigger => Decided(new(trigger, null))));
        }
    }

    /// <summary>CFFEX IF of 2021-01-04 from the tick of 09:30:00.400 on, 7 lots at its price: the ticks that <see cref="RealTicksTests"/> lists for the live engine.</summary>
    [DataTheory]
    [InlineData(Side.Long, "price", "11:05:14.400", 5245.8)]
    [InlineData(Side.Long, "profit", "11:05:14.400", 5245.8)]
    [InlineData(Side.Long, "trailing", "09:31:53.900", 5222.0)]
    [InlineData(Side.Long, "stop", "09:33:07.400", 5210.6)]
    [InlineData(Side.Short, "trailing", "09:35:26.400", 5204.4)]
    [InlineData(Side.Short, "stop", "11:07:17.400", 5250.8)]
    public void RealDay_NamesTheListedTicks(Side side, string condition, string time, double price)
    {
        var all = RealTicksTests.IndexTicks("20210104").ToList();
        List<RawTick> ticks = [.. all.Skip(all.FindIndex(tick => tick.LastPrice == 5230.8))];
        var contract = LockDay.Catalog.Find(Symbol.Create("CFFEX", "IF2101"), new DateOnly(2021, 1, 4))!;
        var sign = side == Side.Long ? 1 : -1;
        var rule = EngineHarness.NewRule(default, contract.Symbol, side, TriggerType.Price);
        rule = condition switch
        {
            "price" => rule with { TriggerPrice = new(5230.8m + (15 * sign)) },
            "profit" => rule with { TriggerType = TriggerType.Profit, ProfitLockEnabled = true, ProfitLockThreshold = 15 * 7 * 300 },
            "trailing" => rule with { TriggerType = TriggerType.Trailing, TrailingStop = true, TrailingDistance = 12 },
            _ => rule with { StopLossPrice = new(5230.8m - (20 * sign)) },
        };

        var result = LockDay.Backtest.Run(new(contract, 10_000_000m, [new(side, new(7), new Price(5230.8m))]), new LockTicks(() => ticks), LockConfirmation.Never, [rule]).Value;

        var trigger = result.Firings.ShouldHaveSingleItem().Trigger;
        (trigger.TickTimestamp.ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), trigger.TriggerPrice.Value).ShouldBe((time, (decimal)price));
        (trigger.Status, result.Locks.ShouldHaveSingleItem().Volume.Value, result.Refused).ShouldBe((TriggerStatus.Executed, 7m, 0));
    }

    private static (ConditionKind, DateTimeOffset, Price, string, decimal, decimal) Decided(LockFiring firing) =>
        (firing.Trigger.Condition, firing.Trigger.TickTimestamp, firing.Trigger.TriggerPrice, firing.Trigger.TriggerCondition, firing.Trigger.LockVolume.Value, firing.Trigger.FilledVolume.Value);

    private static (ConditionKind, int, DateTimeOffset, Price, string, Volume, Volume, TriggerStatus, string?) Told(LockTrigger trigger) =>
        (trigger.Condition, trigger.Stage, trigger.TickTimestamp, trigger.TriggerPrice, trigger.TriggerCondition, trigger.LockVolume, trigger.FilledVolume, trigger.Status, trigger.ErrorMessage);

    /// <summary>A random walk with thin books, so that orders are chased and filled in parts.</summary>
    private static List<RawTick> Walk(int seed)
    {
        var random = new Random(seed);
        List<RawTick> ticks = [];
        var (price, at) = (5500d, 0d);
        for (var i = 0; i < 1_500; i++)
        {
            price = Math.Max(5000, price + (2 * random.Next(-4, 5)));
            at += random.Next(1, 4) * 0.5;
            ticks.Add(LockDay.Tick(at, price, depth: random.Next(1, 6)));
        }
        return ticks;
    }

    private static List<LockRule> Rules(int seed) => (seed % 3) switch
    {
        0 => [LockDay.Profit(1_000) with { ProfitLockRatio = new(0.6m), Rearm = RearmMode.AfterFalse, RearmAdds = true }, LockDay.Rule() with { StopLossPrice = new(5450) }],
        1 => [LockDay.Trailing(16) with { Rearm = RearmMode.Cooldown, RearmCooldown = TimeSpan.FromSeconds(30), ProfitLockRatio = new(0.3m), RearmAdds = true }],
        _ => [LockDay.Rule() with { Stages = [new(5510, new(0.2m)), new(5520, new(0.3m)), new(5560, new(0.5m))], StopLossPrice = new(5470), Action = LockAction.Reduce }],
    };

    private static IReadOnlyList<LockTrigger> LiveDemo(TickArchive archive)
    {
        var start = EngineHarness.Wall;
        var recorder = new Recorder();
        var desk = new EngineHarness(recorder: recorder);
        var account = new Account { Id = new(Guid.NewGuid()), Name = "demo", Venue = VenueKind.Simulated, Currency = Currency.Cny, Source = DemoScenario.SourceName, CreatedAt = start };
        desk.Engine.CreateSource(DemoScenario.Source(start)).Problems.ShouldBeEmpty();
        desk.Engine.CreateAccount(account, new(DemoScenario.InitialBalance, Currency.Cny), start).Problems.ShouldBeEmpty();
        desk.Commit();
        desk.Engine.ApplySnapshot(new() { AccountId = account.Id, Complete = true, Positions = [.. DemoScenario.Legs.Select(Position)] }, start).Problems.ShouldBeEmpty();
        desk.Commit();
        foreach (var rule in DemoScenario.Rules(account.Id, Guid.NewGuid, start)) desk.Rule(rule);
        var market = new SyntheticMarket(DemoScenario.Instruments, start, DemoScenario.Seed);
        while (market.NextAt < start + DemoScenario.Length)
        {
            var (symbol, tick) = market.Next();
            var now = tick.Timestamp.AddMilliseconds(15);
            desk.Engine.OnTimer(now);
            desk.Engine.OnTick(DemoScenario.SourceName, symbol, tick, now).ShouldBe(TickReject.None);
            desk.Commit();
        }
        new TickFileSink(archive, EngineHarness.Calendar, NullLogger<TickFileSink>.Instance).Take(recorder.Ticks);
        return desk.Snapshot.Triggers;
    }

    private static SnapshotPosition Position(DemoLeg leg) => leg.Side == Side.Long
        ? new() { Symbol = leg.Symbol, LongVolume = leg.Volume, LongToday = leg.Volume, LongAveragePrice = leg.EntryPrice }
        : new() { Symbol = leg.Symbol, ShortVolume = leg.Volume, ShortToday = leg.Volume, ShortAveragePrice = leg.EntryPrice };

    private sealed class Recorder : ITickRecorder
    {
        public List<QuantDash.Core.Markets.RecordedTick> Ticks { get; } = [];

        public void Record(Source source, Contract contract, SessionWindow window, in Tick tick, bool held) => Ticks.Add(new(source, contract, window, tick, held));
    }
}
