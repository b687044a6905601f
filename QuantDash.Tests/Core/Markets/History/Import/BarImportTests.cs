using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History.Import;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Core.Markets.History.Import;

public sealed class BarImportTests
{
    private const string Header = "timestamp,open,high,low,close,volume";
    private const string Good = "2025-03-03 02:00:00,10.00,10.50,9.50,10.25,100";

    [Fact]
    public void Import_OfANamedFile_MakesBars()
    {
        var result = Imported(Request(), Header, Good, "2025-03-03 02:01:00,10.25,10.25,10.25,10.25,0.5");

        var bars = result.Bars.ShouldNotBeNull();
        bars.Count.ShouldBe(2);
        var first = bars[0];
        (first.Start, first.End).ShouldBe((At("2025-03-03T02:00:00"), At("2025-03-03T02:01:00")));
        (first.Open, first.High, first.Low, first.Close, first.Volume).ShouldBe((1000, 1050, 950, 1025, 100));
        DateOnly.FromDayNumber(first.TradingDay).ShouldBe(new DateOnly(2025, 3, 3));
        bars[1].Volume.ShouldBe(0.5);
    }

    [Theory]
    [InlineData("2025-03-03 02:01:00,x,1,1,1,1", "open", "csv_not_a_number")]
    [InlineData("2025-03-03 02:01:00,,1,1,1,1", "open", "required")]
    [InlineData("2025-03-03 02:01:00,0,1,1,1,1", "open", "bar_price")]
    [InlineData("2025-03-03 02:01:00,-5,1,1,1,1", "open", "bar_price")]
    [InlineData("2025-03-03 02:01:00,1e30,1,1,1,1", "open", "csv_not_a_number")]
    [InlineData("2025-03-03 02:01:00,9999999999,1,1,1,1", "open", "bar_price")]
    [InlineData("2025-03-03 02:01:00,1.005,1,1,1,1", "open", "bar_off_tick")]
    [InlineData("2025-03-03 02:01:00,1,0.9,1,1,1", "high", "bar_high_low")]
    [InlineData("2025-03-03 02:01:00,3,2,1,1,1", "open", "bar_outside")]
    [InlineData("2025-03-03 02:01:00,1,2,1,0.5,1", "close", "bar_outside")]
    [InlineData("2025-03-03 02:01:00,1,1,1,1,-1", "volume", "bar_volume")]
    [InlineData("2025-03-03 02:01:00,1,1,1,1,NaN", "volume", "bar_volume")]
    [InlineData("2025-03-03 02:01:00,1,1,1,1,many", "volume", "csv_not_a_number")]
    [InlineData("2025-13-03 02:01:00,1,1,1,1,1", "time", "bar_time_unreadable")]
    [InlineData("03.03.2025 02:01,1,1,1,1,1", "time", "bar_time_unreadable")]
    [InlineData("2300-01-01 00:00,1,1,1,1,1", "time", "bar_time_range")]
    [InlineData("2025-03-03 02:01:00,1,1,1,1", "line", "csv_columns")]
    [InlineData("2025-03-03 02:01:00,1,1,1,1,1,1", "line", "csv_columns")]
    [InlineData("2025-03-03 02:00:30,1,1,1,1,1", "time", "bar_spacing")]
    [InlineData("2025-03-03 02:00:00,1,1,1,1,1", "time", "bar_conflict")]
    public void Import_OfABadLine_NamesItAndImportsNothing(string line, string field, string code)
    {
        var result = Imported(Request(), Header, Good, line);

        result.Bars.ShouldBeNull();
        result.Problems.ShouldHaveSingleItem().Code.ShouldBe("bars_bad_lines");
        var bad = result.BadLines.ShouldHaveSingleItem();
        (bad.File, bad.Line).ShouldBe(("bars.csv", 3));
        bad.Problems.Select(p => (p.Field, p.Code)).ShouldContain((field, code));
    }

    [Fact]
    public void Import_OfSeveralMistakesInOneLine_TellsAll()
    {
        var bad = Imported(Request(), Header, "yesterday,x,,1,1,-3").BadLines.ShouldHaveSingleItem();

        bad.Problems.Select(p => p.Field).ShouldBe(["time", "open", "high", "volume"]);
    }

    [Fact]
    public void Import_ThatSkipsBadLines_ListsThemAndKeepsTheOthers()
    {
        var result = Imported(Request() with { SkipBadLines = true }, Header, Good, "broken", "2025-03-03 02:01:00,1,1,1,1,1");

        result.Bars.ShouldNotBeNull().Count.ShouldBe(2);
        (result.Lines, result.BadLineCount).ShouldBe((3, 1));
        result.BadLines.ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    [Fact]
    public void Import_OfTheSameLineTwice_CountsItOnce()
    {
        var result = Imported(Request(), Header, Good, Good);

        (result.Bars.ShouldNotBeNull().Count, result.Repeated, result.BadLineCount).ShouldBe((1, 1, 0));
    }

    [Fact]
    public void Import_OfLinesInAnyOrder_SortsThem()
    {
        var result = Imported(Request(), Header, "2025-03-03 02:05,1,1,1,1,1", Good);

        result.Bars.ShouldNotBeNull().Opens.ToArray().ShouldBe([1000, 100]);
    }

    [Theory]
    [InlineData("a,b,c,d,e,f", "csv_unknown_column")]
    [InlineData("timestamp,open,high,low,close,close", "csv_duplicate_column")]
    public void Import_OfAnotherHeader_SaysWhichColumnIsMissing(string header, string code)
    {
        var result = Imported(Request(), header, Good);

        result.Bars.ShouldBeNull();
        result.Problems.ShouldContain(p => p.Code == code);
    }

    [Theory]
    [InlineData(Header)]
    [InlineData(Header, "", "  ")]
    public void Import_OfNoBars_IsRefused(params string[] lines) =>
        Imported(Request(), lines).Problems.ShouldHaveSingleItem().Code.ShouldBe("bars_none");

    [Fact]
    public void Import_OfFiveMinuteBarsAsOneMinute_IsRefused()
    {
        var lines = Enumerable.Range(0, 12).Select(i => string.Create(CultureInfo.InvariantCulture, $"2025-03-03 02:{i * 5:00}:00,1,1,1,1,1"));

        var result = Imported(Request(), [Header, .. lines]);

        result.Problems.ShouldHaveSingleItem().Code.ShouldBe("bars_other_timeframe");
        Imported(Request("5m"), [Header, .. lines]).Bars.ShouldNotBeNull().Count.ShouldBe(12);
    }

    [Fact]
    public void Import_ByColumnNumbersInAnotherZone_ReadsDayFirstAndTheEndOfTheBar()
    {
        var mapping = new BarCsvMapping
        {
            Time = CsvColumn.At(2), Open = CsvColumn.At(3), High = CsvColumn.At(4), Low = CsvColumn.At(5), Close = CsvColumn.At(6), Stamp = BarStamp.End, Separator = ';',
            TimeFormat = new("dd.MM.yyyy HH:mm"), Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
        };

        var result = Imported(Request() with { Mapping = mapping }, "id;when;o;h;l;c", "7;03.07.2025 09:01;1;1;1;1", "8;04.07.2025 00:00;2;2;2;2");

        var bars = result.Bars.ShouldNotBeNull();
        (bars[0].Start, bars[0].End).ShouldBe((At("2025-07-03T07:00:00"), At("2025-07-03T07:01:00")));
        // Midnight at a bar's end is the end of the day before.
        DateOnly.FromDayNumber(bars[1].TradingDay).ShouldBe(new DateOnly(2025, 7, 3));
    }

    [Theory]
    [InlineData("2025-03-30 02:30")]
    [InlineData("2025-10-26 02:30")]
    public void Import_OfATimeTheClockChangeLeavesUnclear_IsRefused(string time)
    {
        var mapping = BarFormats.Named(BarStamp.Start) with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

        var result = Imported(Request() with { Mapping = mapping }, Header, time + ",1,1,1,1,1");

        result.BadLines.ShouldHaveSingleItem().Problems.ShouldHaveSingleItem().Code.ShouldBe("bar_time_ambiguous");
    }

    [Theory]
    [InlineData("1740967200000")]
    [InlineData("1740967200")]
    [InlineData("1740967200000000")]
    [InlineData("1740967200000000000")]
    [InlineData("2025-03-03T02:00:00Z")]
    [InlineData("2025-03-03T10:00:00+08:00")]
    [InlineData("2025/3/3 02:00:00")]
    [InlineData("20250303 02:00")]
    [InlineData("202503030200")]
    [InlineData("20250303020000")]
    public void Import_OfAnyUsualTime_ReadsTheSameInstant(string time) =>
        Imported(Request(), Header, time + ",1,1,1,1,1").Bars.ShouldNotBeNull().Starts.Span[0].ShouldBe(At("2025-03-03T02:00:00"));

    [Fact]
    public void Import_OfTimesWithTheirZone_TakesItWhateverTheFilesZoneIs()
    {
        var mapping = BarFormats.Named(BarStamp.Start) with { TimeFormat = new("dd/MM/yyyy HH:mm zzz"), Zone = BarFormats.Beijing };

        var result = Imported(Request() with { Mapping = mapping }, Header, "03/03/2025 03:00 +01:00,1,1,1,1,1");

        result.Bars.ShouldNotBeNull().Starts.Span[0].ShouldBe(At("2025-03-03T02:00:00"));
    }

    /// <summary>Binance's spot files: microseconds since 2025, sometimes a header.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Import_OfBinanceKlines_TakesTwelveColumnsWithOrWithoutAHeader(bool hasHeader)
    {
        string[] header = hasHeader ? ["open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore"] : [];
        var request = Request(symbol: "BINANCE.BTCUSDT") with { PriceTick = 0.1m, Mapping = BarFormats.Binance };

        var result = Imported(
            request,
            [.. header, "1740967200000,85000.1,85010,84990,85005.5,12.345,1740967259999,1,2,3,4,0", "1740967260000000,85005.5,85005.5,85005.5,85005.5,0,1740967319999999,1,2,3,4,0"]);

        var bars = result.Bars.ShouldNotBeNull();
        bars.Starts.ToArray().ShouldBe([At("2025-03-03T02:00:00"), At("2025-03-03T02:01:00")]);
        (bars[0].Open, bars[0].Close, bars[0].Volume).ShouldBe((850_001, 850_055, 12.345));
    }

    [Fact]
    public void Import_OfLeanMinutes_NeedsTheDay()
    {
        var mapping = BarFormats.Lean(Minute.Timeframe, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), BarFormats.LeanStockScale);
        var request = Request() with { Mapping = mapping };
        string[] lines = ["34200000,6455700,6455700,922300,924200,600"];

        Imported(request, lines).Problems.ShouldHaveSingleItem().Code.ShouldBe("bars_no_day");
        var bar = Imported(request, new(2014, 6, 9), lines).Bars.ShouldNotBeNull()[0];

        (bar.Start, bar.Open, bar.Low).ShouldBe((At("2014-06-09T13:30:00"), 64_557, 9223));
    }

    /// <summary>Bars of an hour by their end: the session's end, its break and the night cut them short.</summary>
    [Fact]
    public void Import_OfHoursByTheirEnd_FitsThemIntoTheSessions()
    {
        var request = Request("1h", "CZCE.TA2505") with { Sessions = Ta, Mapping = Beijing(BarStamp.End), PriceTick = 2 };

        var bars = Imported(request, Header, "2025-02-28 22:00,2,2,2,2,1", "2025-02-28 23:00,2,2,2,2,1", "2025-03-03 10:00,2,2,2,2,1", "2025-03-03 10:15,2,2,2,2,1", "2025-03-03 11:30,2,2,2,2,1").Bars.ShouldNotBeNull();

        bars.Bars().Select(bar => (Local(bar.Start), Local(bar.End))).ShouldBe(
            [("28 21:00", "28 22:00"), ("28 22:00", "28 23:00"), ("03 09:00", "03 10:00"), ("03 10:00", "03 10:15"), ("03 10:30", "03 11:30")]);
        bars.TradingDays.ToArray().ShouldAllBe(day => day == new DateOnly(2025, 3, 3).DayNumber);
    }

    [Fact]
    public void Import_OfHoursByTheirStart_FitsThemIntoTheSessions()
    {
        var request = Request("1h", "CZCE.TA2505") with { Sessions = Ta, Mapping = Beijing(BarStamp.Start), PriceTick = 2 };

        var bars = Imported(request, Header, "2025-03-03 09:00,2,2,2,2,1", "2025-03-03 10:00,2,2,2,2,1", "2025-03-03 10:30,2,2,2,2,1", "2025-03-03 11:00,2,2,2,2,1", "2025-03-03 13:30,2,2,2,2,1").Bars.ShouldNotBeNull();

        bars.Bars().Select(bar => Local(bar.End)).ShouldBe(["03 10:00", "03 10:15", "03 11:00", "03 11:30", "03 14:30"]);
    }

    [Fact]
    public void Import_OfDays_SpansTheNightBeforeThem()
    {
        var request = Request("1d", "CZCE.TA2505") with { Sessions = Ta, Mapping = Beijing(BarStamp.Start), PriceTick = 2 };

        var bar = Imported(request, Header, "2025-03-03,2,2,2,2,1").Bars.ShouldNotBeNull()[0];

        (Local(bar.Start), Local(bar.End)).ShouldBe(("28 21:00", "03 15:00"));
    }

    private static SessionPlan Ta { get; } = ContractCatalog.FromReferenceData(KnownCalendar).Products.Single(p => p is { Exchange: "CZCE", Code: "TA" }).Sessions;

    private static BarCsvMapping Beijing(BarStamp stamp) => BarFormats.Named(stamp) with { Zone = BarFormats.Beijing };

    private static string Local(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).ToOffset(TimeSpan.FromHours(8)).ToString("dd HH:mm", CultureInfo.InvariantCulture);

    private static BarImportRequest Request(string timeframe = "1m", string symbol = "US.AAPL") =>
        new(Key(symbol, timeframe), 0.01m, null, BarFormats.Named(BarStamp.Start), SkipBadLines: false);
}
