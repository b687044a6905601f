using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class StrategyArchive(IDbContextFactory<QuantDashContext> contexts) : IStrategyArchive
{
    private static readonly NewestFirst<StrategyTriggerRow> ByTime = new(
        nameof(StrategyTriggerRow.TriggerTime), nameof(StrategyTriggerRow.Id), r => new(r.TriggerTime, r.Id.ToString()), NewestFirst<StrategyTriggerRow>.GuidKey);

    public async Task<Page<StrategySignal>> SignalsAsync(Guid? instance, SignalResult? result, PageRequest page, CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var word = result is { } wanted ? EnumText<SignalResult>.Of(wanted) : null;
        return await ByTime.PageAsync(
            context, rows => rows.If(instance is not null, r => r.StrategyId == instance).If(word is not null, r => r.ExecutionResult == word), r => r.ToSignal(), page, stop);
    }

    public async Task<IReadOnlyList<StrategyRun>> RunsAsync(Guid instance, int most, CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = await context.Set<StrategyRunRow>().AsNoTracking().Where(r => r.StrategyId == instance).OrderByDescending(r => r.StartedAt).Take(most).ToListAsync(stop);
        return [.. rows.Select(r => r.ToRun())];
    }
}
