using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Data;

/// <summary>Makes minute bars of what was recorded, for every source and symbol. In the trader's process, on whose disk the ticks lie.</summary>
internal sealed class BarSyncJob(ITickArchive ticks, HistorySync sync, ContractCatalog catalog) : IBackgroundJob
{
    private static readonly Timeframe Minute = Timeframe.Minutes(1);

    public JobPlan Plan { get; } = new()
    {
        Name = "bar-sync",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.DailyAt(new(8, 10)), // 16:10 where the exchanges are: the trading day is over.
        Missed = MissedTime.RunOnce,
        Retries = 3,
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var recorded = ticks.Days().GroupBy(day => (day.Source, day.Symbol)).ToList();
        var (series, bars) = (0, 0);
        for (var i = 0; i < recorded.Count; i++)
        {
            run.Tell((double)i / recorded.Count, "building");
            if (await AddedAsync(recorded[i], stop) is not (> 0 and var added)) continue;
            series++;
            bars += added;
        }

        return bars == 0
            ? new("no_new_bars") { Idle = true }
            : new("built_bars", bars.ToString(CultureInfo.InvariantCulture), series.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>None for a symbol that the catalog no longer knows, or whose ticks are in other units than its contract.</summary>
    private async Task<int> AddedAsync(IEnumerable<TickDay> days, CancellationToken stop)
    {
        var last = days.MaxBy(day => day.TradingDay)!;
        if (catalog.Find(last.Symbol, last.TradingDay) is not { } contract) return 0;
        var result = await sync.RunAsync(new(last.Source, last.Symbol, Minute), contract, null, last.TradingDay, stop);
        return result.Succeeded ? result.Value.Added : 0;
    }
}
