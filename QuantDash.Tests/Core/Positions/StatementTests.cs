using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Positions;

/// <summary>Figures printed by exchanges and brokers, to the cent (DOMAIN.md 2.2 and 2.4).</summary>
public sealed class StatementTests
{
    /// <summary>SimNow's settlement statement of 2023-02-15 with a partly locked position.</summary>
    [Fact]
    public void Statement_OfSimNow_IsReproducedToTheCent()
    {
        var (ag, au) = (Silver(), Gold());
        var books = new TestBooks(10_000_000m, ag, au);
        books.Open(ag, Side.Long, 4, 4942).Accounting.Fee.ShouldBe(2.97m);
        books.Open(ag, Side.Long, 4, 4927).Accounting.Fee.ShouldBe(2.96m);
        books.Open(ag, Side.Short, 2, 4927).Accounting.Fee.ShouldBe(1.48m);
        books.Open(au, Side.Short, 2, 413.10m).Accounting.Fee.ShouldBe(4m);
        var closed = books.Close(ag, Side.Long, 4, 4946, Offset.CloseToday);

        closed.Accounting.Fee.ShouldBe(0m);
        closed.Accounting.RealisedPnl.ShouldBe(240m);
        closed.Accounting.ClosePnl.ShouldBe(240m);
        books.Ledger.Leg(ag.Symbol, Side.Long).AverageOpenPrice.ShouldBe(new Price(4927));

        var funds = books.Settle((ag, 4928), (au, 413.80m)).Funds;
        funds.TradingDay.ShouldBe(Day);
        funds.ClosePnlToday.ShouldBe(240m);
        funds.HoldingPnl.ShouldBe(-1370m);
        funds.FeesToday.ShouldBe(11.41m);
        funds.Equity.ShouldBe(9_998_858.59m);
        funds.Margin.ShouldBe(172_043.20m);
        funds.Available.ShouldBe(9_826_815.39m);
        decimal.Round(funds.RiskRatio!.Value * 100, 2).ShouldBe(1.72m);

        books.Ledger.MarginOf(ag.Symbol).Long.Total.ShouldBe(56_179.20m);
        books.Ledger.MarginOf(ag.Symbol).Short.Total.ShouldBe(28_089.60m);
        books.Ledger.MarginOf(au.Symbol).Short.Total.ShouldBe(115_864.00m);
        books.Ledger.Balances.StaticEquity.ShouldBe(9_998_858.59m);
        books.Ledger.Balances.FeesToday.ShouldBe(0m);
    }

    /// <summary>中金所's own example of 当日盈亏: 205 points × 300.</summary>
    [Fact]
    public void DayResult_OfCffexExample_Is61500()
    {
        var index = Contract("CFFEX.IF2101", 0.2m, 300m, 0.12m, new(default, default, default), SingleSideMargin.RealTime);
        var books = new TestBooks(5_000_000m, index);
        books.Open(index, Side.Long, 10, 1500);
        books.Settle((index, 1500));

        books.Open(index, Side.Long, 8, 1505);
        books.Close(index, Side.Long, 5, 1510);
        var funds = books.Settle((index, 1515)).Funds;

        (funds.ClosePnlToday + funds.HoldingPnl).ShouldBe(61_500m);
        funds.ClosePnlToday.ShouldBe(5 * 10 * 300m);
        funds.Equity.ShouldBe(5_061_500m);
    }

    /// <summary>One long 1801 at 3700, locked by a short at 3800: only the larger side is charged (DOMAIN.md 2.2).</summary>
    [Theory]
    [InlineData(SingleSideMargin.RealTime, 2660, 70)]
    [InlineData(SingleSideMargin.Never, 5250, 2660)]
    [InlineData(SingleSideMargin.AtSettlement, 5250, 2660)]
    public void Margin_OfALock_ChargesWhatTheExchangeCompares(SingleSideMargin singleSide, decimal locked, decimal more)
    {
        var rb = Rebar(singleSide: singleSide);
        var books = new TestBooks(100_000m, rb);
        books.Open(rb, Side.Long, 1, 3700);
        var before = books.Funds.Margin;
        books.Open(rb, Side.Short, 1, 3800);

        before.ShouldBe(2590m);
        books.Funds.Margin.ShouldBe(locked);
        (books.Funds.Margin - before).ShouldBe(more);
    }

    [Fact]
    public void Margin_WithReliefAtSettlement_ComesDownOverNight()
    {
        var ta = Contract("DCE.v2505", 1m, 10m, 0.07m, new(default, default, default), SingleSideMargin.AtSettlement);
        var books = new TestBooks(100_000m, ta);
        books.Open(ta, Side.Long, 1, 3700);
        books.Open(ta, Side.Short, 1, 3800);
        books.Settle((ta, 3750)).Funds.Margin.ShouldBe(2625m);

        books.Funds.Margin.ShouldBe(2625m);
        books.Open(ta, Side.Short, 1, 3700);
        books.Funds.Margin.ShouldBe(2625m + 2590m, "today's lots have no relief before their settlement");
    }

    /// <summary>CTP: 3 old lots close at the close fee; with one opened today, one of three closed is charged as close-today although an old lot goes.</summary>
    [Fact]
    public void CloseFee_CountsTodayFirst_WhileOldLotsGoFirst()
    {
        var contract = Contract("DCE.i2505", 0.5m, 100m, 0.1m, new(PerLot(1), PerLot(10), PerLot(7)));
        var books = new TestBooks(1_000_000m, contract);
        books.Open(contract, Side.Long, 3, 800);
        books.Settle((contract, 800));
        var untouched = books.Ledger.Copy();
        untouched.Book(books.Fill(contract, OrderSide.Sell, Offset.Close, 3, 800), contract, contract.Product.Terms[0]).Accounting.Fee.ShouldBe(30m);

        books.Open(contract, Side.Long, 1, 810);
        books.Close(contract, Side.Long, 3, 820).Accounting.Fee.ShouldBe(7m + 20m);

        books.Ledger.Leg(contract.Symbol, Side.Long).AverageOpenPrice.ShouldBe(new Price(810), "the lot of today is what is left");
        books.Close(contract, Side.Long, 1, 820).Accounting.Fee.ShouldBe(10m, "today's one has been charged already");
    }

    [Fact]
    public void CloseFee_AfterARestartInBetween_IsTheSame()
    {
        var contract = Contract("DCE.i2505", 0.5m, 100m, 0.1m, new(PerLot(1), PerLot(10), PerLot(7)));
        var books = new TestBooks(1_000_000m, contract);
        books.Open(contract, Side.Long, 3, 800);
        books.Settle((contract, 800));
        books.Open(contract, Side.Long, 1, 810);
        books.Close(contract, Side.Long, 3, 820);

        var lots = books.Ledger.Leg(contract.Symbol, Side.Long).Lots;
        var again = new QuantDash.Core.Positions.AccountLedger(Account, books.Ledger.Balances, lots, books.Find, TestBooks.TermsOn);
        again.Book(books.Fill(contract, OrderSide.Sell, Offset.Close, 1, 820), contract, contract.Product.Terms[0]).Accounting.Fee.ShouldBe(10m);
    }

    /// <summary>Lock and unwind tomorrow, against closing today (DOMAIN.md 2.3).</summary>
    [Theory]
    [MemberData(nameof(LockOrClose))]
    public void Fees_OfLockingAndOfClosingNow(Contract contract, decimal price, decimal lockFees, decimal closeFees)
    {
        var books = new TestBooks(10_000_000m, contract);
        books.Open(contract, Side.Long, 1, price);
        var closing = books.Ledger.Copy();
        var offset = contract.Product.Terms[0].DistinguishesToday ? Offset.CloseToday : Offset.Close;
        closing.Book(books.Fill(contract, OrderSide.Sell, offset, 1, price), contract, contract.Product.Terms[0]);

        books.Open(contract, Side.Short, 1, price);
        books.Settle((contract, price));
        books.Close(contract, Side.Long, 1, price);
        books.Close(contract, Side.Short, 1, price);

        books.Funds.Fees.ShouldBe(lockFees);
        closing.Funds().Fees.ShouldBe(closeFees);
    }

    public static TheoryData<Contract, decimal, decimal, decimal> LockOrClose() => new()
    {
        { Contract("CFFEX.IF2101", 0.2m, 300m, 0.12m, new(OfMoney(0.000023m), OfMoney(0.000023m), OfMoney(0.00023m))), 4000m, 110.4m, 303.6m },
        { Contract("SHFE.au2509", 0.02m, 1000m, 0.14m, new(PerLot(20), PerLot(20), PerLot(0)), distinguishesToday: true), 800m, 80m, 20m },
        { Ta(), 5400m, 12m, 3m },
        { Contract("DCE.v2505", 1m, 5m, 0.07m, new(PerLot(1), PerLot(1), PerLot(1))), 5000m, 4m, 2m },
    };
}
