using System.Globalization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Cli;
using QuantDash.Web.Features.Backtests;
using QuantDash.Web.Problems;

namespace QuantDash.Tests.Web.Cli;

public sealed class BacktestFileTests
{
    private const string Header = "timestamp,open,high,low,close,volume\n";

    [Theory]
    [InlineData("2024-01-02T09:30:00Z,10,11,9,10,5\n2024-01-02T09:30:00Z,10,11,9,10,5\n", "line 3: timestamp 2024-01-02T09:30:00Z is not after the one before it")]
    [InlineData("2024-01-02T09:30:00Z,10,9,11,10,5\n", "line 2: high is below low")]
    [InlineData("2024-01-02T09:30:00Z,12,11,9,10,5\n", "line 2: open lies outside low and high")]
    [InlineData("2024-01-02T09:30:00Z,10,11,9,8,5\n", "line 2: close lies outside low and high")]
    [InlineData("2024-01-02T09:30:00Z,10,11,0,10,5\n", "line 2: a price is not above zero")]
    [InlineData("2024-01-02T09:30:00Z,10,11,9,10,-5\n", "line 2: volume is below zero")]
    [InlineData("2024-01-02T09:30:00Z,10,NaN,9,10,5\n", "line 2: high 'NaN' is no number")]
    [InlineData("2024-01-02T09:30:00Z,10,11\n", "line 2: 3 cells")]
    [InlineData("yesterday,10,11,9,10,5\n", "line 2: timestamp 'yesterday' is no time")]
    [InlineData("03/04/2024,10,11,9,10,5\n", "line 2: timestamp '03/04/2024' is no time")]
    [InlineData("", "the file holds no bars")]
    public void Read_OfAWrongRow_NamesItsLine(string rows, string expected)
    {
        using var reader = new StringReader(Header + rows);

        BacktestFile.Read(reader).Mistakes.ShouldHaveSingleItem().ShouldBe(expected);
    }

    [Fact]
    public void Read_WithoutAColumn_NamesIt()
    {
        using var reader = new StringReader("timestamp,open,high,low,volume\n");

        BacktestFile.Read(reader).Mistakes.ShouldHaveSingleItem().ShouldContain("the columns close are missing");
    }

    [Theory]
    [InlineData("2024-01-02T09:30:00Z")]
    [InlineData("2024-01-02T17:30:00+08:00")]
    [InlineData("2024-01-02 09:30:00")]
    [InlineData("1704187800")]
    [InlineData("1704187800000")]
    public void Read_OfAnyWayToWriteATime_GivesTheInstant(string time)
    {
        using var reader = new StringReader($"volume,close,low,high,open,timestamp,more\n5,10.25,9,11,10,{time},x\n");

        var file = BacktestFile.Read(reader);

        (file.Rows.ShouldHaveSingleItem(), file.Decimals).ShouldBe((new BacktestRow(2, new(2024, 1, 2, 9, 30, 0, TimeSpan.Zero), 10, 11, 9, 10.25m, 5), 2));
    }

    [Theory]
    [InlineData("20240301", "2024-03-01")]
    [InlineData("2024-03-01", "2024-03-01")]
    [InlineData("2024-03-01T00:00:00+08:00", "2024-03-01")]
    public void Columns_OfDailyBars_CountForTheDateAsWritten(string time, string expected)
    {
        var calendar = TradingCalendar.FromReferenceData();
        var rebar = ContractCatalog.FromReferenceData(calendar).Find(Symbol.ParseCanonical("SHFE.rb2405"), new(2024, 3, 1))!;
        using var reader = new StringReader(Header + $"{time},3800,3801,3799,3800,5\n");

        var columns = BacktestFile.Read(reader).ToColumns(rebar, calendar, timesAreEnds: false);

        (DateOnly.FromDayNumber(columns.TradingDays.Span[0]), columns.Key.Timeframe).ShouldBe((DateOnly.ParseExact(expected, "yyyy-MM-dd"), Timeframe.Day));
    }

    /// <summary>The bar that ends at the bell belongs to the day that has just been traded, whichever end of a bar its time is; the night session to the next.</summary>
    [Theory]
    [InlineData(true, "2024-03-01T06:55:00Z,2024-03-01T07:00:00Z", "2024-03-01")]
    [InlineData(false, "2024-03-01T06:50:00Z,2024-03-01T06:55:00Z", "2024-03-01")]
    [InlineData(false, "2024-03-01T06:55:00Z,2024-03-01T07:00:00Z", "2024-03-01")]
    [InlineData(false, "2024-03-01T13:00:00Z,2024-03-01T13:05:00Z", "2024-03-04")]
    [InlineData(true, "2024-03-01T13:05:00Z,2024-03-01T13:10:00Z", "2024-03-04")]
    public void Columns_OfAFuture_CountForItsTradingDays(bool timesAreEnds, string times, string expected)
    {
        var calendar = TradingCalendar.FromReferenceData();
        var rebar = ContractCatalog.FromReferenceData(calendar).Find(Symbol.ParseCanonical("SHFE.rb2405"), new(2024, 3, 1))!;
        using var reader = new StringReader(Header + string.Concat(times.Split(',').Select(time => $"{time},3800,3801,3799,3800,5\n")));

        var columns = BacktestFile.Read(reader).ToColumns(rebar, calendar, timesAreEnds);

        columns.TradingDays.ToArray().Select(DateOnly.FromDayNumber).Distinct().ShouldHaveSingleItem().ShouldBe(DateOnly.ParseExact(expected, "yyyy-MM-dd"));
        (columns.Key.Timeframe, columns.Ends.Span[0] - columns.Starts.Span[0]).ShouldBe((Timeframe.Minutes(5), 300_000));
    }

    [Fact]
    public void Funding_OfRows_IsReadWithItsTimes()
    {
        using var reader = new StringReader("timestamp,rate\n2024-01-01T00:00:00Z,0.0001\n1704096000,-0.00025\n");

        var rates = FundingFile.Read(reader).Value;

        var midnight = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        rates.ShouldBe([new FundingRate(midnight, 0.0001m), new FundingRate(midnight.AddHours(8), -0.00025m)]);
    }

    [Theory]
    [InlineData("time,rate\n", "A funding file begins with the line timestamp,rate.")]
    [InlineData("timestamp,rate\n2024-01-01T00:00:00Z,1\n", "line 2: rate '1' is no number from -0.1 to 0.1")]
    [InlineData("timestamp,rate\n2024-01-01T00:00:00Z,0.1\n2024-01-01T00:00:00Z,0.1\n", "line 3: timestamp 2024-01-01T00:00:00Z is not after the one before it")]
    public void Funding_OfAWrongRow_NamesItsLine(string text, string expected)
    {
        using var reader = new StringReader(text);

        ProblemSentences.Write(FundingFile.Read(reader).Problems.ShouldHaveSingleItem(), CultureInfo.GetCultureInfo("en")).ShouldBe(expected);
    }
}
