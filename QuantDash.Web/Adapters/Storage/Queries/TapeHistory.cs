using System.Globalization;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class TapeHistory(IDbContextFactory<QuantDashContext> contexts) : ITapeHistory
{
    public async Task<Page<TapeEvent>> EventsAsync(TapeFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var (account, symbol) = (filter.AccountId?.Value, filter.Symbol?.ToString());
        var severity = filter.Severity is { } wanted ? EnumText<TapeSeverity>.Of(wanted) : null;
        // By number, not by time: the tape's own order, whatever clock its sources keep.
        var before = page.Cursor is { } cursor ? NumberIn(Cursor.Parse(cursor)) : long.MaxValue;
        var found = await context.Set<TapeEventRow>().AsNoTracking()
            .Where(r => r.Number < before)
            .If(account is not null, r => r.AccountId == account)
            .If(symbol is not null, r => r.Symbol == symbol)
            .If(severity is not null, r => r.Severity == severity)
            .If(filter.SubjectId is not null, r => r.SubjectId == filter.SubjectId)
            .If(filter.KeyPrefix is not null, r => r.Key.StartsWith(filter.KeyPrefix!))
            .If(filter.Since is not null, r => r.At >= filter.Since)
            .If(filter.Before is not null, r => r.At < filter.Before)
            .OrderByDescending(r => r.Number)
            .Take(page.Limit + 1)
            .ToListAsync(stop);
        var next = found.Count > page.Limit ? CursorAt(found[page.Limit - 1]).ToString() : null;
        return new([.. found.Take(page.Limit).Select(r => r.ToEvent())], next);
    }

    private static Cursor CursorAt(TapeEventRow row) => new(row.At, row.Number.ToString(CultureInfo.InvariantCulture));

    private static long NumberIn(Cursor cursor) => long.Parse(cursor.Key, NumberStyles.None, CultureInfo.InvariantCulture);
}
