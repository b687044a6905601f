using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>Column settings that several tables share.</summary>
internal static class Columns
{
    public static PropertyBuilder<string> Word(this PropertyBuilder<string> property) => property.HasMaxLength(32);

    public static PropertyBuilder<T> SymbolText<T>(this PropertyBuilder<T> property) => property.HasMaxLength(50);

    /// <summary>A default for those who insert with SQL; our own inserts always say the value.</summary>
    public static PropertyBuilder<T> Default<T>(this PropertyBuilder<T> property, string sql) => property.HasDefaultValueSql(sql).ValueGeneratedNever();

    /// <summary>The column holds one of the enum's words.</summary>
    public static void OneOf<TEnum>(this TableBuilder table, string column)
        where TEnum : struct, Enum
        => table.Check(column, $"{column} in ({EnumText<TEnum>.SqlList})");

    public static void Check(this TableBuilder table, string name, string sql) => table.HasCheckConstraint($"ck_{table.Name}_{name}", sql);

    /// <summary>The upper bound keeps out what is no number: NaN on PostgreSQL, text on SQLite, infinity on both compare as greater.</summary>
    public static void NotNegative(this TableBuilder table, params string[] columns)
        => Array.ForEach(columns, column => table.Check(column, $"{column} >= 0 and {column} < 1e15"));

    /// <summary>Null passes: a CHECK refuses only what is false.</summary>
    public static void Positive(this TableBuilder table, params string[] columns)
        => Array.ForEach(columns, column => table.Check(column, $"{column} > 0 and {column} < 1e15"));

    public static void Number(this TableBuilder table, string column) => table.Check(column, $"{column} > -1e15 and {column} < 1e15");

    public static void Share(this TableBuilder table, string column) => table.Check(column, $"{column} > 0 and {column} <= 1");

    /// <summary>SQLite takes any text for an id; PostgreSQL's uuid does not.</summary>
    public static void Ids(this TableBuilder table, StorageTypes types, params string[] columns)
    {
        if (types != StorageTypes.Sqlite) return;
        var hex = new Func<int, string>(n => string.Concat(Enumerable.Repeat("[0-9a-f]", n)));
        var pattern = string.Join('-', hex(8), hex(4), hex(4), hex(4), hex(12));
        Array.ForEach(columns, column => table.Check(column, $"{column} glob '{pattern}'"));
    }
}
