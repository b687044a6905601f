using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Notifications;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>Messages to the trader, and the links in them.</summary>
internal static class NotificationTables
{
    public static void Configure(ModelBuilder model, StorageTypes types)
    {
        model.Entity<NotificationRow>(message =>
        {
            message.ToTable("notifications", t => t.OneOf<NotificationState>("state"));
            message.HasKey(m => m.Number);
            message.Property(m => m.Number).ValueGeneratedNever();
            message.Property(m => m.MessageId).Default(types.NewId);
            message.Property(m => m.QueuedAt).Default(types.Now);
            message.Property(m => m.State).Word();
            message.Property(m => m.LastError).HasMaxLength(500);
            message.HasIndex(m => new { m.State, m.Number });
        });
        model.Entity<ConfirmLinkRow>(link =>
        {
            link.ToTable("confirm_links");
            link.HasKey(l => l.TokenHash);
            link.Property(l => l.TokenHash).HasMaxLength(64);
            link.HasIndex(l => l.TriggerId);
        });
    }
}
