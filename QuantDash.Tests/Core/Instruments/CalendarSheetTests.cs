using QuantDash.Core.Instruments;
using static QuantDash.Tests.Core.Instruments.InstrumentSamples;

namespace QuantDash.Tests.Core.Instruments;

/// <summary>Trading days that somebody gives: what is read, what is refused, and what becomes of the calendar.</summary>
public sealed class CalendarSheetTests
{
    private const string Span = "date,kind\n2027-01-01,known_from\n2027-03-31,known_to\n";

    [Fact]
    public void Read_OfAFile_InAnyOrderOfColumnsAndLines_WithAMark_IsItsDays()
    {
        var sheet = Read("\uFEFFkind, date,note\r\nclosed,2027-02-08,spring festival\r\nknown_to,2027-03-31,\r\n\r\nno_night,2027-02-05,\r\nknown_from,2027-01-01,\r\n").ShouldHaveSingleItem();

        (sheet.From, sheet.To).ShouldBe((Day("2027-01-01"), Day("2027-03-31")));
        (sheet.Closed.ShouldHaveSingleItem(), sheet.WithoutNight.ShouldHaveSingleItem()).ShouldBe((Day("2027-02-08"), Day("2027-02-05")));
    }

    [Theory]
    [InlineData("", "line 1 calendar_columns")]
    [InlineData("day,kind\n2027-01-01,closed\n", "line 1 calendar_columns")]
    [InlineData(Span + "2027-02-08\n", "line 4 calendar_cells")]
    [InlineData(Span + "2027-02-08,shut\n", "line 4 kind calendar_kind")]
    [InlineData(Span + "2027-02-08,short\n", "line 4 kind calendar_kind")] // China has no short days
    [InlineData(Span + "2027-02-30,closed\n", "line 4 date calendar_date")]
    [InlineData(Span + "08.02.2027,shut\n", "line 4 kind calendar_kind, line 4 date calendar_date")]
    [InlineData(Span + "1999-12-31,closed\n", "line 4 date calendar_date")]
    [InlineData(Span + "2027-02-08,closed\n2027-02-08,closed\n", "line 5 calendar_twice")]
    [InlineData(Span + "2027-04-05,closed\n", "line 4 date calendar_outside")]
    [InlineData(Span + "2027-02-06,no_night\n", "line 4 kind calendar_not_open")] // a Saturday
    [InlineData(Span + "2027-02-08,closed\n2027-02-08,no_night\n", "line 5 kind calendar_not_open")]
    [InlineData("date,kind\n2027-01-01,closed\n", "known_from calendar_bound, known_to calendar_bound")]
    [InlineData("date,kind\n2027-01-01,known_from\n2026-12-31,known_to\n", "line 3 date calendar_span")]
    [InlineData("date,kind\n2027-01-01,known_from\n2048-12-31,known_to\n", "line 3 date calendar_span")]
    [InlineData("date,kind\n2027-01-01,known_from\n2027-12-31,known_to\n2027-01-01,closed\n", "file calendar_year")]
    public void Read_OfAMistake_NamesItsLineAndColumn(string text, string told)
    {
        var read = CalendarSheetReader.Read(CalendarMarket.China, text);

        string.Join(", ", read.Problems.Select(problem => $"{problem.Field} {problem.Code}")).ShouldBe(told);
    }

    /// <summary>A list of the days that trade, marked closed, must not close the exchange.</summary>
    [Fact]
    public void Read_OfAYearThatIsClosedAlmostEveryDay_IsRefused()
    {
        var days = string.Concat(Enumerable.Range(0, 365).Select(Day("2027-01-01").AddDays).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Select(day => $"{day:yyyy-MM-dd},closed\n"));

        var problem = CalendarSheetReader.Read(CalendarMarket.China, "date,kind\n2027-01-01,known_from\n2027-12-31,known_to\n" + days).Problems.ShouldHaveSingleItem();

        (problem.Code, problem.Values[3]).ShouldBe(("calendar_year", 261));
    }

    [Fact]
    public void Read_OfAMarketWithoutNights_TakesShortDays()
    {
        CalendarSheetReader.Read(CalendarMarket.HongKong, "date,kind\n2028-01-01,known_from\n2028-01-31,known_to\n2028-01-25,short\n").Value.ShouldHaveSingleItem().Short.ShouldHaveSingleItem().ShouldBe(Day("2028-01-25"));
        CalendarSheetReader.Read(CalendarMarket.HongKong, Span + "2027-02-08,no_night\n").Problems.ShouldHaveSingleItem().Code.ShouldBe("calendar_kind");
    }

    [Fact]
    public void With_AYearMore_ExtendsTheCalendar_AndTheEveningBeforeAHolidayHasNoNight()
    {
        var calendar = With(Span + "2027-01-01,closed\n2027-02-08,closed\n2027-02-09,closed\n2027-03-10,no_night\n");

        (calendar.KnownFrom, calendar.KnownTo).ShouldBe((Day("2024-01-01"), Day("2027-03-31")));
        calendar.NextTradingDay(Day("2027-02-05")).ShouldBe(Day("2027-02-10"));
        calendar.HasNightSession(Day("2027-02-05")).ShouldBeFalse();
        calendar.HasNightSession(Day("2027-02-04")).ShouldBeTrue();
        calendar.HasNightSession(Day("2027-03-10")).ShouldBeFalse("it was said");
        calendar.IsTradingDay(Day("2025-10-01")).ShouldBeFalse("what lies outside of the sheet stays");
        calendar.HasNightSession(Day("2026-12-31")).ShouldBeFalse();
    }

    /// <summary>One day is closed in a hurry: the evening before it, which the sheet does not speak of, loses its night.</summary>
    [Fact]
    public void With_OneDayClosed_TakesTheNightOfTheEveningBefore_AndGivingItBackReturnsIt()
    {
        const string Closed = "date,kind\n2026-12-10,known_from\n2026-12-10,known_to\n2026-12-10,closed\n";
        var closed = With(Closed);
        var opened = closed.With(Read("date,kind\n2026-12-10,known_from\n2026-12-10,known_to\n").Single());

        (closed.NextTradingDay(Day("2026-12-09")), closed.HasNightSession(Day("2026-12-09"))).ShouldBe((Day("2026-12-11"), false));
        closed.DifferencesTo(Calendar).ShouldBe([Day("2026-12-09"), Day("2026-12-10")]);
        opened.DifferencesTo(Calendar).ShouldBeEmpty();
    }

    [Fact]
    public void With_DaysThatDoNotJoin_IsRefused()
    {
        var gap = MarketCalendars.FromReferenceData().With(Read("date,kind\n2027-01-02,known_from\n2027-02-01,known_to\n"));

        gap.Problems.ShouldHaveSingleItem().Code.ShouldBe("calendar_gap");
        MarketCalendars.FromReferenceData().With(Read("date,kind\n2023-01-01,known_from\n2023-12-30,known_to\n2023-01-02,closed\n")).Succeeded.ShouldBeFalse();
        MarketCalendars.FromReferenceData().With(Read("date,kind\n2023-06-01,known_from\n2023-12-31,known_to\n")).Value.China.KnownFrom.ShouldBe(Day("2023-06-01"));
    }

    /// <summary>What is exported is what is in force.</summary>
    [Theory]
    [InlineData(CalendarMarket.China)]
    [InlineData(CalendarMarket.HongKong)]
    [InlineData(CalendarMarket.NewYork)]
    public void Export_ReadBack_ChangesNothing(CalendarMarket market)
    {
        var calendars = MarketCalendars.FromReferenceData();
        var calendar = calendars.Of(market);
        var sheets = CalendarSheetReader.Read(market, CalendarSheet.Write([calendar.Sheet(market, calendar.KnownFrom, calendar.KnownTo)]));

        calendars.With(sheets.Value).Value.Of(market).DifferencesTo(calendar).ShouldBeEmpty();
    }

    [Fact]
    public void Write_OfSeveralSheets_IsReadBackAsThem()
    {
        var sheets = Read(Span + "2027-02-08,closed\n").Concat(Read("date,kind\n2026-12-10,known_from\n2026-12-10,known_to\n2026-12-10,closed\n")).ToList();

        var again = Read(CalendarSheet.Write(sheets));

        again.Count.ShouldBe(2);
        again.Zip(sheets).ShouldAllBe(pair => pair.First.Rows().SequenceEqual(pair.Second.Rows()));
    }

    [Fact]
    public void Catalog_OfOtherCalendars_GivesThemToSharesToo()
    {
        var calendars = MarketCalendars.FromReferenceData().With(CalendarSheetReader.Read(CalendarMarket.HongKong, "date,kind\n2026-12-10,known_from\n2026-12-10,known_to\n2026-12-10,closed\n").Value).Value;
        var catalog = ContractCatalog.FromReferenceData(calendars).WithStocks("mine.csv", "exchange,code,name_zh,name_en,lot,price_tick\nHK,01211,比亚迪,BYD,100,0.01\n");

        foreach (var code in new[] { "HK.00700", "HK.01211" })
        {
            var share = catalog.Find(QuantDash.Core.Primitives.Symbol.ParseCanonical(code), Day("2026-12-10"))!;
            calendars.China.WindowAt(share, Beijing("2026-12-10 10:00")).Phase.ShouldBe(SessionPhase.Closed);
        }
    }

    private static IReadOnlyList<CalendarSheet> Read(string text) => CalendarSheetReader.Read(CalendarMarket.China, text).Value;

    private static TradingCalendar With(string text) => MarketCalendars.FromReferenceData().With(Read(text)).Value.China;
}
