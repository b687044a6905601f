using QuantDash.Core.Backtesting;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;
using Offset = QuantDash.Core.Orders.Offset;

namespace QuantDash.Tests.Core.Backtesting;

/// <summary>When, at which price and in which order orders are filled. Prices in ticks of a stock of 0.01; fees of 0.2 %.</summary>
public sealed class OrderMatcherTests
{
    [Fact]
    public void Market_IsFilledAtTheNextOpen_NeverOnItsOwnBar()
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(spy, 10));
        });

        var result = Run(strategy, Stock(), Bars(0.01m, 10, (100, 200, 50, 150), (170, 180, 160, 175)));

        strategy.Fills.Select(f => (f.PriceTicks, f.Volume, f.Fee)).ShouldBe([(170, 10, 0.03m)]);
        result.Equity.ShouldBe([1_000_000, 1_000_000 + (10 * 0.05) - 0.03], 0.0000001);
    }

    [Fact]
    public void Market_WithSameClose_IsFilledAtTheCloseThatDecided()
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(spy, 10));
        });

        Run(strategy, Stock(), Bars(0.01m, 10, (100, 200, 50, 150), (170, 180, 160, 175)), Options with { Fill = FillTiming.SameClose });

        strategy.Fills.ShouldHaveSingleItem().PriceTicks.ShouldBe(150);
    }

    [Fact]
    public void Order_PlacedInAFill_WaitsForTheNextBar()
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(spy, 10));
        })
        {
            // A stop that the very bar of the entry would have reached, and the next bar does not (PEERS.md, complaint 37).
            WhenFilled = (context, fill) => context.Place(OrderIntent.SellClose(fill.Order.Instrument, 10).AtStop(165)),
        };

        var result = Run(strategy, Stock(), Bars(0.01m, 10, (170, 170, 170, 170), (170, 180, 160, 175), (175, 176, 170, 171)));

        strategy.Fills.Count.ShouldBe(1);
        result.OpenLong.Volume.ShouldBe(10);
    }

    [Theory]
    [InlineData(BarPath.Pessimistic, 90)]
    [InlineData(BarPath.LowFirst, 90)]
    [InlineData(BarPath.HighFirst, 110)]
    [InlineData(BarPath.NearestFirst, 110)]
    public void Stop_AndTarget_WithinOneBar_FollowTheChosenPath(BarPath path, long exit)
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(spy, 10));
            if (bar != 1) return;
            context.Place(OrderIntent.SellClose(spy, 10).AtLimit(110));
            context.Place(OrderIntent.SellClose(spy, 10).AtStop(90));
        });

        Run(strategy, Stock(), Bars(0.01m, 10, (100, 100, 100, 100), (100, 100, 100, 100), (101, 115, 80, 100)), Options with { Path = path });

        strategy.Fills.Select(f => f.PriceTicks).ShouldBe([100, exit]);
        strategy.Ends.ShouldContain((StrategyOrderState.Cancelled, "nothing to close"));
    }

    [Fact]
    public void Stop_ThatAGapPassed_IsFilledAtTheOpen()
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(spy, 10));
            if (bar == 1) context.Place(OrderIntent.SellClose(spy, 10).AtStop(95));
        });

        Run(strategy, Stock(), Flat(0.01m, 10, 100, 100, 80, 120), Options with { Slippage = new SlippageModel.Ticks(2) });

        strategy.Fills.Select(f => f.PriceTicks).ShouldBe([102, 78]);
    }

    [Theory]
    [InlineData(LimitFill.Through, 95, null)]
    [InlineData(LimitFill.Through, 94, 95L)]
    [InlineData(LimitFill.Touch, 95, 95L)]
    [InlineData(LimitFill.Touch, 96, null)]
    public void Limit_WithinABar_NeedsItsPriceOrOneBeyond(LimitFill rule, long low, long? filledAt)
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(spy, 10).AtLimit(95));
        });

        Run(strategy, Stock(), Bars(0.01m, 10, (100, 100, 100, 100), (100, 101, low, 100)), Options with { LimitFill = rule, Slippage = new SlippageModel.Ticks(3) });

        strategy.Fills.Select(f => (long?)f.PriceTicks).FirstOrDefault().ShouldBe(filledAt);
    }

    [Fact]
    public void Limit_ThatRested_PaysAsMaker_AndOneMetAtItsFirstOpenDoesNot()
    {
        var strategy = new EachBar((context, btc, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(btc, 1).AtLimit(10_100));
            if (bar == 1) context.Place(OrderIntent.SellClose(btc, 1).AtLimit(10_500));
        });

        Run(strategy, Perpetual(), Bars(0.1m, 10, (10_000, 10_000, 10_000, 10_000), (10_000, 10_000, 10_000, 10_000), (10_000, 10_600, 10_000, 10_000)));

        strategy.Fills.Select(f => (f.PriceTicks, f.Fee)).ShouldBe([(10_000, 1000m * 0.0005m), (10_500, 1050m * 0.0002m)]);
    }

    [Fact]
    public void PartialFills_TakeTheirShareOfTheVolume_AndTheRestEndsWithTheDay()
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(spy, 25));
        });
        var bars = Bars(0.01m, 3, (100, 100, 100, 100, 100d), (100, 100, 100, 100, 105d), (100, 100, 100, 100, 99d), (100, 100, 100, 100, 500d));

        Run(strategy, Stock(), bars, Options with { VolumeShare = 0.1m });

        strategy.Fills.Select(f => f.Volume).ShouldBe([10, 9]);
        strategy.Ends.ShouldBe([(StrategyOrderState.Cancelled, "end of the trading day")]);
    }

    [Fact]
    public void Slippage_OfVolume_GrowsWithTheSquareOfTheShare()
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(spy, 50));
        });

        var result = Run(strategy, Stock(), Bars(0.01m, 10, (10_000, 10_000, 10_000, 10_000, 100d), (10_000, 10_000, 10_000, 10_000, 100d)), Options with { Slippage = new SlippageModel.OfVolume(0.1) });

        strategy.Fills.ShouldHaveSingleItem().PriceTicks.ShouldBe(10_250);
        result.Costs.Slippage.ShouldBe(2.5m * 50);
    }

    [Fact]
    public void Funds_ThatAreNotThere_RefuseWithTheNumbers()
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.Place(OrderIntent.BuyOpen(spy, 100));
        });

        var result = Run(strategy, Stock(), Flat(0.01m, 10, 10_000, 10_000), Options with { Cash = 10_000m });

        result.Orders.ShouldHaveSingleItem().Reason.ShouldBe("not enough funds: 10020.00 needed, 10000.00 available");
        result.FinalEquity.ShouldBe(10_000m);
    }

    [Fact]
    public void UpperLimit_IsWhereNobodySells()
    {
        var strategy = new EachBar((context, index, bar) =>
        {
            if (bar == 1) context.Place(OrderIntent.BuyOpen(index, 1));
            if (bar == 2) context.Place(OrderIntent.BuyOpen(index, 1).AtLimit(22_001));
        });

        // The first day settles at 20,000 ticks: 22,000 is the limit, and the second day stands there.
        var result = Run(strategy, IndexFuture(), Flat(0.2m, 2, 20_000, 20_000, 22_000, 22_000), Options with { Cash = 10_000_000m });

        result.Fills.ShouldBe(0);
        result.Orders.Select(o => o.Reason).ShouldBe(["end of the trading day", "outside the day's price limits"]);
    }

    [Fact]
    public void WarmUp_RefusesOrders_AndTellsSo()
    {
        var strategy = new EachBar((context, spy, _) => context.Place(OrderIntent.BuyOpen(spy, 1)));

        var result = Run(strategy, Stock(), Flat(0.01m, 10, 100, 100, 100, 100), warmUp: 2);

        result.Orders.Select(o => o.State).ShouldBe([StrategyOrderState.Rejected, StrategyOrderState.Rejected, StrategyOrderState.Filled, StrategyOrderState.Working]);
    }

    [Fact]
    public void Equity_ThatIsGone_ClosesEverythingAtTheNextOpen_AndTheStrategyHearsNoMore()
    {
        var heard = 0;
        var strategy = new EachBar((context, btc, bar) =>
        {
            heard++;
            if (bar == 0) context.Place(OrderIntent.BuyOpen(btc, 10));
        });

        var result = Run(strategy, Perpetual(), Flat(0.1m, 10, 10_000, 10_000, 9_000, 9_500, 20_000), Options with { Cash = 700m });

        heard.ShouldBe(2);
        result.RuinedAt.ShouldBe(result.Bars.EndOf(2));
        result.OpenLong.Volume.ShouldBe(0);
        result.FinalEquity.ShouldBe(700m - 500m - (10_000m * 0.0005m) - (9_500m * 0.0005m));
    }

    [Fact]
    public void LongerTimeframe_ComesWithTheBarThatCompletesIt()
    {
        var told = new List<(int Minutes, long Open, long High, long Low, long Close)>();
        var strategy = new Listener(bar => told.Add(((int)bar.Timeframe.Length.TotalMinutes, bar.OpenTicks, bar.HighTicks, bar.LowTicks, bar.CloseTicks)));

        Run(strategy, Stock(), Bars(0.01m, 5, (1, 5, 1, 2), (2, 9, 2, 3), (3, 4, 3, 4), (4, 5, 1, 5), (5, 6, 5, 6), (7, 7, 7, 7)), null, 0, Timeframe.Minutes(3), Timeframe.Day);

        told.Where(t => t.Minutes > 1).ShouldBe([(3, 1, 9, 1, 4), (3, 4, 6, 1, 6), (1440, 1, 9, 1, 6), (3, 7, 7, 7, 7), (1440, 7, 7, 7, 7)]);
        told.FindIndex(t => t.Minutes == 3).ShouldBe(3);
    }

    [Fact]
    public void Timer_ComesWithTheFirstBarAtOrAfterIt()
    {
        var told = new List<(string, DateTimeOffset)>();
        var strategy = new Listener(_ => { }) { Started = context => context.SetTimer("late", Start.AddMinutes(2.5)), Timer = (context, name) => told.Add((name, context.Now)) };

        Run(strategy, Stock(), Flat(0.01m, 10, 1, 1, 1, 1, 1));

        told.ShouldBe([("late", Start.AddMinutes(3))]);
    }

    [Fact]
    public void Strategy_ThatThrows_StopsTheRunAndSaysWhen()
    {
        var strategy = new EachBar((_, _, bar) =>
        {
            if (bar == 2) throw new DivideByZeroException("no volume");
        });

        var failed = Should.Throw<StrategyFailedException>(() => Run(strategy, Stock(), Flat(0.01m, 10, 1, 1, 1, 1)));

        (failed.At, failed.Message.Contains("no volume", StringComparison.Ordinal)).ShouldBe((Start.AddMinutes(3), true));
    }

    [Fact]
    public void Strategy_ThatAnswersEveryRefusalWithAnOrder_IsStopped()
    {
        var strategy = new Endless();

        Should.Throw<StrategyFailedException>(() => Run(strategy, Stock(), Flat(0.01m, 10, 1, 1))).Message.ShouldContain("orders on one bar");
    }

    [Fact]
    public void Run_ThatIsCancelled_Ends()
    {
        var definition = Definition(() => new EachBar((_, _, _) => { }));

        Should.Throw<OperationCanceledException>(() =>
            Backtest.Run(definition, definition.Bind([]).Value, Stock(), Flat(0.01m, 1, 1, 1), Options, progress: null, new CancellationToken(canceled: true)));
    }

    private sealed class Endless : Strategy
    {
        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => context.Place(new(instrument, OrderSide.Buy, Offset.Open, -1));

        public override void OnOrder(IStrategyContext context, StrategyOrder order) => context.Place(new(order.Instrument, OrderSide.Buy, Offset.Open, -1));
    }

    private sealed class Listener(Action<StrategyBar> act) : Strategy
    {
        public Action<IStrategyContext>? Started { get; init; }
        public Action<IStrategyContext, string>? Timer { get; init; }

        public override void OnStart(IStrategyContext context) => Started?.Invoke(context);

        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => act(bar);

        public override void OnTimer(IStrategyContext context, string name) => Timer?.Invoke(context, name);
    }
}
