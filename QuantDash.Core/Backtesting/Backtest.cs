using System.Globalization;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>Runs a strategy over bars.</summary>
public static class Backtest
{
    /// <param name="values">Bound by the definition.</param>
    /// <param name="progress">Told the share that is done, once a trading day.</param>
    /// <exception cref="StrategyFailedException">The strategy threw.</exception>
    public static BacktestResult Run(
        StrategyDefinition definition, ParameterValues values, BacktestMarket market, BacktestBars bars, BacktestOptions options,
        IProgress<double>? progress = null, CancellationToken stop = default)
    {
        if (options.Cash <= 0m) throw new ArgumentOutOfRangeException(nameof(options), options.Cash, "Funds at the beginning are above zero.");
        if (options.VolumeShare is <= 0m or > 1m) throw new ArgumentOutOfRangeException(nameof(options), options.VolumeShare, "A share of the volume is above 0 and at most 1.");
        var run = new BacktestRun(definition, values, market, bars, options);
        run.Go(progress, stop);
        return run.Result();
    }
}

/// <summary>A strategy threw; it was stopped there.</summary>
public sealed class StrategyFailedException : Exception
{
    public StrategyFailedException(string strategy, DateTimeOffset at, Exception inner)
        : base(string.Create(CultureInfo.InvariantCulture, $"{strategy} failed at {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {inner.Message}"), inner) => (Strategy, At) = (strategy, at);

    public string Strategy { get; }

    /// <summary>Time of the event it failed on.</summary>
    public DateTimeOffset At { get; }
}
