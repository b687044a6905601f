using QuantDash.Core.Backtesting;
using QuantDash.Tests.Core.Backtesting;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>Reference results of the built-in strategies, as docs/strategies.md tells them. The numbers are those of the naive twins, which run beside.</summary>
public sealed class GoldenStrategyTests
{
    private static readonly BacktestOptions IndexFuture = new() { Cash = 5_000_000m, Slippage = new SlippageModel.Ticks(1) };
    private static readonly BacktestOptions Bitcoin = new() { Cash = 100_000m, Slippage = new SlippageModel.Ticks(1) };
    private static readonly BacktestOptions Spy = new() { Cash = 100_000m };

    [DataFact]
    public void Donchian_GivesTheWrittenNumbers()
    {
        OnIndexFuture(StrategyCase.Donchian(1m, 48, 14, 3m), new(2539, 1269, 205952.94m, 5185127.06m));
        OnBitcoin(StrategyCase.Donchian(0.5m, 120, 60, 4m), new(970, 485, 9987.939375m, 84173.610625m));
        OnSpy(StrategyCase.Donchian(100m, 20, 14, 3m), new(345, 172, 11782.8m, 78866.2m));
    }

    [DataFact]
    public void RsiReversal_GivesTheWrittenNumbers()
    {
        OnIndexFuture(StrategyCase.Rsi(1m, 14, 30m, 70m, 50m), new(1902, 951, 171352.73m, 4010307.27m));
        OnBitcoin(StrategyCase.Rsi(0.5m, 14, 25m, 75m, 0m), new(321, 160, 3323.877475m, 100795.072525m));
        OnSpy(StrategyCase.Rsi(100m, 14, 30m, 70m, 55m), new(120, 60, 3980.7m, 93220.3m));
    }

    [DataFact]
    public void Bollinger_GivesTheWrittenNumbers()
    {
        OnIndexFuture(StrategyCase.Bollinger(1m, 20, 2m, "breakout"), new(4903, 2451, 462524.03m, 4917875.97m));
        OnBitcoin(StrategyCase.Bollinger(0.5m, 60, 2.5m, "reversion"), new(986, 493, 10107.84925m, 93328.35075m));
        OnSpy(StrategyCase.Bollinger(100m, 20, 2m, "reversion"), new(424, 212, 13786.8m, 104244.2m));
    }

    [DataFact]
    public void VolumeBreakout_GivesTheWrittenNumbers()
    {
        OnIndexFuture(StrategyCase.VolumeBreakout(1m, 48, 48, 2m, 24), new(1293, 646, 84988.26m, 4705791.74m));
        OnBitcoin(StrategyCase.VolumeBreakout(0.5m, 60, 60, 3m, 30), new(860, 430, 8831.309m, 85813.691m));
        OnSpy(StrategyCase.VolumeBreakout(100m, 20, 20, 1.5m, 10), new(150, 75, 5332.88m, 86084.12m));
    }

    [DataFact]
    public void MultiTimeframeMomentum_GivesTheWrittenNumbers()
    {
        OnIndexFuture(StrategyCase.Momentum(1m, 60, 20, 12, 0.5m), new(3402, 1701, 363073.77m, 4846386.23m));
        OnBitcoin(StrategyCase.Momentum(0.5m, 60, 24, 30, 0.4m), new(866, 433, 8700.03775m, 90672.16225m));
    }

    [DataFact]
    public void Grid_GivesTheWrittenNumbers()
    {
        OnIndexFuture(StrategyCase.Grid(1m, 0.5m, 3, "both", 2), new(8766, 4837, 1006867.88m, 396192.12m));
        OnBitcoin(StrategyCase.Grid(0.1m, 0.5m, 5, "both", 3), new(1546, 809, 1412.601597m, 102752.928403m));
        OnSpy(StrategyCase.Grid(50m, 2m, 5, "long", 0), new(208, 104, 1914.07m, 111274.93m));
    }

    [DataFact]
    public void OpeningBuyer_GivesTheWrittenNumbers()
    {
        // A lot of the index future is 650,000 to 1,600,000: 2,000,000 pays for one to three.
        OnIndexFuture(StrategyCase.Opening(bar => new(bar.Day.ToDateTime(new TimeOnly(9, 30)), TimeSpan.FromHours(8)), 2_000_000m, 10, 30, skipHeld: true), new(1, 0, 32.27m, 5924327.73m));
        OnBitcoin(StrategyCase.Opening(null, 2_000m, 0, 30, skipHeld: false), new(33, 0, 32.66744845m, 95878.85165155m));
    }

    [Fact]
    public void EveryStrategy_OverAWalk_GivesTheWrittenNumbers()
    {
        var bars = StrategyBars.Walk(7, 3000, 120, 5_000);
        var (silver, options) = (BacktestSamples.SilverFuture(), new BacktestOptions { Cash = 3_000_000m, Slippage = new SlippageModel.Ticks(1) });
        Expected Run(StrategyCase strategy) => Of(strategy.Agree(silver, bars, options, strategy.Definition.Name));

        Run(StrategyCase.Donchian(1m, 20, 14, 2m)).ShouldBe(new(161, 80, 71.24m, 3019338.76m));
        Run(StrategyCase.Rsi(1m, 14, 30m, 70m, 50m)).ShouldBe(new(69, 34, 35.62m, 2982399.38m));
        Run(StrategyCase.Bollinger(1m, 20, 2m, "reversion")).ShouldBe(new(165, 82, 75.74m, 2974034.26m));
        Run(StrategyCase.VolumeBreakout(1m, 20, 20, 1.5m, 10)).ShouldBe(new(41, 20, 21.32m, 3013013.68m));
        Run(StrategyCase.Momentum(1m, 15, 10, 12, 0.1m)).ShouldBe(new(175, 87, 73.43m, 3014581.57m));
        Run(StrategyCase.Grid(1m, 0.5m, 4, "both", 2)).ShouldBe(new(100, 62, 78.81m, 2967941.19m));
        Run(StrategyCase.Opening(StrategyBars.OpenOf, 100_000m, 2, 10, skipHeld: false)).ShouldBe(new(25, 0, 18.93m, 3107516.07m));
    }

    private static void OnIndexFuture(StrategyCase strategy, Expected expected) => Golden(strategy, RealBars.IndexFuture(), IndexFuture, expected, "IF, 5 minutes");

    private static void OnBitcoin(StrategyCase strategy, Expected expected) => Golden(strategy, RealBars.Bitcoin(), Bitcoin, expected, "BTC, 1 minute");

    private static void OnSpy(StrategyCase strategy, Expected expected) => Golden(strategy, RealBars.Spy(), Spy, expected, "SPY, daily");

    private static void Golden(StrategyCase strategy, (BacktestMarket Market, BacktestBars Bars) real, BacktestOptions options, Expected expected, string what) =>
        Of(strategy.Agree(real.Market, real.Bars, options, $"{strategy.Definition.Name}, {what}")).ShouldBe(expected, $"{strategy.Definition.Name}, {what}");

    private static Expected Of(BacktestResult result) => new(result.Fills, result.Trades.Count, result.Costs.Fees, result.FinalEquity);

    private sealed record Expected(int Fills, int Trades, decimal Fees, decimal FinalEquity);
}
