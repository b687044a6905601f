using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Instruments.Reference;
using QuantDash.Tests.Support;
using static QuantDash.Tests.Core.Instruments.InstrumentSamples;

namespace QuantDash.Tests.Core.Instruments;

public sealed class ReferenceDataTests
{
    /// <summary>Nothing was lost or mistyped on the way from the collected facts to our own file.</summary>
    [DataFact]
    public void Products_ComparedWithTheCollectedFacts_AreTheSame()
    {
        using var reader = TestData.Open("contracts/contracts_cn.csv");
        var header = reader.ReadLine()!.TrimStart('\uFEFF').Split(',');
        var seen = 0;
        while (reader.ReadLine() is { } line)
        {
            // The one quoted column comes after all that is compared here, but for the order sizes.
            var cells = line.Split(',');
            Compare(name => cells[Array.IndexOf(header, name)]);
            seen++;
        }

        seen.ShouldBe(Catalog.Products.Count(product => product.Class == AssetClass.Future));
    }

    /// <summary>The exchange's own day: one auction print, then continuous trading; what comes at the end of each half and after the close is outside.</summary>
    [DataTheory]
    [InlineData("20210104")]
    [InlineData("20210105")]
    public void WindowAt_OfRealTicks_HasOneAuctionPrintAndNothingOutsideTheHours(string date)
    {
        var contract = Contract("CFFEX.IF2101");
        var phases = Clocks($"cn_futures/CFFEX.IF.HOT_tick_{date}.csv.gz")
            .Select(clock => (Clock: clock, InstrumentSamples.Calendar.WindowAt(contract, Beijing($"{date[..4]}-{date[4..6]}-{date[6..]}").Add(clock)).Phase)).ToList();

        phases.Count.ShouldBeGreaterThan(25_000);
        phases.Where(tick => tick.Phase == SessionPhase.Auction).ShouldHaveSingleItem().Clock.Hours.ShouldBe(9);
        phases.Where(tick => tick.Phase == SessionPhase.Closed).ShouldAllBe(tick => tick.Clock.Hours == 11 || tick.Clock.Hours >= 15);
        phases.Count(tick => tick.Phase == SessionPhase.Closed).ShouldBeInRange(1, 10);
    }

    [Fact]
    public void Products_OfEveryExchange_AreWholeAndPlausible()
    {
        foreach (var product in Catalog.Products.Where(product => product.Class == AssetClass.Future))
        {
            product.Sessions.Day.ShouldNotBeEmpty(product.Code);
            product.LastTradingDay.ShouldNotBeNull(product.Code);
            (product.Sessions.Night.Count == 0).ShouldBe(product.Sessions.NightAuctions.Count == 0, product.Code);
            foreach (var terms in product.Terms)
            {
                terms.PriceTick.ShouldBeGreaterThan(0, product.Code);
                terms.LongMargin.Value.ShouldBeInRange(0.005m, 0.5m, product.Code);
                terms.MarginGroup.ShouldStartWith(product.Exchange);
            }
        }
    }

    [Fact]
    public void Row_WithAWrongCell_NamesFileRowAndColumn()
    {
        var table = ReferenceTable.Parse("x.csv", "exchange,margin\nSHFE,0.1\nDCE,ten\n");
        Should.Throw<FormatException>(() => table.Rows[1].Number("margin")).Message.ShouldBe("x.csv row 3, column margin: a number was expected, found 'ten'.");
        Should.Throw<FormatException>(() => ReferenceTable.Parse("x.csv", "a,b\n1\n")).Message.ShouldBe("x.csv row 2 has 1 cells, the header has 2.");
    }

    private static void Compare(Func<string, string> cell)
    {
        var product = Catalog.Products.Single(p => p.Exchange == cell("exchange") && p.Code == cell("product_code"));
        var terms = product.TermsOn(new(2026, 5, 8));
        product.ChineseName.ShouldBe(cell("name_cn"));
        product.EnglishName.ShouldBe(cell("name_en"));
        product.Multiplier.ShouldBe(Number(cell("multiplier")));
        terms.PriceTick.ShouldBe(Number(cell("price_tick")), product.Code);
        terms.LongMargin.Value.ShouldBe(Number(cell("margin_ratio_exchange_2026")));
        terms.Fees.ShouldBe(new(Fee(cell, "fee_open"), Fee(cell, "fee_close_yesterday"), Fee(cell, "fee_close_today")));
        Text(product.Sessions.Day).ShouldBe(cell("day_sessions"));
        Text(product.Sessions.Night).ShouldBe(cell("night_session"));
        terms.PriceLimit?.Value.ShouldBe(Number(cell("price_limit_pct")) / 100);
        (terms.PriceLimit is null).ShouldBe(cell("price_limit_pct") == "");
    }

    private static FeeRate Fee(Func<string, string> cell, string column)
        => new(cell("fee_type") == "by_money" ? FeeBasis.ByMoney : FeeBasis.ByVolume, Number(cell(column)));

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyList<SessionSpan> spans) => string.Join(';', spans.Select(span => $"{span.From:HH:mm}-{span.To:HH:mm}"));

    private static IEnumerable<TimeSpan> Clocks(string file)
    {
        using var reader = TestData.Open(file);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var hhmmssfff = int.Parse(line.Split(',')[4], CultureInfo.InvariantCulture);
            yield return new(0, hhmmssfff / 10_000_000, hhmmssfff / 100_000 % 100, hhmmssfff / 1000 % 100, hhmmssfff % 1000);
        }
    }
}
