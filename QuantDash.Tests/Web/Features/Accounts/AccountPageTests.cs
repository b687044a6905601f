using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Accounts;

namespace QuantDash.Tests.Web.Features.Accounts;

public sealed class AccountPageTests : ScreenContext
{
    private readonly SampleRates _rates = new();
    private readonly SampleAccountDesk _desk;

    public AccountPageTests()
    {
        _desk = new(_rates);
        Services.AddSingleton<IExchangeRateBook>(_rates);
        Services.AddSingleton<IPerformanceHistory>(new SamplePerformance(SampleSnapshot.Now));
        Services.AddSingleton(TradingCalendar.FromReferenceData());
        Services.AddSingleton<PerformanceDesk>();
        Services.AddSingleton<IAccountDesk>(_desk);
        Services.AddSingleton<IBrokerStatements>(new SampleStatements());
        Services.AddSingleton<IAuditLog>(new SampleAuditLog());
        Services.AddSingleton<StatementDesk>();
    }

    [Fact]
    public void Methods_BothWays_EndAtTheSameEquity()
    {
        var rows = Render<AccountPage>().WaitForElements("#methods tbody tr");
        rows.Select(row => row.GetAttribute("data-row")).ShouldBe(["Start", "CashFlow", "ClosedPnl", "OpenPnl", "Fees", "Result", "Equity"]);
        var equity = rows[^1].QuerySelectorAll("td").Select(cell => cell.TextContent).ToList();
        equity[0].ShouldBe(equity[1]);
        equity[0].ShouldBe(QuantDash.Web.Ui.Figures.Number(SampleSnapshot.At(SampleSnapshot.Now).Accounts[0].Funds.Equity, 2));
        rows[4].QuerySelectorAll("td").Select(cell => cell.TextContent).ShouldBe(["-84.36", "-84.36"]);
    }

    [Fact]
    public void Figures_OfTheNextMoment_AreShownByThemselves()
    {
        var page = Render<AccountPage>();
        var snapshot = SampleSnapshot.At(SampleSnapshot.Now);
        var account = snapshot.Accounts[0];
        Publish(snapshot with { Accounts = [account with { Funds = account.Funds with { Equity = 1_234_567.89m } }] });
        page.WaitForAssertion(() => page.FindAll(".figure .value").Select(value => value.TextContent.Trim()).ToList().ShouldSatisfyAllConditions(
            values => values[0].ShouldBe("1,234,567.89"), values => values[2].ShouldBe("+234,567.89")));
    }

    [Fact]
    public void Figures_RiskOverEightyPercent_AreDanger()
    {
        var snapshot = SampleSnapshot.At(SampleSnapshot.Now);
        var account = snapshot.Accounts[0];
        Publish(snapshot with { Accounts = [account with { Funds = account.Funds with { RiskRatio = 0.8123m } }] });
        var risk = Render<AccountPage>().WaitForElements(".figure")[4];
        risk.TextContent.ShouldContain("81.23%");
        risk.QuerySelector(".value")!.ClassList.ShouldContain("danger");
    }

    [Fact]
    public void Curve_WithAWithdrawal_HasItsTableAndReadsAgainForAnotherRange()
    {
        var page = Render<AccountPage>();
        page.WaitForAssertion(() => page.FindAll(".curve figure.chart tbody tr").Count.ShouldBeGreaterThan(10));
        page.Find("[data-range=Day]").GetAttribute("aria-pressed").ShouldBe("false");

        page.Find("[data-range=Day]").Click();

        page.Find("[data-range=Day]").GetAttribute("aria-pressed").ShouldBe("true");
        page.WaitForAssertion(() => page.FindAll(".curve figure.chart").ShouldHaveSingleItem());
    }

    [Fact]
    public void Calendar_ShowsWhatEachDayBrought_AndTurnsToTheMonthBefore()
    {
        var page = Render<AccountPage>();
        page.WaitForAssertion(() => page.Find(".month b").TextContent.ShouldBe("2026-11"));
        var day = page.FindAll("#calendar td").Single(cell => cell.QuerySelector(".day")?.TextContent == "18");
        day.QuerySelector(".pnl")!.TextContent.ShouldBe("-1,500");
        day.ClassList.ShouldContain("down");
        day.GetAttribute("title").ShouldBe("2026-11-18: -1,500.00 (-0.15%), equity 992,500.00");
        page.Find("#later").HasAttribute("disabled").ShouldBeTrue();

        page.Find("#earlier").Click();

        page.Find(".month b").TextContent.ShouldBe("2026-10");
        page.FindAll("#calendar .pnl").Select(cell => cell.TextContent).ShouldBe(["+4,000", "0", "0"], "the 28th, and idle days after it");
        page.Find("#earlier").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void Statistics_OfFewDays_SaySo()
    {
        var page = Render<AccountPage>();
        page.WaitForAssertion(() => Statistic(page, "WinRate").ShouldBe("66.7%"));
        (Statistic(page, "ProfitFactor"), Statistic(page, "AverageLoss"), Statistic(page, "ClosedTrades")).ShouldBe(("2.50", "-1,000.00", "3"));
        page.Find(".few").TextContent.ShouldContain("with fewer than 20");
        page.FindAll("#months tbody tr").Select(row => row.Children[0].TextContent).ShouldBe(["2026-11", "2026-10"]);
    }

    [Fact]
    public void Currencies_OfPlayMoneyOnly_AddNothingUp() => Render<AccountPage>().Find(".currencies .empty h3").TextContent.ShouldBe("Only play money");

    [Fact]
    public void Currencies_WithoutARate_SaySo_AndCountOnceOneIsEntered()
    {
        var snapshot = SampleSnapshot.At(SampleSnapshot.Now);
        Publish(snapshot with { Accounts = [Real(snapshot, 1, "CNY", 1_000_000), Real(snapshot, 2, "USD", 10_000)] });
        var page = Render<AccountPage>();
        page.WaitForAssertion(() => page.Find("tr[data-currency=USD]").TextContent.ShouldContain("no rate"));
        page.Find("#currencies tfoot").TextContent.ShouldContain("—");

        page.Find("#new-rate").Click();
        page.Find("#rate").Change("-7");
        page.Find("#save-rate").Click();
        page.Find(".dialog .error").TextContent.ShouldBe("Must be between 0 and 1000000000, was -7.");
        _rates.Kept.ShouldBeEmpty();

        page.Find("#rate").Change("7.1");
        page.Find("#save-rate").Click();

        page.WaitForAssertion(() => page.Find("#currencies tfoot").TextContent.ShouldContain("1,071,000.00"));
        _rates.Kept.ShouldHaveSingleItem().ShouldBe(new(Currency.Usd, Currency.Cny, 7.1m, Clock.GetUtcNow()));
    }

    [Fact]
    public void Cash_TakenOut_IsBookedWithItsNote_AndARefusalIsSaidAtItsField()
    {
        var page = Render<CashPage>();
        page.WaitForElements("#cash tbody tr").Select(row => row.Children[2].TextContent).ShouldBe(["Withdrawal", "Deposit"]);
        page.Find("#book-cash").Click();
        page.Find("#withdraw").Click();
        page.Find("#amount").Change("9,000,000");
        _desk.Refusal = new("amount", "more_than_available", 9_000_000m, 880_000m);
        page.Find("#book").Click();
        page.Find(".dialog .error").TextContent.ShouldContain("880000 is available");

        _desk.Refusal = null;
        page.Find("#amount").Change("5000");
        page.Find("#note").Change("rent");
        page.Find("#book").TextContent.ShouldBe("Book withdrawal of 5,000.00");
        page.Find("#book").Click();

        page.FindAll(".dialog").ShouldBeEmpty();
        _desk.Booked.ShouldHaveSingleItem().ShouldBe((SampleSnapshot.Demo, -5_000m, "rent"));
    }

    [Fact]
    public void Settlements_OfADay_OpenAsAStatementInBothWays()
    {
        var page = Render<SettlementsPage>();
        page.WaitForElements("#settlements tbody tr").Count.ShouldBe(2);
        page.Find("#csv").GetAttribute("href").ShouldBe($"/api/settlements.csv?account_id={SampleSnapshot.Demo}");

        page.Find("#settlements tbody tr button").Click();

        page.Find(".dialog h2").TextContent.ShouldBe("Settlement of 2026-11-19");
        page.FindAll("#statement tbody tr")[^1].Children.Select(cell => cell.TextContent).ShouldBe(["Equity", "1,001,500.00", "1,001,500.00"]);
        page.FindAll("#held tbody tr").ShouldHaveSingleItem().Children.Select(cell => cell.TextContent.Trim()).ShouldBe(["CZCE.TA2505 Long", "8", "5,500.00", "5,702.00", "+8,080.00", "+8,080.00", "15,966.00"]);
        page.FindAll("#day-trades tbody tr").Count.ShouldBe(2);
        SamplePast.Asked[^1].TradingDay.ShouldBe(new DateOnly(2026, 11, 19));
    }

    [Fact]
    public void Settlement_OfAnOlderVersion_SaysThatPositionsWereNotKept()
    {
        var page = Render<SettlementsPage>();
        page.WaitForElements("#settlements tbody tr button")[1].Click();
        page.Find("#no-positions").TextContent.ShouldContain("before held positions were kept");
    }

    private static string Statistic(IRenderedComponent<AccountPage> page, string name) => page.Find($"dd[data-statistic={name}]").TextContent;

    private static AccountView Real(EngineSnapshot snapshot, int id, string currency, decimal equity)
    {
        var account = snapshot.Accounts[0];
        return account with
        {
            Account = account.Account with { Id = new(new Guid(id, 0, 0, new byte[8])), IsDemo = false, Currency = new(currency) },
            Funds = account.Funds with { Currency = new(currency), Equity = equity },
        };
    }
}
