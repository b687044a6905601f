using QuantDash.Core.Instruments;
using static QuantDash.Tests.Core.Instruments.InstrumentSamples;

namespace QuantDash.Tests.Core.Instruments;

/// <summary>DOMAIN.md 3: shares of Hong Kong and New York, their sessions, feasts, lots, steps and fees.</summary>
public sealed class StockReferenceTests
{
    [Theory]
    [InlineData("9988.HK", "HK.09988", 100, "HKD")]
    [InlineData("09988.HK", "HK.09988", 100, "HKD")]
    [InlineData("3690.HK", "HK.03690", 100, "HKD")]
    [InlineData("AAPL.US", "US.AAPL", 1, "USD")]
    [InlineData("US.MSFT", "US.MSFT", 1, "USD")]
    public void Resolve_OfTheSeedsWatchList_IsTheShare(string text, string symbol, int lot, string currency)
    {
        var contract = Catalog.Resolve(text, Day("2026-11-20")).Value;

        (contract.Symbol.ToString(), contract.VolumeStep, contract.Currency.Code, contract.Product.HoldsBothSides, contract.LastTradingDay).ShouldBe((symbol, lot, currency, false, null));
    }

    [Theory]
    [InlineData("HK.09988", "2026-11-20T09:15+08:00", SessionPhase.Auction, "2026-11-20")]
    [InlineData("HK.09988", "2026-11-20T09:30+08:00", SessionPhase.Continuous, "2026-11-20")]
    [InlineData("HK.09988", "2026-11-20T12:30+08:00", SessionPhase.Closed, "2026-11-20")]
    [InlineData("HK.09988", "2026-11-20T15:59+08:00", SessionPhase.Continuous, "2026-11-20")]
    [InlineData("HK.09988", "2026-11-20T16:05+08:00", SessionPhase.Auction, "2026-11-20")]
    [InlineData("HK.09988", "2026-11-20T16:10+08:00", SessionPhase.Closed, "2026-11-23")]
    [InlineData("HK.09988", "2026-10-02T10:00+08:00", SessionPhase.Continuous, "2026-10-02")] // mainland's golden week: Hong Kong trades
    [InlineData("HK.09988", "2026-12-25T10:00+08:00", SessionPhase.Closed, "2026-12-28")]
    [InlineData("HK.09988", "2026-12-24T11:59+08:00", SessionPhase.Continuous, "2026-12-24")]
    [InlineData("HK.09988", "2026-12-24T14:00+08:00", SessionPhase.Closed, "2026-12-28")]
    [InlineData("US.AAPL", "2026-11-20T14:29:59Z", SessionPhase.Closed, "2026-11-20")]
    [InlineData("US.AAPL", "2026-11-20T14:30Z", SessionPhase.Continuous, "2026-11-20")] // winter
    [InlineData("US.AAPL", "2026-07-10T13:30Z", SessionPhase.Continuous, "2026-07-10")] // summer
    [InlineData("US.AAPL", "2026-07-10T20:00Z", SessionPhase.Closed, "2026-07-13")]
    [InlineData("US.AAPL", "2026-11-26T15:00Z", SessionPhase.Closed, "2026-11-27")]
    [InlineData("US.AAPL", "2026-11-27T17:59Z", SessionPhase.Continuous, "2026-11-27")]
    [InlineData("US.AAPL", "2026-11-27T18:00Z", SessionPhase.Closed, "2026-11-30")] // the day after Thanksgiving ends at 13:00
    public void Window_OfAShare_IsItsOwnMarkets(string symbol, string at, SessionPhase phase, string tradingDay)
    {
        var window = Calendar.WindowAt(Contract(symbol), DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

        (window.Phase, window.TradingDay).ShouldBe((phase, Day(tradingDay)));
    }

    [Fact]
    public void Fees_OfAHundredThousandHongKongDollars_AreThoseOfTheExchange()
    {
        var fees = Contract("HK.00700").Product.TermsOn(Day("2026-11-20")).Fees;

        (fees.Open.Value * 100_000m, fees.Close.Value * 100_000m).ShouldBe((112.70m, 112.70m));
    }

    [Theory]
    [InlineData("2026-04-03", "0")]
    [InlineData("2026-04-06", "20.60")]
    public void Fees_OfAMillionDollarsSold_FollowTheDate(string day, string fee)
    {
        var fees = Contract("US.AAPL").Product.TermsOn(Day(day)).Fees;

        (fees.Open.Value, fees.Close.Value * 1_000_000m).ShouldBe((0m, decimal.Parse(fee, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(0.25, 0.001)]
    [InlineData(0.255, 0.005)]
    [InlineData(20, 0.01)]
    [InlineData(20.02, 0.02)]
    [InlineData(100, 0.05)]
    [InlineData(100.1, 0.1)]
    [InlineData(612.5, 0.5)]
    [InlineData(9_995, 5)]
    public void Steps_OfHongKong_GrowWithThePrice(double price, double step)
    {
        var steps = Contract("HK.00700").Product.PriceSteps!;

        steps.At((decimal)price).ShouldBe((decimal)step);
        steps.Holds((decimal)price).ShouldBeTrue();
    }

    [Fact]
    public void Steps_OfAPriceBetweenTwo_RoundToEitherSide()
    {
        var steps = Contract("HK.00700").Product.PriceSteps!;

        (steps.AtOrBelow(612.37m), steps.AtOrAbove(612.37m), steps.Holds(612.37m), steps.AtOrBelow(0.0004m)).ShouldBe((612m, 612.5m, false, 0.001m));
    }

    [Fact]
    public void List_OfOnesOwn_AddsAndReplaces()
    {
        var catalog = Catalog.WithStocks("mine.csv", "exchange,code,name_zh,name_en,lot,price_tick\nHK,01211,比亚迪,BYD,100,0.01\nHK,00700,腾讯,Tencent,200,0.01\n");

        (catalog.Resolve("1211.HK", Day("2026-11-20")).Value.VolumeStep, catalog.Resolve("700.HK", Day("2026-11-20")).Value.VolumeStep, catalog.Products.Count).ShouldBe((100m, 200m, Catalog.Products.Count + 1));
    }

    [Theory]
    [InlineData("", "mine.csv is empty.")]
    [InlineData("exchange,code\nHK,00700\n", "there is no column")]
    [InlineData("exchange,code,name_zh,name_en,lot,price_tick\nHK,700,腾讯,Tencent,100,0.01\n", "mine.csv row 2, column code: five digits")]
    [InlineData("exchange,code,name_zh,name_en,lot,price_tick\nXX,00700,腾讯,Tencent,100,0.01\n", "column exchange: a known word")]
    [InlineData("exchange,code,name_zh,name_en,lot,price_tick\nHK,00700,腾讯,Tencent,0,0.01\n", "column lot: a number above 0")]
    [InlineData("exchange,code,name_zh,name_en,lot,price_tick\nHK,00700,腾讯,Tencent,x,0.01\n", "column lot: a whole number")]
    [InlineData("exchange,code,name_zh,name_en,lot,price_tick\nHK,00700,a,b,1,0.01\nHK,00700,a,b,1,0.01\n", "HK.00700 is there twice")]
    public void List_WithAMistake_NamesRowAndColumn(string text, string told) =>
        Should.Throw<FormatException>(() => Catalog.WithStocks("mine.csv", text)).Message.ShouldContain(told);
}
