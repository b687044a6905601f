using QuantDash.Core.Instruments;
using static QuantDash.Tests.Core.Instruments.InstrumentSamples;

namespace QuantDash.Tests.Core.Instruments;

public sealed class TradingCalendarTests
{
    [Theory]
    [InlineData(2024, 242)]
    [InlineData(2025, 243)]
    [InlineData(2026, 242)]
    public void Year_OfTheKnownOnes_HasItsTradingDays(int year, int days)
        => Enumerable.Range(0, 366).Select(new DateOnly(year, 1, 1).AddDays).Count(day => day.Year == year && Calendar.IsTradingDay(day)).ShouldBe(days);

    [Theory]
    [InlineData("2025-10-01", false)]
    [InlineData("2025-10-09", true)]
    [InlineData("2025-10-11", false)] // a Saturday that offices work: exchanges do not
    [InlineData("2021-02-12", true)] // before the known years every weekday trades
    [InlineData("2027-01-01", false)] // New Year's Day is a holiday in every year
    public void IsTradingDay_OfADay_SaysSo(string day, bool trades) => Calendar.IsTradingDay(Day(day)).ShouldBe(trades);

    [Theory]
    [InlineData("2023-12-31", false)]
    [InlineData("2024-01-01", true)]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", false)]
    public void Knows_OfADay_IsTheYearsOfTheData(string day, bool known) => Calendar.Knows(Day(day)).ShouldBe(known);

    [Theory]
    [InlineData("2025-01-27", "2025-02-05", "2025-01-24")]
    [InlineData("2025-01-30", "2025-02-05", "2025-01-27")]
    [InlineData("2026-11-20", "2026-11-23", "2026-11-19")]
    public void Neighbours_OfADay_StepOverHolidays(string day, string next, string previous)
    {
        Calendar.NextTradingDay(Day(day)).ShouldBe(Day(next));
        Calendar.PreviousTradingDay(Day(day)).ShouldBe(Day(previous));
    }

    /// <summary>The evenings are data; the rule behind them must give the same ones.</summary>
    [Fact]
    public void NightSession_OfEveryKnownTradingDay_IsMissingExactlyBeforeAStatutoryHoliday()
    {
        for (var day = Day("2024-01-02"); day <= Day("2026-12-31"); day = Calendar.NextTradingDay(day))
        {
            var next = Calendar.NextTradingDay(day);
            var holidayBetween = Enumerable.Range(1, next.DayNumber - day.DayNumber - 1).Select(day.AddDays)
                .Any(between => between.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
            Calendar.HasNightSession(day).ShouldBe(!holidayBetween, day.ToString("o"));
        }
    }

    [Theory]
    [InlineData("2021-01-04 09:24:59.999", SessionPhase.Closed)]
    [InlineData("2021-01-04 09:29:00.400", SessionPhase.Auction)]
    [InlineData("2021-01-04 09:30:00.000", SessionPhase.Continuous)]
    [InlineData("2021-01-04 11:29:59.999", SessionPhase.Continuous)]
    [InlineData("2021-01-04 11:30:00.000", SessionPhase.Closed)]
    [InlineData("2021-01-04 11:30:00.400", SessionPhase.Closed)]
    [InlineData("2021-01-04 13:00:00.000", SessionPhase.Continuous)]
    [InlineData("2021-01-04 15:00:00.400", SessionPhase.Closed)]
    [InlineData("2021-01-04 21:30:00.000", SessionPhase.Closed)]
    public void WindowAt_OfIf2101_HasHalfOpenSpans(string at, SessionPhase phase)
        => Calendar.WindowAt(Contract("CFFEX.IF2101"), Beijing(at)).Phase.ShouldBe(phase);

    [Theory]
    [InlineData("2026-11-20 21:00", SessionPhase.Continuous, "2026-11-23", "2026-11-20 21:00", "2026-11-21 02:30")]
    [InlineData("2026-11-21 02:29", SessionPhase.Continuous, "2026-11-23", "2026-11-20 21:00", "2026-11-21 02:30")]
    [InlineData("2026-11-21 02:30", SessionPhase.Closed, "2026-11-23", "2026-11-21 02:30", "2026-11-23 08:55")]
    [InlineData("2026-11-22 12:00", SessionPhase.Closed, "2026-11-23", "2026-11-21 02:30", "2026-11-23 08:55")]
    [InlineData("2026-11-23 10:20", SessionPhase.Closed, "2026-11-23", "2026-11-23 10:15", "2026-11-23 10:30")]
    [InlineData("2026-11-23 15:00", SessionPhase.Closed, "2026-11-24", "2026-11-23 15:00", "2026-11-23 20:55")]
    [InlineData("2026-11-23 20:57", SessionPhase.Auction, "2026-11-24", "2026-11-23 20:55", "2026-11-23 21:00")]
    [InlineData("2026-09-30 21:30", SessionPhase.Closed, "2026-10-08", "2026-09-30 15:00", "2026-10-08 08:55")]
    [InlineData("2026-10-08 01:00", SessionPhase.Closed, "2026-10-08", "2026-09-30 15:00", "2026-10-08 08:55")]
    public void WindowAt_OfGold_PutsTheNightWithTheNextTradingDay(string at, SessionPhase phase, string day, string start, string end)
        => Calendar.WindowAt(Contract("SHFE.au2612", "2026-11-20"), Beijing(at)).ShouldBe(new(phase, Day(day), Beijing(start), Beijing(end)));

    [Fact]
    public void WindowAt_GivenAnotherOffset_IsTheSame()
    {
        var at = Beijing("2026-11-21 01:00");
        Calendar.WindowAt(Contract("SHFE.au2612"), at.ToUniversalTime()).ShouldBe(Calendar.WindowAt(Contract("SHFE.au2612"), at));
    }

    [Fact]
    public void WindowAt_WithSessionsAlways_IsOneContinuousWindowADay()
        => Calendar.WindowAt(Contract("CFFEX.IF2612"), Beijing("2026-11-21 15:59"), sessionsAlways: true)
            .ShouldBe(new(SessionPhase.Continuous, Day("2026-11-21"), Beijing("2026-11-21"), Beijing("2026-11-22")));

    [Fact]
    public void WindowAt_OfAPlanThatIsAlwaysOpen_IsOneContinuousWindowAUtcDay()
    {
        var plan = new SessionPlan { UtcOffset = TimeSpan.Zero, DayAuctions = [], Day = [], NightAuctions = [], Night = [], Always = true };
        Calendar.WindowAt(plan, Beijing("2026-11-22 07:00"))
            .ShouldBe(new(SessionPhase.Continuous, Day("2026-11-21"), Beijing("2026-11-21 08:00"), Beijing("2026-11-22 08:00")));
    }
}
