using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Queries;

/// <summary>How a table is listed: by time and key, newest first. A page starts where the one before ended (keyset), so that it costs the same
/// however far back it lies, and new rows shift nothing.</summary>
/// <param name="Time">Property of the time.</param>
/// <param name="Key">Property that tells rows of the same time apart.</param>
/// <param name="PositionOf">Both, of a row.</param>
/// <param name="ParseKey">The key out of a cursor's text; throws <see cref="FormatException"/>.</param>
internal sealed record NewestFirst<TRow>(string Time, string Key, Func<TRow, Cursor> PositionOf, Func<string, object> ParseKey)
    where TRow : class
{
    public static object GuidKey(string text) => Guid.ParseExact(text, "D");

    public async Task<Page<TRecord>> PageAsync<TRecord>(
        QuantDashContext context, Func<IQueryable<TRow>, IQueryable<TRow>> filter, Func<TRow, TRecord> toRecord, PageRequest page, CancellationToken stop)
    {
        var rows = filter(From(context, page.Cursor))
            .OrderByDescending(r => EF.Property<object>(r, Time)).ThenByDescending(r => EF.Property<object>(r, Key));
        var found = await rows.Take(page.Limit + 1).AsNoTracking().ToListAsync(stop);
        var next = found.Count > page.Limit ? PositionOf(found[page.Limit - 1]).ToString() : null;
        return new([.. found.Take(page.Limit).Select(toRecord)], next);
    }

    private IQueryable<TRow> From(QuantDashContext context, string? cursor)
    {
        if (cursor is null) return context.Set<TRow>();
        var start = Cursor.Parse(cursor);
        var entity = context.Model.FindEntityType(typeof(TRow))!;
        var (time, key) = (entity.FindProperty(Time)!, entity.FindProperty(Key)!);
        return context.Set<TRow>().FromSqlRaw(Before(entity, time, key), Stored(time, start.At), Stored(key, ParseKey(start.Key)));
    }

    // Names come from the model, values go as parameters.
    private static string Before(IEntityType entity, IProperty time, IProperty key)
        => $"SELECT * FROM {entity.GetTableName()} WHERE (\"{time.GetColumnName()}\", \"{key.GetColumnName()}\") < ({{0}}, {{1}})";

    // Raw SQL does not know which column a parameter is compared with, so it would write a time its own way.
    private static object Stored(IProperty property, object value)
        => property.GetTypeMapping().Converter?.ConvertToProvider(value) ?? value;
}
