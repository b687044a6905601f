using QuantDash.Core.Markets;

namespace QuantDash.Tests.Core.Markets;

public sealed class TickCsvTests
{
    private const string Wondertrader =
        "exchg,code,trading_date,action_date,action_time,price,open,high,low,total_volume,volume,total_turnover,turn_over,open_interest,diff_interest,upper_limit,lower_limit,pre_close,pre_settle,pre_interest,bid1,bidv1,ask1,askv1";

    private const string Ours = "symbol,timestamp,last_price,volume,bid_price,bid_volume";

    [Fact]
    public void Read_WondertraderLine_GivesTheWholeTick()
    {
        const string Line = "CFFEX,IF2101,20210104,20210104,92900400,5230.0,5230.0,5230.0,5230.0,240,240,376560000.0,376560000.0,90767,-59,5737.8,4694.6,5227.0,5216.2,90826,5230.0,1,5230.8,2";

        Csv(Wondertrader).Read(Line, out var row).ShouldBeEmpty();

        row.Symbol.ShouldBe("CFFEX.IF2101");
        row.Tick.ShouldBe(new RawTick
        {
            Timestamp = new(2021, 1, 4, 1, 29, 0, 400, TimeSpan.Zero), LastPrice = 5230, Volume = 240, Turnover = 376_560_000, OpenInterest = 90_767,
            BidPrice = 5230, BidVolume = 1, AskPrice = 5230.8, AskVolume = 2, OpenPrice = 5230, HighPrice = 5230, LowPrice = 5230,
            PreSettlement = 5216.2, UpperLimit = 5737.8, LowerLimit = 4694.6,
        });
    }

    [Theory]
    [InlineData("145959900", 6, 59, 59, 900)]
    [InlineData("92900400", 1, 29, 0, 400)]
    [InlineData("500", 16, 0, 0, 500)] // 00:00:00.500 in Beijing is the evening before in UTC
    public void Read_ActionTime_MayLackItsLeadingZeros(string time, int hour, int minute, int second, int millisecond)
    {
        Csv("exchg,code,action_date,action_time,price").Read($"CFFEX,IF2101,20210104,{time},5230", out var row).ShouldBeEmpty();
        row.Tick.Timestamp.TimeOfDay.ShouldBe(new TimeSpan(0, hour, minute, second, millisecond));
    }

    [Theory]
    [InlineData("2025-03-03T04:00:00Z")]
    [InlineData("2025-03-03T12:00:00.000+08:00")]
    [InlineData("\"2025-03-03 12:00:00+08:00\"")]
    [InlineData("1740974400000")]
    public void Read_OurLine_TakesTimesWithTheirZone(string time)
    {
        Csv(Ours).Read($"TA505,{time},5400,100,,", out var row).ShouldBeEmpty();

        row.Symbol.ShouldBe("TA505");
        row.Tick.ShouldBe(new RawTick { Timestamp = MarketSamples.Noon, LastPrice = 5400, Volume = 100 });
    }

    [Fact]
    public void Read_MarkPrice_IsPartOfTheTick()
    {
        Csv("timestamp,last_price,mark_price").Read("1740974400000,5400,5401.25", out var row).ShouldBeEmpty();
        row.Tick.MarkPrice.ShouldBe(5401.25);
    }

    [Fact]
    public void Read_OurFileWithoutSymbol_LeavesItToTheCaller()
    {
        Csv("last_price,timestamp").Read("5400,1740974400000", out var row).ShouldBeEmpty();
        row.Symbol.ShouldBeNull();
    }

    [Theory]
    [InlineData("TA505,2025-03-03T04:00:00Z,5400,100,", "line csv_columns")]
    [InlineData("TA505,2025-03-03T04:00:00Z,5400,100,1,2,3", "line csv_columns")]
    [InlineData("TA505,2025-03-03T04:00:00Z,,100,,", "last_price required")]
    [InlineData("TA505,,5400,100,,", "timestamp required")]
    [InlineData("TA505,2025-03-03T04:00:00,5400,100,,", "timestamp csv_not_a_time")]
    [InlineData("TA505,2025-03-03,5400,100,,", "timestamp csv_not_a_time")]
    [InlineData("TA505,yesterday,54o0,1OO,x,", "timestamp csv_not_a_time|last_price csv_not_a_number|volume csv_not_a_number|bid_price csv_not_a_number")]
    [InlineData("TA505,999999999999999,5400,100,,", "timestamp csv_not_a_time")]
    public void Read_BrokenLine_NamesEveryWrongColumn(string line, string expected) =>
        string.Join('|', Csv(Ours).Read(line, out _).Select(p => $"{p.Field} {p.Code}")).ShouldBe(expected);

    [Theory]
    [InlineData("20210104,246000000")]
    [InlineData("20210104,96000000")]
    [InlineData("20210104,1234567890")]
    [InlineData("20210104,-1")]
    [InlineData("20211304,92900400")]
    [InlineData("2021-01-04,92900400")]
    [InlineData(",")]
    public void Read_BrokenWondertraderTime_IsRefused(string time) =>
        Csv("exchg,code,action_date,action_time,price").Read($"CFFEX,IF2101,{time},5230", out _).ShouldNotBeEmpty();

    [Fact]
    public void Read_NotANumber_IsLeftToTheGate()
    {
        Csv(Ours).Read("TA505,1740974400000,NaN,100,,", out var row).ShouldBeEmpty();
        row.Tick.LastPrice.ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("a,b,c", "csv_unknown_header")]
    [InlineData("", "csv_unknown_header")]
    [InlineData("symbol,timestamp", "csv_unknown_header")]
    [InlineData("symbol,timestamp,last_price,symbol", "csv_duplicate_column")]
    public void ForHeader_Unknown_SaysSo(string header, string code) => TickCsv.ForHeader(header).Problems.ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void ForHeader_ByteOrderMark_IsIgnored() => TickCsv.ForHeader("\uFEFF" + Ours).Succeeded.ShouldBeTrue();

    private static TickCsv Csv(string header) => TickCsv.ForHeader(header).Value;
}
