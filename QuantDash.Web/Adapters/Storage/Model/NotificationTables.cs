using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Notifications;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>Messages to the trader, the ways they take, and the links in them.</summary>
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
        model.Entity<NotificationDeliveryRow>(delivery =>
        {
            delivery.ToTable("notification_deliveries", t => t.OneOf<DeliveryState>("state"));
            delivery.HasKey(d => new { d.Number, d.ChannelId });
            delivery.Property(d => d.Number).ValueGeneratedNever();
            delivery.Property(d => d.State).Word();
            delivery.Property(d => d.LastError).HasMaxLength(500);
            delivery.HasIndex(d => new { d.State, d.ChannelId, d.Number });
        });
        model.Entity<NotificationChannelRow>(channel =>
        {
            channel.ToTable("notification_channels", t => t.OneOf<ChannelKind>("kind"));
            channel.Property(c => c.Id).ValueGeneratedNever();
            channel.Property(c => c.Name).HasMaxLength(NotificationChannel.LongestName);
            channel.Property(c => c.Kind).Word();
        });
        model.Entity<NotificationSettingsRow>(settings =>
        {
            settings.ToTable("notification_settings");
            settings.Property(s => s.Id).ValueGeneratedNever();
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
