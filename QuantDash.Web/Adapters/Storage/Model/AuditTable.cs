using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Audit;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

internal static class AuditTable
{
    public static void Configure(EntityTypeBuilder<AuditRow> entry)
    {
        entry.ToTable("audit_logs", t => t.OneOf<ActorKind>("actor_kind"));
        entry.HasKey(e => e.Number);
        entry.Property(e => e.Number).ValueGeneratedNever();
        entry.Property(e => e.ActorKind).Word();
        entry.Property(e => e.ActorName).HasMaxLength(Actor.LongestName);
        entry.Property(e => e.Action).HasMaxLength(64);
        entry.Property(e => e.Symbol).SymbolText();
        entry.Property(e => e.Subject).HasMaxLength(128);
        entry.Property(e => e.Before).HasColumnName("before_values");
        entry.Property(e => e.After).HasColumnName("after_values");
        entry.Property(e => e.Hash).HasMaxLength(64);
        entry.HasIndex(e => e.CorrelationId);
        entry.HasIndex(e => e.Subject);
    }
}
