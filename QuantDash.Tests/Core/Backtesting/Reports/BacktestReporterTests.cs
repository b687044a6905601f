using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Backtesting.Reports;

public sealed class BacktestReporterTests
{
    /// <summary>Ten shares at the opens 100, 110 (day one), 120, 130 (day two): bought at 110, sold at 130.</summary>
    [Fact]
    public void Report_OfARunThatCanBeCountedByHand_IsThat()
    {
        var bars = BacktestSamples.Flat(0.01m, 2, 10_000, 11_000, 12_000, 13_000);
        var definition = BacktestSamples.Definition(() => new BuyThenSell());
        var options = BacktestSamples.Options with { Cash = 10_000m, Fees = new(new(FeeBasis.ByMoney, 0m), new(FeeBasis.ByMoney, 0m), new(FeeBasis.ByMoney, 0m)) };

        var report = BacktestReporter.Of(Backtest.Run(definition, definition.Bind([]).Value, BacktestSamples.Stock(), bars, options));

        report.Days.Select(day => day.EndEquity).ShouldBe([10_000m, 10_200m]);
        report.Exposure.ShouldBe([0.11, 0], 1e-9);
        report.Benchmark.ShouldBe([11_000, 13_000], 1e-9);
        report.Statistics.BenchmarkReturn!.Value.ShouldBe(0.3, 1e-12);
        report.Statistics.Pnl.ShouldBe(200m);
        report.Equity.Select(point => point.Equity).ShouldBe([10_000, 10_000, 10_100, 10_200], 1e-9);
        report.Candles.Count.ShouldBe(4);
        var trade = report.Trades.ShouldHaveSingleItem();
        (trade.Side, trade.Volume, trade.EntryPrice, trade.ExitPrice, trade.Net, trade.Bars).ShouldBe((Side.Long, 10m, 110m, 130m, 200m, 2));
        (trade.Mae, trade.Mfe).ShouldBe((0m, 200m));
        report.Orders.Count.ShouldBe(2);
        report.OpenPosition.ShouldBeEmpty();
    }

    [Fact]
    public void Candles_OfVeryManyBars_HoldEveryExtreme()
    {
        var bars = BacktestSamples.Flat(0.01m, 1_000, [.. Enumerable.Range(0, 4_500).Select(i => i == 3_001 ? 99_999L : 10_000 + i)]);
        var definition = BacktestSamples.Definition(() => new BuyThenSell());

        var report = BacktestReporter.Of(Backtest.Run(definition, definition.Bind([]).Value, BacktestSamples.Stock(), bars, BacktestSamples.Options));

        report.Candles.Count.ShouldBe(1_500);
        report.Candles.Max(candle => candle.High).ShouldBe(999.99, 1e-9);
        report.Candles[^1].Close.ShouldBe(144.99, 1e-9);
    }

    private sealed class BuyThenSell : Strategy
    {
        private int _bar;

        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
        {
            if (_bar == 0) context.MoveTo(instrument, 10m);
            if (_bar == 2) context.MoveTo(instrument, 0m);
            _bar++;
        }
    }
}
