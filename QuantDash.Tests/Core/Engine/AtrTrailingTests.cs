using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6 and 6.1: <c>trailing_mode</c> atr names period and timeframe; a stop never loosens.</summary>
public sealed class AtrTrailingTests
{
    [Fact]
    public void Distance_IsTheMultipleOfTheAverageRange_RoundedUpToTicks()
    {
        var desk = Warm();
        desk.State.TrailingDistanceTicks.ShouldBe(8, "two ranges of 8, in ticks of 2");
        desk.Condition(ConditionKind.Trailing).Level.ShouldBe(new Price(5494));
        desk.Tick("2026-11-20 09:33:05", 5496);
        desk.Triggers.ShouldBeEmpty();
        desk.Tick("2026-11-20 09:33:10", 5494);
        desk.Triggers.ShouldHaveSingleItem().TriggerCondition.ShouldBe("移动止损: 5494 <= 5494, 最高 5510");
    }

    [Fact]
    public void NotEnoughBars_NothingIsWatched_AndSaysSo_ButTheHighWaterIsKept()
    {
        var desk = Desk();
        desk.Tick("2026-11-20 09:30:10", 5520);
        desk.Tick("2026-11-20 09:30:20", 5400);
        desk.Triggers.ShouldBeEmpty();
        var trailing = desk.Condition(ConditionKind.Trailing);
        (trailing.Live, trailing.Why, trailing.Level, trailing.HighWater, trailing.BarsMissing).ShouldBe((true, "not_enough_bars", null, new Price(5520), 3));
    }

    [Fact]
    public void Distance_WiderRange_NeverLoosens_NarrowerOneTightens()
    {
        var desk = Warm();
        desk.Tick("2026-11-20 09:33:30", 5540);
        desk.Tick("2026-11-20 09:34:00", 5540);
        desk.State.TrailingDistanceTicks.ShouldBe(8, "the range has grown to 23");
        desk.Tick("2026-11-20 09:35:00", 5540);
        desk.State.TrailingDistanceTicks.ShouldBe(8, "and shrunk to 11.5");
        desk.Tick("2026-11-20 09:36:00", 5540);
        desk.State.TrailingDistanceTicks.ShouldBe(6, "and to 5.75");
        desk.Condition(ConditionKind.Trailing).Level.ShouldBe(new Price(5528));
    }

    [Fact]
    public void WiderRange_LevelStays_UntilTheBestIsThatMuchFarther_ThenTrailsByIt()
    {
        var desk = Warm();
        desk.Tick("2026-11-20 09:33:30", 5540);
        desk.Tick("2026-11-20 09:34:00", 5540);
        desk.Condition(ConditionKind.Trailing).Level.ShouldBe(new Price(5524), "two ranges are 46 now; what was reached is kept");
        desk.Tick("2026-11-20 09:34:05", 5568);
        desk.Condition(ConditionKind.Trailing).Level.ShouldBe(new Price(5524));
        desk.Tick("2026-11-20 09:34:10", 5580);
        desk.Condition(ConditionKind.Trailing).Level.ShouldBe(new Price(5534));
        desk.Tick("2026-11-20 09:34:20", 5536);
        desk.Triggers.ShouldBeEmpty("the quiet minutes before do not hold it on a short lead");
        desk.Tick("2026-11-20 09:34:25", 5534);
        desk.Triggers.ShouldHaveSingleItem().TriggerCondition.ShouldBe("移动止损: 5534 <= 5534, 最高 5580");
    }

    [Fact]
    public void WiderRange_FallsToTheLevelItKept_Fires()
    {
        var desk = Warm();
        desk.Tick("2026-11-20 09:33:30", 5540);
        desk.Tick("2026-11-20 09:34:00", 5540);
        desk.Tick("2026-11-20 09:34:05", 5524);
        desk.Triggers.ShouldHaveSingleItem().TriggerCondition.ShouldBe("移动止损: 5524 <= 5524, 最高 5540");
    }

    [Fact]
    public void Restart_WithAWiderRange_TheLevelIsTheOneThatWasReached()
    {
        var desk = Warm();
        desk.Tick("2026-11-20 09:33:30", 5540);
        desk.Tick("2026-11-20 09:34:00", 5540);
        desk.Tick("2026-11-20 09:34:05", 5566);
        desk.Timer("2026-11-20 09:34:06");
        desk.State.TrailingDistanceTicks.ShouldBe(21, "from 5566 to 5524");
        desk.Restart("2026-11-20 09:34:20");
        desk.Tick("2026-11-20 09:34:30", 5526);
        desk.Triggers.ShouldBeEmpty();
        var trailing = desk.Condition(ConditionKind.Trailing);
        (trailing.Why, trailing.Level, trailing.BarsMissing).ShouldBe((null, new Price(5524), 3));
        desk.Tick("2026-11-20 09:34:31", 5524);
        desk.Triggers.ShouldHaveSingleItem().Condition.ShouldBe(ConditionKind.Trailing);
    }

    [Fact]
    public void AnotherCondition_Fires_WhatTrailingHadReachedIsKept()
    {
        var desk = Warm();
        desk.Save(desk.Harness.Snapshot.Rules[0].Rule with { Also = [TriggerType.Price], TriggerPrice = new Price(5520), AutoExecute = false });
        desk.Tick("2026-11-20 09:33:30", 5540);
        desk.Triggers.ShouldHaveSingleItem().Condition.ShouldBe(ConditionKind.Price);
        desk.Condition(ConditionKind.Trailing).Level.ShouldBe(new Price(5524));
        desk.State.HighWaterTicks.ShouldBe(2770, "in ticks of 2");
    }

    [Fact]
    public void FlatMarket_ARangeOfZero_IsNoDistance()
    {
        var desk = Desk();
        for (var minute = 30; minute < 36; minute++) desk.Tick($"2026-11-20 09:{minute}:10", 5500);
        desk.Condition(ConditionKind.Trailing).Why.ShouldBe("not_enough_bars");
        desk.Tick("2026-11-20 09:35:30", 5498);
        desk.Triggers.ShouldBeEmpty();
    }

    [Fact]
    public void Restart_TheDistanceHoldsUntilThereAreBars()
    {
        var desk = Warm();
        desk.Timer("2026-11-20 09:33:01");
        desk.Restart("2026-11-20 09:33:20");
        desk.State.TrailingDistanceTicks.ShouldBe(8);
        desk.Tick("2026-11-20 09:33:30", 5496);
        desk.Triggers.ShouldBeEmpty();
        desk.Tick("2026-11-20 09:33:31", 5494);
        desk.Triggers.ShouldHaveSingleItem().Condition.ShouldBe(ConditionKind.Trailing);
    }

    [Fact]
    public void Edit_OfAnotherTerm_KeepsTheDistance_OfTheRangeItself_TakesItAnew()
    {
        var desk = Warm();
        var rule = desk.Harness.Snapshot.Rules[0].Rule;
        desk.Save(rule with { Note = "x" });
        desk.State.TrailingDistanceTicks.ShouldBe(8);
        desk.Save(rule with { TrailingDistance = 4 });
        desk.State.TrailingDistanceTicks.ShouldBe(16);
    }

    /// <summary>Bars of one minute, two of them, twice the range.</summary>
    private static ClockDesk Desk()
    {
        var desk = new ClockDesk("2026-11-20 09:30:00", SourceClock.Ticks);
        desk.Save(EngineHarness.NewRule(desk.Account, ClockDesk.Pta, Side.Long, TriggerType.Trailing) with
        {
            TrailingStop = true, TrailingMode = TrailingMode.Atr, TrailingDistance = 2, AtrPeriod = 2, AtrTimeframe = TimeSpan.FromMinutes(1),
        });
        return desk;
    }

    /// <summary>Ranges of 10 and 6 after a first bar; the high-water is 5510.</summary>
    private static ClockDesk Warm()
    {
        var desk = Desk();
        desk.Tick("2026-11-20 09:30:10", 5500);
        desk.Tick("2026-11-20 09:30:40", 5504);
        desk.Tick("2026-11-20 09:31:10", 5510);
        desk.Tick("2026-11-20 09:31:40", 5500);
        desk.Tick("2026-11-20 09:32:10", 5506);
        desk.Tick("2026-11-20 09:32:40", 5502);
        desk.Tick("2026-11-20 09:33:00", 5504);
        return desk;
    }
}
