using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Data;

/// <summary>Brings every series that a history offers up to date, one after the other.</summary>
internal sealed class SeriesSync(HistorySync sync, ContractCatalog catalog)
{
    private const int MostTold = 5;

    /// <summary>What a symbol without news, without a contract, or with ticks in other units than its contract answers is no failure.</summary>
    private static readonly string[] Ordinary = ["bars_no_history", "bars_other_price_tick"];

    /// <summary>Throws when a series could not be read or stored, after the others are done.</summary>
    /// <param name="report">Key of its text, with the bars and the series.</param>
    public async Task<JobReport> RunAsync(Func<Timeframe, bool> wanted, string report, JobRun run, CancellationToken stop)
    {
        var offered = sync.Series().Where(series => wanted(series.Key.Timeframe)).ToList();
        var failures = new List<string>();
        var (series, bars) = (0, 0);
        for (var i = 0; i < offered.Count; i++)
        {
            run.Tell((double)i / offered.Count, "building");
            var result = await RunAsync(offered[i], stop);
            if (result.Problems.FirstOrDefault(problem => !Ordinary.Contains(problem.Code)) is { } problem) failures.Add($"{offered[i].Key}: {problem.Field}: {HistoryCommand.Sentence(problem)}");
            if (result is not { Succeeded: true, Value.Added: > 0 and var added }) continue;
            series++;
            bars += added;
        }

        if (failures.Count > 0) throw new InvalidDataException(string.Join(' ', failures.Take(MostTold)));
        return bars == 0
            ? new("no_new_bars") { Idle = true }
            : new(report, bars.ToString(CultureInfo.InvariantCulture), series.ToString(CultureInfo.InvariantCulture));
    }

    private async Task<Outcome<BarMergeResult>> RunAsync(OfferedSeries series, CancellationToken stop) =>
        catalog.Find(series.Key.Symbol, series.AsOf) is { } contract
            ? await sync.RunAsync(series.Key, contract, null, DateOnly.MaxValue, stop)
            : Outcome<BarMergeResult>.Failure("symbol", "bars_no_history", series.Key.ToString());
}
