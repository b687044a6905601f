using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>The tape, the heartbeats of supervised loops, and comparisons with venues.</summary>
internal static class TapeTables
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<TapeEventRow>(entry =>
        {
            entry.ToTable("tape_events", t => t.OneOf<TapeSeverity>("severity"));
            entry.HasKey(e => e.Number);
            entry.Property(e => e.Number).ValueGeneratedNever();
            entry.Property(e => e.Severity).Word();
            entry.Property(e => e.Key).HasColumnName("message_key").HasMaxLength(64);
            entry.Property(e => e.Values).HasColumnName("message_values");
            entry.Property(e => e.Symbol).SymbolText();
            entry.HasIndex(e => e.SubjectId);
        });
        model.Entity<ReconciliationRunRow>(run =>
        {
            run.ToTable("reconciliation_runs", t =>
            {
                t.OneOf<ReconciliationWhy>("why");
                t.NotNegative("found", "open", "quiet_before");
            });
            run.HasKey(r => new { r.AccountId, r.EndedAt });
            run.Property(r => r.Why).Word();
            run.HasIndex(r => r.EndedAt);
        });
        model.Entity<ServiceStatusRow>(status =>
        {
            status.ToTable("service_status");
            status.HasKey(s => s.ServiceName);
            status.Property(s => s.ServiceName).HasMaxLength(64);
            status.Property(s => s.State).Word();
            status.Property(s => s.Holder).HasMaxLength(200);
        });
    }
}
