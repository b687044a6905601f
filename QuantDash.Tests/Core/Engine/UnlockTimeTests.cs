using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>The moments at which an unlock rule acts: after the lots are older, before the last close, some time after the lock.</summary>
public sealed class UnlockTimeTests
{
    [Fact]
    public void CloseTodayRelief_FiresAtTheFirstTickOfTheNextTradingDay()
    {
        var scene = new Scene(Symbol.Create("SHFE", "cu2702"), 80_000, 10);
        scene.Save(TriggerTime.AtCloseTodayRelief());
        scene.Tick("2026-11-19 14:59:00", 80_000);
        scene.Tick("2026-11-19 21:00:01", 80_020);
        scene.Tick("2026-11-19 21:00:02", 80_020);
        var trigger = scene.Harness.Snapshot.Triggers.ShouldHaveSingleItem();
        (trigger.Status, trigger.TriggerCondition).ShouldBe((TriggerStatus.Executed, "锁定持仓已转为昨仓, 不再收平今手续费, 价格 80020"));
        var order = scene.Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Last(change => change.Order.Purpose == OrderPurpose.Unlock).Order;
        order.Offset.ShouldBe(Offset.CloseYesterday);
    }

    [Fact]
    public void CloseTodayRelief_WhereTodayIsNotDearer_IsRefusedWithTheFees()
    {
        var desk = new LockedDesk();
        var problem = desk.Refused(desk.Rule(Side.Short, TriggerType.Time) with { TriggerTime = TriggerTime.AtCloseTodayRelief() });
        (problem.Field, problem.Code).ShouldBe(("trigger_time", "close_today_not_dearer"));
    }

    [Fact]
    public void Holding_CountsFromTheLock()
    {
        var scene = new Scene(PtaDesk.Pta, 5500);
        scene.Save(TriggerTime.AfterHolding(20));
        scene.Tick("2026-11-19 10:20:00", 5500);
        scene.Harness.Snapshot.Triggers.ShouldBeEmpty("locked at 10:01, with the break at 10:15");
        scene.Tick("2026-11-19 10:36:01", 5500);
        scene.Harness.Snapshot.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Executed);
    }

    [Fact]
    public void BeforeLastClose_ActsOnTheLastTradingDayOnly()
    {
        var plan = new SessionPlan { UtcOffset = TimeSpan.FromHours(8), DayAuctions = [], NightAuctions = [], Night = [], Day = [new(new(9, 0), new(11, 30)), new(new(13, 30), new(15, 0))] };
        var condition = new TimeCondition(plan, EngineHarness.Calendar, sessionsAlways: false, new DateOnly(2026, 12, 15));
        var (time, after) = (TriggerTime.TryParse("last-30")!, new DateTimeOffset(2026, 11, 20, 2, 0, 0, TimeSpan.Zero));
        condition.Next(time, after, after)!.Value.ShouldBe(new(new(2026, 12, 15, 6, 30, 0, TimeSpan.Zero), new(2026, 12, 15, 7, 0, 0, TimeSpan.Zero)));
        condition.Next(time, after, new(2026, 12, 15, 7, 0, 0, TimeSpan.Zero)).ShouldBeNull();
        new TimeCondition(plan, EngineHarness.Calendar, sessionsAlways: false).Next(time, after, after).ShouldBeNull();
    }

    [Theory]
    [InlineData("last-30")]
    [InlineData("close_today_relief")]
    public void Text_IsReadAsItIsWritten(string text) => TriggerTime.TryParse(text)!.ToString().ShouldBe(text);

    /// <summary>One lot on each side, opened and locked on the morning of 19 November.</summary>
    private sealed class Scene
    {
        private readonly Symbol _symbol;
        private readonly AccountId _account;
        private readonly double _spread;

        public Scene(Symbol symbol, double price, double spread = 2)
        {
            (_symbol, _spread) = (symbol, spread);
            _account = Harness.Account();
            Tick("2026-11-19 10:00:00", price);
            Place(OrderPurpose.Open, price + spread);
            Tick("2026-11-19 10:01:00", price);
            Place(OrderPurpose.Lock, price - spread);
            Harness.Snapshot.Locks.ShouldHaveSingleItem();
        }

        public EngineHarness Harness { get; } = new();

        public void Save(TriggerTime time) => Harness.Rule(EngineHarness.NewRule(_account, _symbol, Side.Short, TriggerType.Time) with { Action = LockAction.Unlock, TriggerTime = time });

        public void Tick(string at, double last) => Harness.Tick(_symbol, new RawTick
        {
            Timestamp = ClockDesk.At(at), LastPrice = last, BidPrice = last - _spread, BidVolume = 100, AskPrice = last + _spread, AskVolume = 100,
        }).ShouldBe(TickReject.None);

        private void Place(OrderPurpose purpose, double price)
        {
            Harness.Engine.PlaceOrder(new(_account, _symbol, purpose, Side.Long, new(1), OrderType.Limit, new Price((decimal)price)), EngineHarness.Wall).Problems.ShouldBeEmpty();
            Harness.Commit();
        }
    }
}
