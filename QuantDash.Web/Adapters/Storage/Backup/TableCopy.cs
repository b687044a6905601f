using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Audit;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Web.Adapters.Storage.Backup;

/// <summary>All tables of our model from one database into another of the same schema, of either kind: what is read is one instant, what is written one transaction.</summary>
internal static class TableCopy
{
    private static readonly MethodInfo CopyOne = typeof(TableCopy).GetMethod(nameof(CopyAsync), BindingFlags.Public | BindingFlags.Static)!;

    /// <summary>Copies everything and says what it was. The target's tables are empty.</summary>
    public static async Task<IReadOnlyList<TableCopied>> RunAsync(QuantDashContext from, QuantDashContext to, CancellationToken stop)
    {
        await to.Database.OpenConnectionAsync(stop);
        await using var transaction = await to.Database.GetDbConnection().BeginTransactionAsync(stop);
        var copied = await EachAsync(from, to, transaction, stop);
        await ContinueSequencesAsync(to, transaction, stop);
        await transaction.CommitAsync(stop);
        return copied;
    }

    /// <summary>What is in a database, without copying it.</summary>
    public static Task<IReadOnlyList<TableCopied>> LookAsync(QuantDashContext context, CancellationToken stop) => EachAsync(context, null, null, stop);

    private static async Task<IReadOnlyList<TableCopied>> EachAsync(QuantDashContext from, QuantDashContext? to, DbTransaction? transaction, CancellationToken stop)
    {
        await using var snapshot = await from.BeginSnapshotAsync(stop);
        var copied = new List<TableCopied>();
        foreach (var entity in InOrder(from.Model))
            copied.Add(await (Task<TableCopied>)CopyOne.MakeGenericMethod(entity.ClrType).Invoke(null, [from, entity, to?.Model.FindEntityType(entity.ClrType), transaction, stop])!);
        return copied;
    }

    /// <summary>One table; called for each kind of row by its type.</summary>
    public static async Task<TableCopied> CopyAsync<TRow>(QuantDashContext from, IEntityType entity, IEntityType? target, DbTransaction? transaction, CancellationToken stop)
        where TRow : class
    {
        var (words, hash) = (new RowWords(entity, all: true), new TableHash());
        using var insert = target is null ? null : new Inserts(RowStatement.Insert(target), transaction!);
        await foreach (var row in from.Set<TRow>().AsNoTracking().AsAsyncEnumerable().WithCancellation(stop))
        {
            hash.Add(words.Of(row));
            insert?.Add(row);
        }

        return new(entity.GetTableName()!, hash.Rows, hash.ToString());
    }

    /// <summary>What others refer to comes before them.</summary>
    private static List<IEntityType> InOrder(IModel model)
    {
        List<IEntityType> ordered = [];
        void Add(IEntityType entity)
        {
            if (ordered.Contains(entity)) return;
            foreach (var key in entity.GetForeignKeys().Where(key => key.PrincipalEntityType != entity)) Add(key.PrincipalEntityType);
            ordered.Add(entity);
        }

        foreach (var entity in model.GetEntityTypes().OrderBy(entity => entity.GetTableName(), StringComparer.Ordinal)) Add(entity);
        return ordered;
    }

    /// <summary>PostgreSQL numbers rows by sequences that know nothing of what was copied in; SQLite goes on after the largest by itself.</summary>
    private static async Task ContinueSequencesAsync(QuantDashContext to, DbTransaction transaction, CancellationToken stop)
    {
        if (to is not PostgresQuantDashContext) return;
        var numbered = from entity in to.Model.GetEntityTypes()
                       from property in entity.GetProperties()
                       where property.ValueGenerated == ValueGenerated.OnAdd && (property.ClrType == typeof(int) || property.ClrType == typeof(long))
                       select (Table: entity.GetTableName()!, Column: property.GetColumnName());
        foreach (var (table, column) in numbered)
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable S2077 // Names come from our own model, and SQL has no parameters for names.
            command.CommandText = $"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), max(\"{column}\")) FROM \"{table}\" HAVING max(\"{column}\") IS NOT NULL";
#pragma warning restore S2077 // As above.
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    private sealed class Inserts : IDisposable
    {
        private readonly RowStatement _statement;
        private readonly DbCommand _command;

        public Inserts(RowStatement statement, DbTransaction transaction)
        {
            _statement = statement;
            _command = transaction.Connection!.CreateCommand();
            _command.Transaction = transaction;
            _command.CommandText = statement.Sql;
            _command.Parameters.AddRange(statement.CreateParameters(_command));
        }

        public void Add(object row)
        {
            _statement.Bind(row, _command.Parameters);
            _command.ExecuteNonQuery();
        }

        public void Dispose() => _command.Dispose();
    }
}
