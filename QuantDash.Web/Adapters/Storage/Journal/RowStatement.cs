using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>One SQL statement over one kind of row, made from EF's model once; the same text serves both databases.</summary>
internal sealed class RowStatement
{
    private readonly Column[] _columns;

    private RowStatement(string sql, IEnumerable<Column> columns)
    {
        Sql = sql;
        _columns = [.. columns];
    }

    public string Sql { get; }

    /// <summary>INSERT … ON CONFLICT(key) DO UPDATE over all columns, or only <paramref name="columns"/> (which include the key). A column named
    /// <c>revision</c> counts up; with <paramref name="yields"/> the row stays as it is while it carries another program's edit.</summary>
    public static RowStatement Upsert(IEntityType entity, IReadOnlyCollection<string>? columns = null, bool yields = false)
    {
        var all = Column.Of(entity).Where(c => columns is null || columns.Contains(c.Name)).ToList();
        var table = entity.GetTableName();
        var keys = entity.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()).ToList();
        var sets = all.Where(c => !keys.Contains(c.Name))
            .Select(c => c.Name == "revision" ? $"revision = {table}.revision + 1" : $"\"{c.Name}\" = excluded.\"{c.Name}\"");
        return new(
            $"INSERT INTO {table} ({string.Join(", ", all.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", all.Select((_, i) => $"@p{i}"))}) "
            + $"ON CONFLICT ({string.Join(", ", keys)}) DO UPDATE SET {string.Join(", ", sets)}{(yields ? $" WHERE {table}.revision <> 0" : "")}",
            all);
    }

    /// <summary>INSERT over all columns; a row under the same key is an error.</summary>
    public static RowStatement Insert(IEntityType entity)
    {
        var all = Column.Of(entity);
        return new($"INSERT INTO {entity.GetTableName()} ({string.Join(", ", all.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", all.Select((_, i) => $"@p{i}"))})", all);
    }

    /// <summary>INSERT of these columns; what stands under the key already stays as it is.</summary>
    public static RowStatement InsertOnce(IEntityType entity, IReadOnlyList<string> columns)
    {
        var known = Column.Of(entity);
        var all = columns.Select(name => known.First(c => c.Name == name)).ToList();
        return new(
            $"INSERT INTO {entity.GetTableName()} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", all.Select((_, i) => $"@p{i}"))}) ON CONFLICT DO NOTHING",
            all);
    }

    /// <summary>UPDATE of these columns by key.</summary>
    public static RowStatement Update(IEntityType entity, IReadOnlyList<string> columns)
    {
        var all = Column.Of(entity);
        var set = columns.Select(name => all.First(c => c.Name == name)).ToList();
        var keys = entity.FindPrimaryKey()!.Properties.Select(p => all.First(c => c.Name == p.GetColumnName())).ToList();
        return new(
            $"UPDATE {entity.GetTableName()} SET {string.Join(", ", set.Select((c, i) => $"\"{c.Name}\" = @p{i}"))} "
            + $"WHERE {string.Join(" AND ", keys.Select((c, i) => $"\"{c.Name}\" = @p{set.Count + i}"))}",
            [.. set, .. keys]);
    }

    /// <summary>Any statement with the one parameter <c>@p0</c>: the row's key itself, not a row.</summary>
    public static RowStatement ByKey(IEntityType entity, string sql)
    {
        var key = entity.FindPrimaryKey()!.Properties.Single();
        return new(sql, [new(key.GetColumnName(), value => value, key.GetRelationalTypeMapping())]);
    }

    public DbParameter[] CreateParameters(DbCommand maker)
        => [.. _columns.Select((c, i) => c.Mapping.CreateParameter(maker, $"@p{i}", value: null, nullable: true))];

    /// <summary>Puts a row's values into parameters made by <see cref="CreateParameters"/>.</summary>
    public void Bind(object row, DbParameterCollection parameters)
    {
        for (var i = 0; i < _columns.Length; i++) parameters[i].Value = Value(_columns[i], row);
    }

    private static object Value(Column column, object row)
    {
        var value = column.Read(row);
        if (value is string text) value = StorableText.Of(text);
        return (column.Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
    }

    private sealed record Column(string Name, Func<object, object?> Read, RelationalTypeMapping Mapping)
    {
        public static List<Column> Of(IEntityType entity)
            => [.. entity.GetProperties().Select(p => new Column(p.GetColumnName(), p.GetGetter().GetClrValue, p.GetRelationalTypeMapping()))];
    }
}
