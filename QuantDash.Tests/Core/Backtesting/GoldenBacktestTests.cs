using System.Globalization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Strategies.MovingAverageCross;
using QuantDash.Tests.Support;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;

namespace QuantDash.Tests.Core.Backtesting;

/// <summary>The moving-average cross over real bars. The numbers are those of the naive implementation, which is run beside; they are written down so that no machine and no change moves them unseen.</summary>
public sealed class GoldenBacktestTests
{
    [DataFact]
    public void IndexFuture_FiveMinutes_GivesTheWrittenNumbers() =>
        Golden(RealBars.IndexFuture(), new() { Cash = 3_000_000m, Slippage = new SlippageModel.Ticks(1) }, 20, 60, 1m, new(2755, 1377, 145503.69m, 3935216.31m));

    [DataFact]
    public void Bitcoin_OneMinute_GivesTheWrittenNumbers() =>
        Golden(RealBars.Bitcoin(), new() { Cash = 100_000m, Slippage = new SlippageModel.Ticks(1) }, 30, 120, 0.5m, new(941, 470, 9682.961425m, 91142.888575m));

    [DataFact]
    public void Spy_Daily_GivesTheWrittenNumbers() =>
        Golden(RealBars.Spy(), new() { Cash = 100_000m }, 10, 50, 100m, new(303, 151, 9954.81m, 84763.19m));

    private static void Golden((BacktestMarket Market, BacktestBars Bars) real, BacktestOptions options, int fast, int slow, decimal volume, Expected expected)
    {
        var values = Bind(SmaCross.Definition, ("fast", $"{fast}"), ("slow", $"{slow}"), ("volume", string.Create(CultureInfo.InvariantCulture, $"{volume}")));
        var bars = Naive(real.Bars);
        var naive = new NaiveBacktest(real.Market, options, bars, slow, NaiveCross(bars, fast, slow, volume)).Run();

        var result = Backtest.Run(SmaCross.Definition, values, real.Market, real.Bars, options);

        BacktestProperties.ShouldAgree(result, naive, "real bars");
        new Expected(result.Fills, result.Trades.Count, result.Costs.Fees, result.FinalEquity).ShouldBe(expected);
        result.Report().Trades.Count.ShouldBe(expected.Trades);
    }

    /// <summary>Both averages anew at every bar, as anybody would write them down.</summary>
    private static Func<int, IEnumerable<Wish>> NaiveCross(IReadOnlyList<NaiveBar> bars, int fast, int slow, decimal volume)
    {
        decimal Average(int bar, int length)
        {
            var sum = 0m;
            for (var i = bar - length + 1; i <= bar; i++) sum += bars[i].Close;
            return sum / length;
        }

        int Relation(int bar) => bar < slow - 1 ? 0 : Average(bar, fast).CompareTo(Average(bar, slow));
        return bar =>
        {
            var now = Relation(bar);
            var earlier = bar - 1;
            while (earlier >= slow - 1 && Relation(earlier) == 0) earlier--;
            var before = Relation(earlier);
            return now == 0 || before == 0 || now == before ? [] : [new(WishKind.MoveTo, Volume: now * volume)];
        };
    }

    private sealed record Expected(int Fills, int Trades, decimal Fees, decimal FinalEquity);
}
