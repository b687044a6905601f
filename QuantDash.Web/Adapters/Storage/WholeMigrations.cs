using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>SQLite's migrations, each in one transaction. Where a table is made anew, EF ends the transaction, switches foreign keys off and begins another, so that a crash between the two left a
/// schema that neither this version nor the one before could start on. <see cref="SchemaUpgrade"/> switches them off beforehand instead.</summary>
internal sealed class WholeMigrations(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations) : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    protected override void Generate(SqlOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        if (operation.SuppressTransaction && operation.Sql.StartsWith("PRAGMA foreign_keys", StringComparison.Ordinal)) return;
        base.Generate(operation, model, builder);
    }
}
