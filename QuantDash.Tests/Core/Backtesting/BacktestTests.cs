using QuantDash.Core.Backtesting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;
using Offset = QuantDash.Core.Orders.Offset;

namespace QuantDash.Tests.Core.Backtesting;

/// <summary>What a run keeps books of, by hand.</summary>
public sealed class BacktestTests
{
    [Fact]
    public void Settlement_MakesTodaysLotsYesterdays()
    {
        var legs = new List<StrategyLeg>();
        var strategy = new EachBar((context, silver, bar) =>
        {
            legs.Add(silver.Long);
            if (bar == 0) context.Place(OrderIntent.BuyOpen(silver, 2));
            if (bar == 2) context.Place(new(silver, OrderSide.Sell, Offset.CloseToday, 1));
            if (bar == 3) context.Place(new(silver, OrderSide.Sell, Offset.CloseYesterday, 1));
        });

        var result = Run(strategy, SilverFuture(), Flat(1m, 2, 5_000, 5_000, 5_010, 5_010, 5_020));

        legs.Select(leg => (leg.Volume, leg.Today, leg.Yesterday)).ShouldBe([(0, 0, 0), (2, 2, 0), (2, 0, 2), (2, 0, 2), (1, 0, 1)]);
        result.Orders[1].Reason.ShouldBe("nothing to close");
        result.Days.Select(day => day.EndEquity).ShouldBe([1_000_000m - 1.5m, 1_000_000m - 1.5m + 300m, 1_000_000m - 1.5m + 600m - 0.75m]);
        result.Days.Select(day => day.Fees).ShouldBe([1.5m, 0m, 0.75m]);
        result.OpenLong.ShouldBe(new(1, 0, 5_000m));
    }

    [Fact]
    public void Funding_IsPaidOnWhatIsHeldAtThePriceBefore()
    {
        var strategy = new EachBar((context, btc, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(btc, 1));
        });
        var market = Perpetual(new FundingRate(Start.AddMinutes(1), 0.01m), new FundingRate(Start.AddMinutes(2), 0.001m), new FundingRate(Start.AddMinutes(3), -0.002m));

        var result = Run(strategy, market, Flat(0.1m, 100, 10_000, 10_500, 11_000, 11_000));

        // The first fell due before anything was held; the second at the close of 1,050, the third at that of 1,100.
        result.Costs.Funding.ShouldBe(1.05m - 2.2m);
        result.FinalEquity.ShouldBe(1_000_000m + 50m - (1_050m * 0.0005m) - (1.05m - 2.2m));
    }

    [Fact]
    public void MarginCall_IsASettlementWithLessThanTheMargin()
    {
        var strategy = new EachBar((context, silver, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(silver, 1));
        });

        // One lot of 5,000 × 15 at 19 % needs 14,250; at 4,980 the margin is 14,193 and 14,099.25 are left.
        var result = Run(strategy, SilverFuture(), Flat(1m, 2, 5_000, 5_000, 4_990, 4_980, 4_999, 5_000), Options with { Cash = 14_400m });

        result.MarginCalls.ShouldBe(1);
        result.RuinedAt.ShouldBeNull();
    }

    [Fact]
    public void Report_CountsRoundTripsAfterAllTheirFees()
    {
        var strategy = new EachBar((context, spy, bar) => context.MoveTo(spy, bar % 4 == 0 ? 10 : bar % 4 == 2 ? 0 : spy.Net));

        var result = Run(strategy, Stock(), Flat(0.01m, 4, 10_000, 10_000, 10_000, 10_100, 10_000, 10_000, 10_000, 9_900, 9_900));

        // 0.2 % of 1,000, and of 1,010 or 990.
        var report = result.Report();
        (report.Trades.Count, report.Trades.Wins, report.Trades.Losses).ShouldBe((2, 1, 1));
        (report.Trades.LargestWin, report.Trades.LargestLoss).ShouldBe((10m - 2m - 2.02m, -10m - 2m - 1.98m));
        (report.Days, report.Pnl, report.Fees).ShouldBe((3, result.Pnl, result.Costs.Fees));
        result.Turnover.ShouldBe(4_000m);
        result.Exposure.ShouldBe(4.0 / 9);
    }

    [Fact]
    public void Progress_IsToldOnceADay()
    {
        var told = new Told();
        var definition = Definition(() => new EachBar((_, _, _) => { }));

        Backtest.Run(definition, definition.Bind([]).Value, Stock(), Flat(0.01m, 2, 1, 1, 1, 1), Options, told);

        told.Shares.ShouldBe([0.5, 1]);
    }

    [Fact]
    public void Run_WithoutBars_IsItsCash() => Run(new EachBar((_, _, _) => { }), Stock(), Flat(0.01m, 1)).FinalEquity.ShouldBe(Options.Cash);

    private sealed class Told : IProgress<double>
    {
        public List<double> Shares { get; } = [];

        public void Report(double value) => Shares.Add(value);
    }
}
