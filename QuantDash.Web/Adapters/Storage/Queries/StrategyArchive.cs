using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class StrategyArchive(IDbContextFactory<QuantDashContext> contexts) : IStrategyArchive
{
    private static readonly NewestFirst<StrategyTriggerRow> ByTime = new(
        nameof(StrategyTriggerRow.TriggerTime), nameof(StrategyTriggerRow.Id), r => new(r.TriggerTime, r.Id.ToString()), NewestFirst<StrategyTriggerRow>.GuidKey);

    public async Task<Page<StrategySignal>> SignalsAsync(SignalFilter filter, PageRequest page, CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        return filter.Order == default
            ? await ByTime.PageAsync(context, rows => Wanted(rows, filter), r => r.ToSignal(), page, stop)
            : await SortedAsync(context, filter, page, stop);
    }

    public async Task<IReadOnlyList<StrategyRun>> RunsAsync(Guid instance, int most, CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = await context.Set<StrategyRunRow>().AsNoTracking().Where(r => r.StrategyId == instance).OrderByDescending(r => r.StartedAt).Take(most).ToListAsync(stop);
        return [.. rows.Select(r => r.ToRun())];
    }

    /// <summary>Any column can be asked for: no index leads through all of them, so a page counts from the beginning.</summary>
    private static async Task<Page<StrategySignal>> SortedAsync(QuantDashContext context, SignalFilter filter, PageRequest page, CancellationToken stop)
    {
        var (order, from) = ($"{filter.Order.By}-{filter.Order.Ascending}", 0L);
        if (page.Cursor is { } cursor)
        {
            var start = Cursor.Parse(cursor);
            if (start.Key != order || start.At.Ticks > int.MaxValue) throw new FormatException("The cursor is one of another order.");
            from = start.At.Ticks;
        }

        var sorted = Sorted(Wanted(context.Set<StrategyTriggerRow>(), filter), filter.Order, context.Database.IsSqlite() ? "BINARY" : "C");
        var found = await sorted.ThenByDescending(r => r.TriggerTime).ThenByDescending(r => r.Number).ThenByDescending(r => r.Id).Skip((int)from).Take(page.Limit + 1).AsNoTracking().ToListAsync(stop);
        var next = found.Count > page.Limit ? new Cursor(new(from + page.Limit, TimeSpan.Zero), order).ToString() : null;
        return new([.. found.Take(page.Limit).Select(r => r.ToSignal())], next);
    }

    private static IQueryable<StrategyTriggerRow> Wanted(IQueryable<StrategyTriggerRow> rows, SignalFilter filter)
    {
        var word = filter.Result is { } result ? EnumText<SignalResult>.Of(result) : null;
        return rows.If(filter.InstanceId is not null, r => r.StrategyId == filter.InstanceId).If(word is not null, r => r.ExecutionResult == word);
    }

    /// <summary>Letters by their code on both databases; amounts as doubles, for on SQLite no others can be sorted by.</summary>
    private static IOrderedQueryable<StrategyTriggerRow> Sorted(IQueryable<StrategyTriggerRow> rows, SignalOrder order, string letters) => order.By switch
    {
        SignalSort.Time => By(rows, r => r.TriggerTime, order.Ascending),
        SignalSort.Strategy => By(rows, r => EF.Functions.Collate(r.StrategyName, letters), order.Ascending),
        SignalSort.Symbol => By(rows, r => EF.Functions.Collate(r.Symbol, letters), order.Ascending),
        SignalSort.Price when order.Ascending => rows.OrderBy(r => r.TriggerPrice == null).ThenBy(r => (double?)r.TriggerPrice),
        SignalSort.Price => rows.OrderBy(r => r.TriggerPrice == null).ThenByDescending(r => (double?)r.TriggerPrice),
        SignalSort.Volume => By(rows, r => (double)r.Volume, order.Ascending),
        SignalSort.Result => By(rows, r => EF.Functions.Collate(r.ExecutionResult, letters), order.Ascending),
        _ => throw new InvalidOperationException($"Unknown order {order.By}."),
    };

    private static IOrderedQueryable<StrategyTriggerRow> By<TKey>(IQueryable<StrategyTriggerRow> rows, Expression<Func<StrategyTriggerRow, TKey>> key, bool ascending) =>
        ascending ? rows.OrderBy(key) : rows.OrderByDescending(key);
}
