using QuantDash.Core.Performance;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>Runs one strategy with many values over the same bars, on several cores.</summary>
public static class ParameterSweep
{
    /// <summary>One row for each of <paramref name="values"/>, in their order; a run that failed says why.</summary>
    /// <param name="cores">How many runs go on at a time, ≥ 1.</param>
    public static IReadOnlyList<SweepRow> Run(
        StrategyDefinition definition, IReadOnlyList<ParameterValues> values, BacktestMarket market, BacktestBars bars, BacktestOptions options, int cores,
        CancellationToken stop = default)
    {
        var rows = new SweepRow[values.Count];
        var plain = options with { KeepsDetail = false };
        Parallel.For(0, values.Count, new() { MaxDegreeOfParallelism = cores, CancellationToken = stop }, i => rows[i] = Row(definition, values[i], market, bars, plain, stop));
        return rows;
    }

    private static SweepRow Row(
        StrategyDefinition definition, ParameterValues values, BacktestMarket market, BacktestBars bars, BacktestOptions options, CancellationToken stop)
    {
        try
        {
            var result = Backtest.Run(definition, values, market, bars, options, progress: null, stop);
            return new(values, result.FinalEquity, result.Fills, result.RoundTrips, result.Costs.Fees, result.MaxDrawdown, Sharpe(result.Days), Failure: null);
        }
        catch (StrategyFailedException failed)
        {
            return new(values, null, 0, 0, 0m, null, null, failed.Message);
        }
    }

    private static double? Sharpe(IReadOnlyList<DailyResult> days)
    {
        var returns = new double[days.Count];
        for (var i = 0; i < returns.Length; i++) returns[i] = (double)(days[i].EndEquity - days[i].StartEquity) / (double)days[i].StartEquity;
        return returns.All(double.IsFinite) ? ReturnStatistics.Sharpe(returns) : null;
    }
}

/// <summary>One run of a sweep.</summary>
/// <param name="FinalEquity">Null, as the ratios, when the run failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
public sealed record SweepRow(
    ParameterValues Values, decimal? FinalEquity, int Fills, int Trades, decimal Fees, double? MaxDrawdown, double? Sharpe, string? Failure);
