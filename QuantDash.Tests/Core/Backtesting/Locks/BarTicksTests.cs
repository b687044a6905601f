using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;

namespace QuantDash.Tests.Core.Backtesting.Locks;

/// <summary>Bars stand in for ticks that nobody stored: by a path that is named.</summary>
public sealed class BarTicksTests
{
    [Theory]
    [InlineData(BarPath.Pessimistic, Side.Long, new[] { 5500, 5496, 5504, 5502 })]
    [InlineData(BarPath.Pessimistic, Side.Short, new[] { 5500, 5504, 5496, 5502 })]
    [InlineData(BarPath.HighFirst, Side.Long, new[] { 5500, 5504, 5496, 5502 })]
    [InlineData(BarPath.LowFirst, Side.Short, new[] { 5500, 5496, 5504, 5502 })]
    public void Path_VisitsTheCornersInItsOrder(BarPath path, Side held, int[] corners)
    {
        var prices = Ticks(path, held, (5500, 5504, 5496, 5502)).Read().Select(tick => (int)tick.LastPrice).ToList();
        prices.Where((price, i) => i == 0 || i == prices.Count - 1 || (price - prices[i - 1]) * (prices[i + 1] - price) <= 0).ShouldBe(corners);
    }

    [Fact]
    public void Ticks_StayWithinTheirBar_InOrder_AndSayWhatWasAssumed()
    {
        var ticks = Ticks(BarPath.Pessimistic, Side.Long, (5500, 5600, 5400, 5550), (5550, 5560, 5540, 5542));
        var times = ticks.Read().Select(tick => tick.Timestamp).ToList();
        times.ShouldBe(times.Order());
        times.ShouldBeUnique();
        (times[0], times[^1] < LockDay.Open.AddMinutes(2)).ShouldBe((LockDay.Open, true));
        ticks.Bars.ShouldBe(new BarAssumption("1m", BarPath.Pessimistic, 1));
        (ticks.Read().First().BidPrice, ticks.Read().First().AskPrice).ShouldBe((5498, 5502));
    }

    /// <summary>A bar that touched both levels: which came first is the assumption's to say.</summary>
    [Theory]
    [InlineData(BarPath.Pessimistic, ConditionKind.Stop)]
    [InlineData(BarPath.HighFirst, ConditionKind.Price)]
    public void BarThatTouchedBothLevels_IsDecidedByThePath(BarPath path, ConditionKind first)
    {
        var rule = LockDay.Rule() with { TriggerPrice = new(5560), StopLossPrice = new(5450) };
        var result = LockDay.Run(Ticks(path, Side.Long, (5500, 5580, 5440, 5500)), rule);
        result.Firings[0].Trigger.Condition.ShouldBe(first);
        result.Bars!.Path.ShouldBe(path);
        result.Refused.ShouldBe(0);
    }

    private static LockTicks Ticks(BarPath path, Side held, params IReadOnlyList<(long Open, long High, long Low, long Close)> bars)
    {
        var start = LockDay.Open.ToUnixTimeMilliseconds();
        var columns = BarColumns.Of(new(new SourceName("test"), PtaDesk.Pta, Timeframe.Minutes(1)), 2m, [.. bars.Select((bar, i) => new HistoryBar
        {
            Start = start + (i * 60_000L), End = start + ((i + 1) * 60_000L), TradingDay = new DateOnly(2026, 11, 20).DayNumber,
            Open = bar.Open / 2, High = bar.High / 2, Low = bar.Low / 2, Close = bar.Close / 2, Volume = 10,
        })]);
        return new BarTicks(columns, LockDay.Pta, EngineHarness.Calendar, sessionsAlways: false, path, held, spreadTicks: 1).Ticks();
    }
}
