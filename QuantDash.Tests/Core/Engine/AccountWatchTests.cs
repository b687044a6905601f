using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>What the trader is told about an account: once a crossing and trading day.</summary>
public sealed class AccountWatchTests
{
    private static readonly TradingCalendar Calendar = TradingCalendar.FromReferenceData();
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(Calendar);
    private static readonly DateOnly Monday = new(2025, 4, 14);

    private AccountWatchState _told = AccountWatchState.Nothing;

    [Fact]
    public void Risk_IsToldAtEachCrossing_AndAgainAfterItFellBackByFivePoints()
    {
        Told(Risk(0.79m)).ShouldBeEmpty();
        Told(Risk(0.8m)).ShouldBe(["account.risk_high 80 80 2025-04-14"]);
        Told(Risk(0.85m)).ShouldBeEmpty("told once");
        Told(Risk(0.76m)).ShouldBeEmpty("not five points");
        Told(Risk(0.81m)).ShouldBeEmpty();
        Told(Risk(0.75m)).ShouldBe(["account.risk_eased 80 75 2025-04-14"]);
        Told(Risk(0.802m)).ShouldBe(["account.risk_high 80 80.2 2025-04-14"]);
        Told(Risk(1m)).ShouldBe(["account.risk_over 100 100 2025-04-14"]);
        Told(Risk(0.97m)).ShouldBeEmpty();
        Told(Risk(0.95m)).ShouldBe(["account.risk_eased 100 95 2025-04-14"]);
        Told(Risk(1.2m)).ShouldBe(["account.risk_over 100 120 2025-04-14"]);
        Told(Risk(0.4m)).ShouldBe(["account.risk_eased 80 40 2025-04-14", "account.risk_eased 100 40 2025-04-14"]);
    }

    [Fact]
    public void Risk_ThatIsStillHighOnTheNextTradingDay_IsToldAgain()
    {
        Told(Risk(0.9m)).Count.ShouldBe(1);
        Told(Risk(0.9m) with { TradingDay = Monday.AddDays(1) }).ShouldBe(["account.risk_high 80 90 2025-04-15"]);
        Told(Risk(0.9m) with { TradingDay = Monday.AddDays(1) }).ShouldBeEmpty();
    }

    [Fact]
    public void Risk_BeyondAllEquity_IsBeyondEveryLimit() =>
        Told(Risk(0) with { RiskRatio = null, Equity = -5000, Margin = 20_000 }).ShouldBe(["account.risk_over 100 1000 2025-04-14"]);

    [Fact]
    public void Risk_ThatIsUnknown_SaysNothing()
    {
        Told(Risk(0) with { RiskRatio = null, Equity = null }).ShouldBeEmpty();
        Told(Risk(0.9m) with { TradingDay = null }).ShouldBeEmpty();
    }

    [Fact]
    public void Available_BelowTheLimit_IsToldOnce_AndAgainAfterFivePercent()
    {
        var limits = new AccountLimits(AvailableBelow: 50_000);
        Told(Risk(0.1m) with { Available = 50_000 }, limits).ShouldBeEmpty("at the limit is not below it");
        Told(Risk(0.1m) with { Available = 49_999.5m }, limits).ShouldBe(["account.available_low 50000.00 49999.50 2025-04-14"]);
        Told(Risk(0.1m) with { Available = 52_000 }, limits).ShouldBeEmpty();
        Told(Risk(0.1m) with { Available = 40_000 }, limits).ShouldBeEmpty();
        Told(Risk(0.1m) with { Available = 52_500 }, limits).ShouldBe(["account.available_eased 50000.00 52500.00 2025-04-14"]);
        Told(Risk(0.1m) with { Available = 1 }, limits).Count.ShouldBe(1);
        Told(Risk(0.1m) with { Available = 1 }).ShouldBeEmpty("nobody asked");
    }

    /// <summary>Loss of the day = fees − close P&amp;L − holding P&amp;L, all of the day.</summary>
    [Fact]
    public void DayLoss_AboveTheLimit_IsToldOnce()
    {
        var limits = new AccountLimits(DayLossAbove: 10_000);
        Told(Risk(0.1m) with { HoldingPnl = -9_000, ClosePnlToday = -900, FeesToday = 100 }, limits).ShouldBeEmpty("ten thousand exactly");
        Told(Risk(0.1m) with { HoldingPnl = -9_000, ClosePnlToday = -900, FeesToday = 100.01m }, limits).ShouldBe(["account.day_loss 10000.00 10000.01 2025-04-14"]);
        Told(Risk(0.1m) with { HoldingPnl = -30_000 }, limits).ShouldBeEmpty();
        Told(Risk(0.1m) with { HoldingPnl = null }, limits).ShouldBeEmpty("unknown is not zero");
        Told(Risk(0.1m) with { HoldingPnl = -9_500 }, limits).ShouldBe(["account.day_loss_eased 10000.00 9500.00 2025-04-14"]);
    }

    /// <summary>DCE.v2505: 20 % from the first trading day of its month, which is 6 May after the holidays; on the third trading day before, 28 April, it is told.</summary>
    [Fact]
    public void Margin_ThatRisesWithinThreeTradingDays_IsToldOnce()
    {
        var funds = Risk(0.1m);
        Held(funds with { TradingDay = new(2025, 4, 25) }, longs: 3).ShouldBeEmpty("four trading days");
        Held(funds with { TradingDay = new(2025, 4, 28) }).ShouldBeEmpty("nothing is held");
        Held(funds with { TradingDay = new(2025, 4, 28) }, longs: 3).ShouldBe(["account.margin_step 2025-05-06 7 20 2025-04-28 DCE.v2505"]);
        Held(funds with { TradingDay = new(2025, 4, 29) }, longs: 3).ShouldBeEmpty("told");
        Held(funds with { TradingDay = new(2025, 5, 6) }, longs: 3).ShouldBeEmpty("it has risen");
        _told = AccountWatchState.Nothing;
        Held(funds with { TradingDay = new(2025, 4, 30) }, shorts: 3).ShouldBe(["account.margin_step 2025-05-06 7 20 2025-04-30 DCE.v2505"]);
        _told = AccountWatchState.Nothing;
        Held(funds with { TradingDay = new(2025, 4, 30) }, shorts: 3, expires: false).ShouldBeEmpty("its source knows no end");
    }

    /// <summary>The tenth trading day of May 2025 is the 19th.</summary>
    [Fact]
    public void LastTradingDay_ThatIsNear_IsToldOnceATradingDay()
    {
        var funds = Risk(0.1m);
        Held(funds with { TradingDay = new(2025, 5, 13) }, longs: 1).ShouldBeEmpty();
        Held(funds with { TradingDay = new(2025, 5, 14) }, longs: 1).ShouldBe(["account.last_day 2025-05-19 3 2025-05-14 DCE.v2505"]);
        Held(funds with { TradingDay = new(2025, 5, 14) }, longs: 1).ShouldBeEmpty();
        Held(funds with { TradingDay = new(2025, 5, 19) }, longs: 1).ShouldBe(["account.last_day 2025-05-19 0 2025-05-19 DCE.v2505"]);
        Held(funds with { TradingDay = new(2025, 5, 20) }, longs: 1).ShouldBeEmpty("it is over");
        _told = AccountWatchState.Nothing;
        Held(funds with { TradingDay = new(2025, 5, 19) }, longs: 1, expires: false).ShouldBeEmpty("its source knows no end");
        Held(funds with { TradingDay = new(2025, 5, 16) }, longs: 1, limits: new(LastDayWithin: 0)).ShouldBeEmpty();
    }

    /// <summary>What stands on the tape is what was told: a process that starts again says nothing twice, and what had eased is told again.</summary>
    [Fact]
    public void State_ReadFromTheTape_IsTheOneThatWroteIt()
    {
        var tape = new List<TapeEvent>();
        foreach (var ratio in (decimal[])[0.9m, 1.1m, 0.9m]) tape.AddRange(Alerts(View(Risk(ratio)), new(), remember: true).Select(Entry));
        tape.AddRange(Alerts(View(Risk(0.9m) with { TradingDay = new(2025, 4, 28) }, longs: 1), new(), remember: true).Select(Entry));
        _told = tape.Aggregate(AccountWatchState.Nothing, (told, entry) => told.After(entry));

        tape.Select(e => e.Key).ShouldBe(["account.risk_high", "account.risk_over", "account.risk_eased", "account.risk_high", "account.margin_step"]);
        Held(Risk(0.9m) with { TradingDay = new(2025, 4, 28) }, longs: 1).ShouldBeEmpty();
        Told(Risk(1.01m) with { TradingDay = new(2025, 4, 28) }).ShouldBe(["account.risk_over 100 101 2025-04-28"], "it had eased before");
        _told.After(Entry(new(SampleSnapshot.Demo, null, TapeSeverity.Info, "account.created", ["main"]))).ShouldBeSameAs(_told, "none of ours");
    }

    private IReadOnlyList<string> Told(Funds funds, AccountLimits? limits = null) => Words(Alerts(View(funds), limits ?? new(), remember: true));

    private IReadOnlyList<string> Held(Funds funds, decimal longs = 0, decimal shorts = 0, bool expires = true, AccountLimits? limits = null) =>
        Words([.. Alerts(View(funds, longs, shorts), limits ?? new(), remember: true, expires).Where(a => a.Symbol is not null)]);

    private IReadOnlyList<AccountAlert> Alerts(AccountView view, AccountLimits limits, bool remember, bool expires = true)
    {
        var alerts = AccountWatch.Look(view, expires, limits, _told, Catalog, Calendar);
        if (remember) _told = alerts.Aggregate(_told, (told, alert) => told.After(alert));
        return alerts;
    }

    private static IReadOnlyList<string> Words(IReadOnlyList<AccountAlert> alerts) => [.. alerts.Select(a => $"{a.Key} {string.Join(' ', a.Values)}{(a.Symbol is { } symbol ? " " + symbol : "")}")];

    private static TapeEvent Entry(AccountAlert alert) => new()
    {
        Number = 1, At = SampleSnapshot.Now, Severity = alert.Severity, Key = alert.Key, Values = alert.Values, AccountId = alert.AccountId, Symbol = alert.Symbol,
    };

    private static Funds Risk(decimal ratio) => SampleSnapshot.FundsOf(SampleSnapshot.Demo, 100_000, 0, ratio * 100_000) with { TradingDay = Monday, FeesToday = 0, HoldingPnl = 0, ClosePnlToday = 0 };

    private static AccountView View(Funds funds, decimal longs = 0, decimal shorts = 0)
    {
        var contract = Catalog.Find(Symbol.ParseCanonical("DCE.v2505"), Monday)!;
        return SampleSnapshot.At(SampleSnapshot.Now).Accounts[0] with
        {
            Funds = funds,
            Positions =
            [
                new()
                {
                    AccountId = SampleSnapshot.Demo, Contract = contract, Long = SampleSnapshot.Leg(Side.Long, longs, 0, 5000, 5000, contract), Short = SampleSnapshot.Leg(Side.Short, shorts, 0, 5000, 5000, contract),
                    Mark = new(5000), Margin = 0,
                },
            ],
        };
    }
}
