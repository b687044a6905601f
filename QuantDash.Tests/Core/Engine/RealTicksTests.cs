using System.Globalization;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>The engine on real exchange ticks: CFFEX IF of 2021-01-04, 7 lots entered at the 09:30:00.400 tick (5230.8).</summary>
public sealed class RealTicksTests
{
    private static readonly Symbol If2101 = Symbol.Create("CFFEX", "IF2101");

    [DataTheory]
    [InlineData(Side.Long, "price", "11:05:14.400", 5245.8)]
    [InlineData(Side.Long, "profit", "11:05:14.400", 5245.8)]
    [InlineData(Side.Long, "trailing", "09:31:53.900", 5222.0)]
    [InlineData(Side.Long, "stop", "09:33:07.400", 5210.6)]
    [InlineData(Side.Short, "price", "09:33:03.400", 5215.8)]
    [InlineData(Side.Short, "profit", "09:33:03.400", 5215.8)]
    [InlineData(Side.Short, "trailing", "09:35:26.400", 5204.4)]
    [InlineData(Side.Short, "stop", "11:07:17.400", 5250.8)]
    public void IndexFutures20210104_Rule_FiresOnTheListedTick(Side side, string condition, string time, double price)
    {
        var harness = Run(side, account => Rule(account, side, condition));

        var trigger = harness.Snapshot.Triggers.ShouldHaveSingleItem();
        trigger.TickTimestamp.ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture).ShouldBe(time);
        trigger.TriggerPrice.Value.ShouldBe((decimal)price);
        trigger.Status.ShouldBe(TriggerStatus.Executed, trigger.ErrorMessage);
        harness.Snapshot.Locks.ShouldHaveSingleItem().Volume.Value.ShouldBe(7);
    }

    [DataTheory]
    [InlineData(Side.Long, TriggerType.Price, "2 10:34:58.900 5239.0, 2 11:05:26.900 5246.8, 3 11:07:26.400 5255.0")]
    [InlineData(Side.Long, TriggerType.Profit, "2 10:34:58.900 5239.0, 2 11:05:26.900 5246.8, 3 11:07:26.400 5255.0")]
    [InlineData(Side.Short, TriggerType.Price, "2 09:31:44.400 5222.8, 2 09:33:05.900 5213.8, 3 09:34:22.900 5206.8")]
    [InlineData(Side.Short, TriggerType.Profit, "2 09:31:44.400 5222.8, 2 09:33:05.900 5213.8, 3 09:34:22.900 5206.8")]
    public void IndexFutures20210104_LadderOfThreeStages_LocksTwoTwoThreeOnTheListedTicks(Side side, TriggerType type, string expected)
    {
        var sign = side == Side.Long ? 1 : -1;
        decimal Level(int points) => type == TriggerType.Price ? 5230.8m + (points * sign) : points * 7 * 300;
        var harness = Run(side, account => EngineHarness.NewRule(account, If2101, side, type) with
        {
            ProfitLockEnabled = type == TriggerType.Profit,
            Stages = [new(Level(8), new(0.3m)), new(Level(16), new(0.3m)), new(Level(24), new(0.4m))],
        });

        var triggers = harness.Snapshot.Triggers.Reverse().ToList();
        triggers.ShouldAllBe(trigger => trigger.Status == TriggerStatus.Executed);
        string.Join(", ", triggers.Select(trigger => string.Create(
            CultureInfo.InvariantCulture, $"{trigger.FilledVolume} {trigger.TickTimestamp.ToOffset(TimeSpan.FromHours(8)):HH:mm:ss.fff} {trigger.TriggerPrice.Value:0.0}"))).ShouldBe(expected);
        harness.Snapshot.Rules[0].State.State.ShouldBe(ArmState.Done);
    }

    /// <summary>The whole day with 7 lots entered at 5230.8 and one rule on them.</summary>
    private static EngineHarness Run(Side side, Func<AccountId, LockRule> rule)
    {
        var harness = new EngineHarness();
        var account = harness.Account();
        var ticks = IndexTicks("20210104").ToList();
        var entry = ticks.FindIndex(tick => tick.LastPrice == 5230.8);
        for (var i = 0; i <= entry; i++) harness.Tick(If2101, ticks[i]);
        if (side == Side.Long) harness.Hold(account, If2101, longVolume: 7, longPrice: 5230.8m);
        else harness.Hold(account, If2101, shortVolume: 7, shortPrice: 5230.8m);
        harness.Rule(rule(account));
        for (var i = entry + 1; i < ticks.Count; i++) harness.Tick(If2101, ticks[i]).ShouldBe(TickReject.None, ticks[i].ToString());
        return harness;
    }

    private static LockRule Rule(AccountId account, Side side, string condition)
    {
        var sign = side == Side.Long ? 1 : -1;
        var rule = EngineHarness.NewRule(account, If2101, side, TriggerType.Price);
        return condition switch
        {
            "price" => rule with { TriggerPrice = new(5230.8m + (15 * sign)) },
            "profit" => rule with { TriggerType = TriggerType.Profit, ProfitLockEnabled = true, ProfitLockThreshold = 15 * 7 * 300 },
            "trailing" => rule with { TriggerType = TriggerType.Trailing, TrailingStop = true, TrailingDistance = 12 },
            "stop" => rule with { StopLossPrice = new(5230.8m - (20 * sign)) },
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };
    }

    internal static IEnumerable<RawTick> IndexTicks(string day)
    {
        using var file = TestData.Open($"cn_futures/CFFEX.IF.HOT_tick_{day}.csv.gz");
        file.ReadLine();
        while (file.ReadLine() is { } line) yield return Parse(line.Split(','));
    }

    private static RawTick Parse(string[] cells)
    {
        double At(int i) => double.Parse(cells[i], CultureInfo.InvariantCulture);
        var clock = TimeSpan.ParseExact(cells[4].PadLeft(9, '0'), "hhmmssfff", CultureInfo.InvariantCulture);
        var date = DateTime.ParseExact(cells[3], "yyyyMMdd", CultureInfo.InvariantCulture);
        return new()
        {
            Timestamp = new DateTimeOffset(date + clock, TimeSpan.FromHours(8)).ToUniversalTime(),
            LastPrice = At(5), OpenPrice = At(6), HighPrice = At(7), LowPrice = At(8), Volume = At(9), OpenInterest = At(13),
            UpperLimit = At(15), LowerLimit = At(16), PreSettlement = At(18),
            BidPrice = At(20), BidVolume = At(21), AskPrice = At(22), AskVolume = At(23),
        };
    }
}
