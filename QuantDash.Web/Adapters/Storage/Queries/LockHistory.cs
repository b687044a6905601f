using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class LockHistory(IDbContextFactory<QuantDashContext> contexts) : ILockHistory
{
    private static readonly NewestFirst<LockTriggerRow> ByTriggered = new(
        nameof(LockTriggerRow.TriggeredAt), nameof(LockTriggerRow.Id), r => new(r.TriggeredAt, r.Id.ToString()), NewestFirst<LockTriggerRow>.GuidKey);

    private static readonly NewestFirst<LockExecutionRow> ByExecuted = new(
        nameof(LockExecutionRow.ExecutedAt), nameof(LockExecutionRow.Id), r => new(r.ExecutedAt, r.Id.ToString()), NewestFirst<LockExecutionRow>.GuidKey);

    private static readonly NewestFirst<LockRow> ByCreated = new(
        nameof(LockRow.CreatedAt), nameof(LockRow.Id), r => new(r.CreatedAt, r.Id.ToString()), NewestFirst<LockRow>.GuidKey);

    public async Task<LockTrigger?> TriggerAsync(Guid id, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var row = await context.Set<LockTriggerRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, stop);
        return row?.ToTrigger();
    }

    public async Task<Page<LockTrigger>> TriggersAsync(LockFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var (account, symbol) = (filter.AccountId?.Value, filter.Symbol?.ToString());
        var status = filter.Status is { } wanted ? EnumText<TriggerStatus>.Of(wanted) : null;
        var condition = filter.Condition is { } kind ? EnumText<ConditionKind>.Of(kind) : null;
        return await ByTriggered.PageAsync(
            context,
            rows => rows
                .If(account is not null, r => r.AccountId == account)
                .If(symbol is not null, r => r.Symbol == symbol)
                .If(filter.ConfigId is not null, r => r.ConfigId == filter.ConfigId)
                .If(status is not null, r => r.ExecutionStatus == status)
                .If(condition is not null, r => r.TriggerType == condition)
                .If(filter.Since is not null, r => r.TriggeredAt >= filter.Since)
                .If(filter.Before is not null, r => r.TriggeredAt < filter.Before),
            r => r.ToTrigger(),
            page,
            stop);
    }

    public async Task<Page<LockExecution>> ExecutionsAsync(LockFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var (account, symbol) = (filter.AccountId?.Value, filter.Symbol?.ToString());
        return await ByExecuted.PageAsync(
            context,
            rows => rows
                .If(account is not null, r => r.AccountId == account)
                .If(symbol is not null, r => r.Symbol == symbol)
                .If(filter.Since is not null, r => r.ExecutedAt >= filter.Since)
                .If(filter.Before is not null, r => r.ExecutedAt < filter.Before),
            r => r.ToExecution(),
            page,
            stop);
    }

    public async Task<Page<PositionLock>> LocksAsync(LockFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var (account, symbol) = (filter.AccountId?.Value, filter.Symbol?.ToString());
        return await ByCreated.PageAsync(
            context,
            rows => rows
                .If(account is not null, r => r.AccountId == account)
                .If(symbol is not null, r => r.Symbol == symbol)
                .If(filter.Since is not null, r => r.CreatedAt >= filter.Since)
                .If(filter.Before is not null, r => r.CreatedAt < filter.Before),
            r => r.ToLock(),
            page,
            stop);
    }
}
