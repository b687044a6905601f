using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>
/// Tables, columns, keys and indexes in snake_case, where nobody named them otherwise. Ours because the registry's
/// EFCore.NamingConventions is for EF 5. Use: <c>configuration.Conventions.Add(_ => new SnakeCaseNames())</c> in ConfigureConventions.
/// </summary>
public sealed class SnakeCaseNames : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.BaseType is null && !entity.IsMappedToJson() && entity.FindOwnership() is null && entity.GetTableName() is { } table)
            {
                entity.Builder.ToTable(Of(table), entity.GetSchema());
            }
        }

        // Columns and keys after every table has its name, because their default names contain it.
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes().Where(e => !e.IsMappedToJson()))
        {
            Rename(entity);
        }
    }

    /// <summary>"LongAvgPrice" → "long_avg_price", "IPAddress" → "ip_address", "AspNetUsers" → "asp_net_users".</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            text.Append(startsWord ? "_" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static void Rename(IConventionEntityType entity)
    {
        foreach (var property in entity.GetDeclaredProperties())
        {
            property.Builder.HasColumnName(Of(property.GetColumnName()));
        }

        foreach (var key in entity.GetDeclaredKeys())
        {
            key.Builder.HasName(Of(key.GetName() ?? ""));
        }

        foreach (var reference in entity.GetDeclaredForeignKeys())
        {
            if (reference.GetConstraintName() is { } name)
            {
                reference.Builder.HasConstraintName(Of(name));
            }
        }

        foreach (var index in entity.GetDeclaredIndexes())
        {
            if (index.GetDatabaseName() is { } name)
            {
                index.Builder.HasDatabaseName(Of(name));
            }
        }
    }
}
