using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Hosting;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Reads back what strategies go on with: the latest run of each, signals that are not over, and the latest others.</summary>
internal static class StrategyReader
{
    private const int Latest = 50;

    /// <summary>One that another program left unreadable is left out; its row stays as it is.</summary>
    public static async Task<IReadOnlyList<StrategyInstance>> StrategiesAsync(QuantDashContext context, ILogger log, CancellationToken stop)
    {
        var strategies = new List<StrategyInstance>();
        foreach (var row in await context.Set<StrategyConfigRow>().AsNoTracking().OrderBy(s => s.CreateTime).ThenBy(s => s.Id).ToListAsync(stop))
        {
            try
            {
                strategies.Add(row.ToStrategy());
            }
            catch (Exception e) when (e is FormatException or JsonException or ArgumentException)
            {
                log.LogError("Strategy {Strategy} cannot be read and is left out: {Reason}", row.Id, e.Message);
            }
        }

        return strategies;
    }

    public static async Task<IReadOnlyList<StrategyRun>> RunsAsync(QuantDashContext context, IReadOnlyList<StrategyInstance> strategies, CancellationToken stop)
    {
        var runs = new List<StrategyRun>();
        foreach (var id in strategies.Select(strategy => strategy.Id))
        {
            var row = await context.Set<StrategyRunRow>().AsNoTracking().Where(r => r.StrategyId == id).OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(stop);
            if (row is not null) runs.Add(row.ToRun());
        }

        return runs;
    }

    public static async Task<IReadOnlyList<StrategySignal>> SignalsAsync(QuantDashContext context, IReadOnlyList<StrategyInstance> strategies, CancellationToken stop)
    {
        var signals = context.Set<StrategyTriggerRow>().AsNoTracking();
        var rows = await signals.Where(s => !s.IsOver).ToListAsync(stop);
        foreach (var id in strategies.Select(strategy => strategy.Id))
            rows.AddRange(await signals.Where(s => s.StrategyId == id).OrderByDescending(s => s.TriggerTime).ThenByDescending(s => s.Number).Take(Latest).ToListAsync(stop));
        return [.. rows.DistinctBy(s => s.Id).Select(s => s.ToSignal())];
    }
}
