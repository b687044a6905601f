using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Instruments.InstrumentSamples;

namespace QuantDash.Tests.Core.Instruments;

public sealed class SymbolParserTests
{
    [Theory]
    [InlineData("CZCE.TA2505", "CZCE.TA2505")]
    [InlineData("CZCE.TA505", "CZCE.TA2505")]
    [InlineData("TA505", "CZCE.TA2505")]
    [InlineData("ta2505", "CZCE.TA2505")]
    [InlineData("TA505.ZCE", "CZCE.TA2505")]
    [InlineData("au2509", "SHFE.au2509")]
    [InlineData("SHFE.AU2509", "SHFE.au2509")]
    [InlineData(" AU2509.SHF ", "SHFE.au2509")]
    [InlineData("sc2109.INE", "INE.sc2109")]
    [InlineData("IF2101", "CFFEX.IF2101")]
    [InlineData("cffex.if2101", "CFFEX.IF2101")]
    [InlineData("IF2101.CFX", "CFFEX.IF2101")]
    [InlineData("V2505.DCE", "DCE.v2505")]
    [InlineData("si2301.GFE", "GFEX.si2301")]
    [InlineData("SI2301.GFEX", "GFEX.si2301")]
    [InlineData("T2503", "CFFEX.T2503")]
    [InlineData("09988.HK", "HK.09988")]
    [InlineData("9988.HK", "HK.09988")]
    [InlineData("HK.700", "HK.00700")]
    [InlineData("AAPL.US", "US.AAPL")]
    [InlineData("us.aapl", "US.AAPL")]
    [InlineData("BINANCE.btcusdt", "BINANCE.BTCUSDT")]
    public void Parse_OfASpelling_IsTheCanonicalSymbol(string text, string canonical)
        => Catalog.Spellings.Parse(text, Day("2025-01-02")).Value.ToString().ShouldBe(canonical);

    [Theory]
    [InlineData("", "invalid_symbol")]
    [InlineData(".", "invalid_symbol")]
    [InlineData("SHFE", "invalid_symbol")]
    [InlineData("SHFE.", "invalid_symbol")]
    [InlineData("2509", "invalid_symbol")]
    [InlineData("au2513", "invalid_symbol")]
    [InlineData("au2500", "invalid_symbol")]
    [InlineData("au509", "invalid_symbol")] // a digit forgotten must not find another contract
    [InlineData("au25099", "invalid_symbol")]
    [InlineData("au２５０９", "invalid_symbol")]
    [InlineData("TA2505; DROP TABLE", "invalid_symbol")]
    [InlineData("L2602F", "invalid_symbol")] // monthly-average futures are products of their own
    [InlineData("NYMEX.CL2509", "invalid_symbol")]
    [InlineData("SHFE.au.2509", "invalid_symbol")]
    [InlineData("HK.123456", "invalid_symbol")]
    [InlineData("US.BRK/B", "invalid_symbol")]
    [InlineData("BTCUSDT", "invalid_symbol")]
    [InlineData("qq2509", "unknown_symbol")]
    [InlineData("CZCE.au2509", "unknown_symbol")]
    [InlineData("DCE.TA2505", "unknown_symbol")]
    public void Parse_OfAnythingElse_SaysWhatIsWrong(string text, string code)
    {
        var problem = Catalog.Spellings.Parse(text, Day("2025-01-02"), "positions[2].symbol").Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Code, problem.Values.Single()).ShouldBe(("positions[2].symbol", code, text));
    }

    [Theory]
    [InlineData("2014-12-01", "CZCE.CF1501")]
    [InlineData("2019-12-31", "CZCE.CF1501")]
    [InlineData("2020-02-01", "CZCE.CF2501")]
    [InlineData("2025-06-01", "CZCE.CF2501")] // expired, and still the nearest
    [InlineData("2030-01-15", "CZCE.CF2501")] // as far as 2035-01: what was listed wins
    [InlineData("2030-02-15", "CZCE.CF3501")]
    public void Parse_OfThreeDigits_TakesTheNearestDecade(string asOf, string canonical)
        => Catalog.Spellings.Parse("CF501", Day(asOf)).Value.ToString().ShouldBe(canonical);

    [Fact]
    public void Parse_OfACodeOfTwoExchanges_AsksForTheExchangeUnlessTheCaseTells()
    {
        var parser = new SymbolParser([Product("DCE", "xy"), Product("CZCE", "XY")]);
        parser.Parse("Xy2509", Day("2025-01-02")).Problems.Single().Code.ShouldBe("ambiguous");
        parser.Parse("xy2509", Day("2025-01-02")).Value.ToString().ShouldBe("DCE.xy2509");
        parser.Parse("CZCE.xy2509", Day("2025-01-02")).Value.ToString().ShouldBe("CZCE.XY2509");

        static Product Product(string exchange, string code) => Contract("SHFE.au2509").Product with { Exchange = exchange, Code = code };
    }

    [Theory]
    [InlineData("CZCE.TA2505", "TA505")]
    [InlineData("SHFE.au2509", "au2509")]
    [InlineData("CFFEX.IF2101", "IF2101")]
    [InlineData("BINANCE.BTCUSDT", "BTCUSDT")]
    public void ToExchangeCode_OfASymbol_IsCtpsId(string symbol, string code)
        => SymbolParser.ToExchangeCode(Symbol.ParseCanonical(symbol)).ShouldBe(code);
}
