using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Instruments.InstrumentSamples;

namespace QuantDash.Tests.Core.Instruments;

public sealed class ContractCatalogTests
{
    [Fact]
    public void Products_OfTheReferenceData_AreTheSixExchangesThePerpetualsAndShares()
    {
        Catalog.Products.Count(product => product.Class == AssetClass.Future).ShouldBe(88);
        Catalog.Products.Select(product => product.Exchange).Distinct().ShouldBe(["SHFE", "INE", "DCE", "CZCE", "GFEX", "CFFEX", "BINANCE", "HK", "US"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("CZCE.TA2505", 5, 2, 0.09)]
    [InlineData("DCE.v2505", 5, 1, 0.07)]
    [InlineData("SHFE.au2509", 1000, 0.02, 0.17)]
    [InlineData("CFFEX.IF2503", 300, 0.2, 0.12)]
    [InlineData("CFFEX.TL2506", 10000, 0.01, 0.035)]
    public void Find_OfAContract_HasItsFacts(string symbol, int multiplier, double tick, double margin)
    {
        var contract = Contract(symbol);
        (contract.Multiplier, contract.PriceTick, contract.Currency, contract.VolumeStep).ShouldBe((multiplier, (decimal)tick, Currency.Cny, 1m));
        Catalog.TermsOn(contract, Day("2025-01-02")).LongMargin.ShouldBe(new Ratio((decimal)margin));
    }

    [Fact]
    public void Find_Twice_IsTheSameInstance()
        => Contract("SHFE.au2509", "2025-01-02").ShouldBeSameAs(Contract("SHFE.au2509", "2025-08-02"));

    [Theory]
    [InlineData("SHFE", "xx2509")]
    [InlineData("SHFE", "AU2509")]
    [InlineData("CZCE", "TA505")]
    [InlineData("HK", "09999")]
    [InlineData("SHFE", "au2513")]
    public void Find_OfWhatIsNotThere_IsNull(string exchange, string code)
        => Catalog.Find(Symbol.Create(exchange, code), Day("2025-01-02")).ShouldBeNull();

    [Theory]
    [InlineData("TA505")]
    [InlineData("czce.ta2505")]
    public void Resolve_OfASpelling_IsTheContract(string text)
        => Catalog.Resolve(text, Day("2025-01-02")).Value.ShouldBeSameAs(Contract("CZCE.TA2505"));

    [Theory]
    [InlineData("09999.HK", "unknown_symbol")]
    [InlineData("BINANCE.NOUSDT", "unknown_symbol")]
    [InlineData("DCE.TA2505", "unknown_symbol")]
    [InlineData("au25", "invalid_symbol")]
    public void Resolve_OfNoContract_NamesTheFieldAndTheText(string text, string code)
        => Catalog.Resolve(text, Day("2025-01-02"), "rule.symbol").Problems.Single().ShouldSatisfyAllConditions(
            problem => problem.Field.ShouldBe("rule.symbol"), problem => problem.Code.ShouldBe(code), problem => problem.Values.ShouldBe([text]));

    /// <summary>DOMAIN.md 4: each leg is charged by itself at the latest price, makers pay less, it trades every day and never expires.</summary>
    [Fact]
    public void Resolve_OfAPerpetual_IsItsOnlyContract()
    {
        var btc = Catalog.Resolve("binance.btcusdt", Day("2026-11-21")).Value;
        (btc.Symbol.ToString(), btc.PriceTick, btc.VolumeStep, btc.Currency, btc.LastTradingDay).ShouldBe(("BINANCE.BTCUSDT", 0.1m, 0.001m, Currency.Usdt, null));
        var terms = Catalog.TermsOn(btc, Day("2026-11-21"));
        (terms.SingleSide, terms.MarginPrice, terms.LongMargin.Value, terms.Fees.Maker?.Value, terms.Fees.Open.Value).ShouldBe((SingleSideMargin.Never, MarginPrice.Latest, 0.05m, 0.0002m, 0.0005m));
        InstrumentSamples.Calendar.WindowAt(btc, Beijing("2026-11-21"), sessionsAlways: false).Phase.ShouldBe(SessionPhase.Continuous, "a Saturday");
    }

    [Theory]
    [InlineData("DCE.v2201", "2021-10-29", 5)]
    [InlineData("DCE.v2201", "2021-11-01", 1)]
    [InlineData("INE.ec2606", "2026-05-08", 0.1)]
    [InlineData("INE.ec2606", "2026-05-11", 0.5)]
    [InlineData("GFEX.lc2501", "2024-12-17", 50)]
    [InlineData("GFEX.lc2501", "2024-12-18", 20)]
    [InlineData("CFFEX.TS2309", "2023-08-01", 0.005)]
    [InlineData("CFFEX.TS2312", "2023-08-01", 0.002)]
    public void Find_AroundAChangeOfTheTick_HasTheTickOfTheDay(string symbol, string asOf, double tick)
    {
        Contract(symbol, asOf).PriceTick.ShouldBe((decimal)tick);
        Catalog.TermsOn(Contract(symbol, asOf), Day(asOf)).PriceTick.ShouldBe((decimal)tick);
    }

    [Theory]
    [InlineData("SHFE.au2510", true, SingleSideMargin.RealTime, "SHFE.au")]
    [InlineData("INE.sc2510", true, SingleSideMargin.RealTime, "INE.sc")]
    [InlineData("CFFEX.IF2512", false, SingleSideMargin.RealTime, "CFFEX.index")]
    [InlineData("CFFEX.IM2512", false, SingleSideMargin.RealTime, "CFFEX.index")]
    [InlineData("CFFEX.TL2512", false, SingleSideMargin.RealTime, "CFFEX.bond")]
    [InlineData("DCE.v2509", false, SingleSideMargin.AtSettlement, "DCE.v")]
    [InlineData("CZCE.TA2509", false, SingleSideMargin.AtSettlement, "CZCE.TA")]
    [InlineData("GFEX.si2509", false, SingleSideMargin.AtSettlement, "GFEX.si")]
    public void Terms_OfEachExchange_SayHowLegsAreClosedAndCharged(string symbol, bool distinguishesToday, SingleSideMargin singleSide, string group)
    {
        var terms = Catalog.TermsOn(Contract(symbol), Day("2025-01-02"));
        (terms.DistinguishesToday, terms.SingleSide, terms.MarginGroup).ShouldBe((distinguishesToday, singleSide, group));
    }

    /// <summary>DOMAIN.md 2.2: 10 % from the 15th trading day of the month before, 20 % from the first of the delivery month; never below the ordinary one.</summary>
    [Theory]
    [InlineData("DCE.m2505", "2025-04-21", 0.07)]
    [InlineData("DCE.m2505", "2025-04-22", 0.10)]
    [InlineData("DCE.m2505", "2025-04-30", 0.10)]
    [InlineData("DCE.m2505", "2025-05-06", 0.20)]
    [InlineData("DCE.m2505", "2025-05-20", 0.07)] // played on beyond its last trading day
    [InlineData("DCE.v2505", "2025-04-30", 0.07)]
    [InlineData("DCE.v2505", "2025-05-06", 0.20)]
    [InlineData("DCE.jm2505", "2025-04-30", 0.12)]
    [InlineData("SHFE.au2510", "2025-10-09", 0.20)]
    [InlineData("CFFEX.TL2503", "2025-02-26", 0.035)]
    [InlineData("CFFEX.TL2503", "2025-02-27", 0.05)]
    public void TermsOn_TowardsDelivery_RaiseTheMargin(string symbol, string day, double margin)
    {
        var terms = Catalog.TermsOn(Contract(symbol), Day(day));
        (terms.LongMargin, terms.ShortMargin).ShouldBe((new Ratio((decimal)margin), new Ratio((decimal)margin)));
    }

    /// <summary>au2510 trades until 2025-10-15; the fifth trading day before it is 2025-09-30 (then 10-09, 10, 13, 14).</summary>
    [Theory]
    [InlineData("2025-09-30", SingleSideMargin.RealTime)]
    [InlineData("2025-10-09", SingleSideMargin.Never)]
    [InlineData("2025-10-15", SingleSideMargin.Never)]
    [InlineData("2025-10-16", SingleSideMargin.RealTime)]
    public void TermsOn_BeforeTheLastTradingDayOfAShfeContract_EndSingleSideMargin(string day, SingleSideMargin expected)
        => Catalog.TermsOn(Contract("SHFE.au2510"), Day(day)).SingleSide.ShouldBe(expected);

    [Fact]
    public void TermsOn_OfAContractFromElsewhere_AreItsProductsTerms()
    {
        var foreign = Contract("SHFE.au2510") with { Symbol = Symbol.Create("TEST", "X1") };
        Catalog.TermsOn(foreign, Day("2025-10-15")).ShouldBeSameAs(foreign.Product.Terms[0]);
    }

    [Theory]
    [InlineData("CFFEX.IF2101", "2021-01-15")]
    [InlineData("CFFEX.IF2602", "2026-02-24")] // the third Friday is a holiday
    [InlineData("CFFEX.T2503", "2025-03-14")]
    [InlineData("SHFE.au2402", "2024-02-19")] // the 15th is a holiday
    [InlineData("SHFE.cu2506", "2025-06-16")] // the 15th is a Sunday
    [InlineData("INE.sc2109", "2021-08-31")]
    [InlineData("SHFE.fu2511", "2025-10-31")]
    [InlineData("CZCE.TA2505", "2025-05-19")]
    [InlineData("CZCE.ZC2505", "2025-05-12")]
    [InlineData("DCE.jd2505", "2025-05-27")]
    [InlineData("INE.ec2408", "2024-08-26")]
    [InlineData("INE.ec2502", "2025-02-24")]
    [InlineData("INE.ec2504", "2025-04-28")]
    [InlineData("INE.ec2506", "2025-06-30")]
    public void LastTradingDay_OfAContract_FollowsItsProductsRule(string symbol, string day)
    {
        var contract = Contract(symbol);
        contract.LastTradingDay.ShouldBe(Day(day));
        contract.IsExpiredOn(Day(day)).ShouldBeFalse();
        contract.IsExpiredOn(Day(day).AddDays(1)).ShouldBeTrue();
    }

    /// <summary>A looked-up contract costs nothing, so that the tick path may look it up.</summary>
    [Fact]
    public void Find_OfAKnownContract_AllocatesNothing()
    {
        var symbol = Contract("SHFE.au2509").Symbol;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Catalog.Find(symbol, Day2025);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static readonly DateOnly Day2025 = new(2025, 1, 2);
}
