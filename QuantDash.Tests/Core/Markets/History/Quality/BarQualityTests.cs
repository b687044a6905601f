using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Quality;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Core.Markets.History.Quality;

public sealed class BarQualityTests
{
    private static readonly BarKey Index = Key("CFFEX.IF-MAIN", "30m");
    private static readonly SessionPlan Always = IndexSessions with { Always = true };

    /// <summary>2025-05-01 to 05-05 are holidays that the reference calendar knows.</summary>
    [Fact]
    public void Check_OfWholeDays_FindsNothing()
    {
        var report = BarQuality.Check(Days(new(2025, 4, 29), new(2025, 4, 30), new(2025, 5, 6)), IndexSessions, KnownCalendar);

        report.IsGood.ShouldBeTrue();
        (report.Bars, report.Expected, report.Missing, report.OutsideSessions).ShouldBe((24, 24, 0, 0));
        report.Repairs.ShouldBeEmpty();
    }

    [Fact]
    public void Check_OfHoles_TellsThemBySessionAndDay()
    {
        var all = Days(new(2025, 4, 28), new(2025, 4, 29), new(2025, 4, 30), new(2025, 5, 6), new(2025, 5, 7)).Bars().ToList();
        // Inside the morning of the 28th two bars, the afternoon of the 29th, the whole 30th.
        var kept = all.Where((_, i) => i is not (1 or 2) and not (>= 12 and < 16) and not (>= 16 and < 24)).ToList();

        var report = BarQuality.Check(BarColumns.Of(Index, 0.2m, kept), IndexSessions, KnownCalendar);

        report.Gaps.Select(gap => (gap.TradingDay.Day, gap.Kind, gap.MissingBars)).ShouldBe(
            [(28, BarGapKind.WithinSession, 2), (29, BarGapKind.WholeSession, 4), (30, BarGapKind.WholeDay, 8)]);
        (report.Expected, report.Missing, report.IsGood).ShouldBe((40, 14, false));
        report.Gaps[0].From.ShouldBe(At("2025-04-28T02:00:00"));
        report.Repairs.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            repair => repair.From.ShouldBe(new DateOnly(2025, 4, 28)),
            repair => repair.To.ShouldBe(new DateOnly(2025, 4, 30)),
            repair => repair.MissingBars.ShouldBe(14),
            repair => repair.Reasons.ShouldBe(["gap"]));
    }

    [Fact]
    public void Check_OfAYearWithoutCalendar_CountsNoWholeDayAsMissing()
    {
        var bars = Days(new(2015, 4, 30), new(2015, 5, 4));

        var report = BarQuality.Check(bars, IndexSessions, KnownCalendar);

        report.Gaps.ShouldHaveSingleItem().Kind.ShouldBe(BarGapKind.UnknownCalendar);
        (report.Missing, report.IsGood).ShouldBe((0, true));
    }

    [Fact]
    public void Check_AroundTheClock_FindsEveryMissingMinute()
    {
        var bars = BarColumns.Of(Minute, 0.01m, [Bar(0, 10), Bar(60_000, 10), Bar(240_000, 10)]);

        var report = BarQuality.Check(bars, Always with { UtcOffset = TimeSpan.Zero }, KnownCalendar);

        var gap = report.Gaps.ShouldHaveSingleItem();
        (gap.From, gap.To, gap.MissingBars).ShouldBe((120_000, 240_000, 2));
        report.Expected.ShouldBe(5);
    }

    [Fact]
    public void Check_OfUnknownSessions_SaysSoAndListsWeekdays()
    {
        var bars = BarColumns.Of(Key("US.AAPL", "1d"), 0.01m, [Bar(At("2014-06-05T00:00:00"), 10, minutes: 1440), Bar(At("2014-06-10T00:00:00"), 10, minutes: 1440)]);

        var report = BarQuality.Check(bars, null, KnownCalendar);

        (report.SessionsKnown, report.Expected, report.Missing).ShouldBe((false, null, 0));
        report.Gaps.Select(gap => (gap.TradingDay.Day, gap.Kind)).ShouldBe([(6, BarGapKind.UnknownCalendar), (9, BarGapKind.UnknownCalendar)]);
    }

    [Fact]
    public void Check_OfSpikesJumpsAndContradictions_NamesThem()
    {
        var bars = BarColumns.Of(Minute, 0.01m,
        [
            Bar(0, 1000), Bar(60_000, 1000) with { High = 1100 }, Bar(120_000, 1000) with { Low = 900 }, Bar(180_000, 1000), Bar(240_000, 700), Bar(300_000, 700) with { Close = 900 },
            Bar(360_000, 700),
        ]);

        var report = BarQuality.Check(bars, null, KnownCalendar);

        report.Faults.Select(fault => (fault.Start / 60_000, fault.Problem.Field, fault.Problem.Code)).ShouldBe(
            [(1, "high", "bar_spike"), (2, "low", "bar_spike"), (4, "open", "bar_jump"), (5, "close", "bar_outside"), (6, "open", "bar_jump")]);
        report.Repairs.ShouldHaveSingleItem().Reasons.ShouldBe(["bar_spike", "bar_outside"]);
    }

    [Fact]
    public void Check_OfBarsOutsideEverySession_CountsThem()
    {
        var lunch = At("2025-04-29T04:00:00");
        var bars = BarColumns.Of(Index, 0.2m, [.. Days(new DateOnly(2025, 4, 29)).Bars().Append(Bar(lunch, 5, minutes: 30)).OrderBy(bar => bar.Start)]);

        BarQuality.Check(bars, IndexSessions, KnownCalendar).OutsideSessions.ShouldBe(1);
    }

    /// <summary>Half-hour bars of whole days: four in the morning, four in the afternoon.</summary>
    private static BarColumns Days(params DateOnly[] days) => BarColumns.Of(
        Index, 0.2m,
        [
            .. from day in days
               from clock in new[] { 90, 120, 150, 180, 300, 330, 360, 390 }
               let start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMinutes(clock).ToUnixTimeMilliseconds()
               select Bar(start, 5000, minutes: 30) with { TradingDay = day.DayNumber },
        ]);
}
