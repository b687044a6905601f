using System.Globalization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Bollinger;
using QuantDash.Core.Strategies.DonchianTrend;
using QuantDash.Core.Strategies.Grid;
using QuantDash.Core.Strategies.MultiTimeframeMomentum;
using QuantDash.Core.Strategies.OpeningBuyer;
using QuantDash.Core.Strategies.RsiReversal;
using QuantDash.Core.Strategies.VolumeBreakout;
using QuantDash.Tests.Core.Backtesting;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>A built-in strategy with values, and its naive twin over the same bars.</summary>
internal sealed record StrategyCase(StrategyDefinition Definition, Func<BacktestMarket, IReadOnlyList<NaiveBar>, NaiveStrategy> Naive, params (string Name, string Value)[] Values)
{
    public static StrategyCase Rsi(decimal volume, int period, decimal oversold, decimal overbought, decimal exit) => new(
        RsiReversalStrategy.Definition, (market, bars) => new NaiveRsi(market, bars, volume, period, oversold, overbought, exit),
        ("volume", Write(volume)), ("period", Write(period)), ("oversold", Write(oversold)), ("overbought", Write(overbought)), ("exit", Write(exit)));

    public static StrategyCase Bollinger(decimal volume, int period, decimal deviations, string mode) => new(
        BollingerStrategy.Definition, (market, bars) => new NaiveBollinger(market, bars, volume, period, deviations, mode == "breakout"),
        ("volume", Write(volume)), ("period", Write(period)), ("deviations", Write(deviations)), ("mode", mode));

    public static StrategyCase VolumeBreakout(decimal volume, int channel, int average, decimal factor, int exit) => new(
        VolumeBreakoutStrategy.Definition, (market, bars) => new NaiveVolumeBreakout(market, bars, volume, channel, average, factor, exit),
        ("volume", Write(volume)), ("channel", Write(channel)), ("average", Write(average)), ("factor", Write(factor)), ("exit", Write(exit)));

    public static StrategyCase Momentum(decimal volume, int longerMinutes, int trend, int momentum, decimal threshold) => new(
        MultiTimeframeMomentumStrategy.Definition, (market, bars) => new NaiveMomentum(market, bars, volume, longerMinutes, trend, momentum, threshold),
        ("volume", Write(volume)), ("longer", longerMinutes == 60 ? "1h" : $"{longerMinutes}m"), ("trend", Write(trend)), ("momentum", Write(momentum)), ("threshold", Write(threshold)));

    public static StrategyCase Donchian(decimal volume, int channel, int atr, decimal stop) => new(
        DonchianBreakout.Definition, (market, bars) => new NaiveDonchian(market, bars, volume, channel, atr, stop),
        ("volume", Write(volume)), ("channel", Write(channel)), ("atr", Write(atr)), ("stop", Write(stop)));

    public static StrategyCase Grid(decimal volume, decimal spacing, int lines, string direction, int stop) => new(
        GridStrategy.Definition, (market, bars) => new NaiveGrid(market, bars, volume, spacing, lines, direction, stop),
        ("volume", Write(volume)), ("spacing", Write(spacing)), ("lines", Write(lines)), ("direction", direction), ("stop", Write(stop)));

    /// <summary>The morning session of a bar's day begins when <paramref name="openOf"/> says; null: with the day's first bar.</summary>
    public static StrategyCase Opening(Func<NaiveBar, DateTimeOffset>? openOf, decimal budget, int delay, int window, bool skipHeld) => new(
        OpeningBuyerStrategy.Definition, (market, bars) => new NaiveOpening(market, bars, openOf, budget, delay, window, skipHeld),
        ("budget", Write(budget)), ("delay", Write(delay)), ("window", Write(window)), ("skip_held", skipHeld ? "true" : "false"));

    /// <summary>Runs both and holds them to each other: every order, every fill, every cent.</summary>
    public BacktestResult Agree(BacktestMarket market, BacktestBars bars, BacktestOptions options, string what)
    {
        var values = BacktestSamples.Bind(Definition, Values);
        var naive = Naive(market, BacktestSamples.Naive(bars)).Run(options, Definition.WarmUpBars(values));
        var result = Backtest.Run(Definition, values, market, bars, options);
        BacktestProperties.ShouldAgree(result, naive, what);
        return result;
    }

    private static string Write(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
