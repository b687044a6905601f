using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;
using Offset = QuantDash.Core.Orders.Offset;

namespace QuantDash.Tests.Core.Backtesting;

/// <summary>Random orders over random bars: the backtester and the naive one agree on every order, every fill and every cent.</summary>
public sealed class BacktestProperties
{
    [Fact]
    public void Futures_WithLimitsAndDearCloseToday_AgreeWithTheNaiveOne() => Agree(IndexFuture(), 20_000, 3_000_000m);

    [Fact]
    public void Futures_ThatTellTodayFromYesterday_AgreeWithTheNaiveOne() => Agree(SilverFuture(), 5_000, 400_000m);

    [Fact]
    public void Futures_RelievedAtSettlement_AgreeWithTheNaiveOne() => Agree(TaFuture(), 2_700, 60_000m);

    [Fact]
    public void Stocks_AgreeWithTheNaiveOne() => Agree(Stock(), 10_000, 3_000m);

    [Fact]
    public void Perpetuals_WithFunding_AgreeWithTheNaiveOne()
    {
        var funding = Enumerable.Range(0, 40).Select(i => new FundingRate(Start.AddHours(8 * i), 0.0001m * ((i % 5) - 2))).ToArray();
        Agree(Perpetual(funding), 300_000, 20_000m, 0.125m);
    }

    [Fact]
    public void Run_OfOneSeed_IsTheSameTwice() => Prop.ForAll((int seed) =>
    {
        var random = new Random(seed);
        var (bars, script) = (RandomBars(random, 0.2m, 20_000), Script(random, 1m));
        var options = Options with { Cash = 5_000_000m, Slippage = new SlippageModel.Drawn(4), Seed = (ulong)(uint)seed };
        BacktestResult Once() => Run(new Scripted(i => script[i]), IndexFuture(), bars, options);
        var (first, second) = (Once(), Once());
        first.Equity.ShouldBe(second.Equity);
        first.Trades.ShouldBe(second.Trades);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static void Agree(BacktestMarket market, long price, decimal cash, decimal unit = 1m) => Prop.ForAll((int seed) =>
    {
        var random = new Random(seed);
        var bars = RandomBars(random, market.Contract.PriceTick, price);
        var script = Script(random, unit);
        var options = new BacktestOptions
        {
            Cash = cash,
            Path = (BarPath)random.Next(4),
            LimitFill = (LimitFill)random.Next(2),
            Fill = random.Next(4) == 0 ? FillTiming.SameClose : FillTiming.NextOpen,
            Slippage = new SlippageModel.Ticks(random.Next(3)),
            VolumeShare = random.Next(3) == 0 ? 0.002m * unit : null,
            PriceLimits = random.Next(4) > 0,
        };
        var warmUp = random.Next(6);

        var naive = new NaiveBacktest(market, options, Naive(bars), warmUp, i => script[i]).Run();
        var real = Run(new Scripted(i => i < warmUp ? [] : script[i]), market, bars, options, warmUp);

        ShouldAgree(real, naive, $"seed {seed}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    internal static void ShouldAgree(BacktestResult real, NaiveBacktest naive, string what)
    {
        var tick = real.Bars.Columns.PriceTick;
        var ends = real.Orders.Select(o => $"{o.Number} {o.Side} {o.Offset} {o.Type} {o.FilledVolume:0.###}/{o.Volume:0.###} {o.State}").ToList();
        ends.Zip(naive.OrderEnds).FirstOrDefault(pair => pair.First != pair.Second).ShouldBe(default, $"the first order that differs, {what}");
        ends.Count.ShouldBe(naive.OrderEnds.Count(), what);
        real.Fills.ShouldBe(naive.Fills, what);
        real.Costs.ShouldBe(new(naive.Fees, naive.Slippage, naive.Funding), what);
        real.Trades.Select(t => (t.Side, t.EntryTicks * tick, t.ExitTicks * tick, t.Volume)).ShouldBe(naive.Trades, what);
        real.Days.Select(d => d.EndEquity).ShouldBe(naive.DayEquity, what);
        real.FinalEquity.ShouldBe(naive.Equity[^1], what);
        real.Equity.Length.ShouldBe(naive.Equity.Count);
        for (var i = 0; i < real.Equity.Length; i++) ((double)naive.Equity[i] - real.Equity[i]).ShouldBe(0, 0.001, $"{what}, bar {i}");
        // What is left in lots is paid for too: the round trips and the open lots share all fees between them.
        (real.Realised - real.Trades.Sum(t => t.Pnl)).ShouldBe(0m);
    }

    internal static BacktestBars RandomBars(Random random, decimal priceTick, long price)
    {
        var bars = new (long Open, long High, long Low, long Close, double Volume)[60];
        for (var i = 0; i < bars.Length; i++)
        {
            var open = price + (random.Next(5) == 0 ? random.Next(-30, 31) : random.Next(-2, 3));
            if (random.Next(25) == 0) open += random.Next(-2000, 2001) * open / 20_000;
            var close = open + random.Next(-15, 16);
            (open, close) = (Math.Max(open, 50), Math.Max(close, 50));
            var high = Math.Max(open, close) + random.Next(10);
            var low = Math.Min(open, close) - random.Next(10);
            bars[i] = (open, high, low, close, random.Next(0, 3000));
            price = close;
        }
        return Bars(priceTick, 7, bars);
    }

    internal static Wish[][] Script(Random random, decimal unit)
    {
        var script = new Wish[60][];
        for (var i = 0; i < script.Length; i++) script[i] = [.. Enumerable.Range(0, Math.Max(0, random.Next(-3, 4))).Select(_ => Any(random, unit))];
        return script;
    }

    private static Wish Any(Random random, decimal unit) => random.Next(12) switch
    {
        0 => new(WishKind.CancelAll),
        1 or 2 => new(WishKind.MoveTo, Volume: random.Next(-4, 5) * unit),
        _ => new(
            WishKind.Place, (OrderSide)random.Next(2), (Offset)new[] { 0, 0, 0, 1, 1, 2, 3 }[random.Next(7)], random.Next(1, 6) * unit,
            (StrategyOrderType)random.Next(3), random.Next(-12, 13)),
    };
}
