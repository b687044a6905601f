using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Audit;
using QuantDash.Core.Statements;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

internal static class BrokerStatementTable
{
    public static void Configure(EntityTypeBuilder<BrokerStatementRow> statement)
    {
        statement.ToTable("broker_statements", t => t.OneOf<StatementKind>("kind"));
        statement.Property(s => s.Id).ValueGeneratedNever();
        statement.Property(s => s.Kind).Word();
        statement.Property(s => s.FileName).HasMaxLength(200);
        statement.Property(s => s.ImportedBy).HasMaxLength(Actor.LongestName);
        statement.Property(s => s.TextHash).HasMaxLength(64);
        statement.HasIndex(s => new { s.AccountId, s.TextHash }).IsUnique();
        statement.HasIndex(s => new { s.ImportedAt, s.Id });
    }
}
