using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Security;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>Keys of programs and answers kept for repeated writes; the tables of users come from ASP.NET Core Identity.</summary>
internal static class SecurityTables
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<ApiKey>(key =>
        {
            key.Property(k => k.Id).ValueGeneratedNever();
            key.Property(k => k.Name).HasMaxLength(64);
            key.Property(k => k.Prefix).HasMaxLength(16);
            key.Property(k => k.Hash).HasMaxLength(64);
            key.Property(k => k.Scopes).HasMaxLength(128);
            key.Property(k => k.CreatedBy).HasMaxLength(256);
            key.HasIndex(k => k.Hash).IsUnique();
        });
        model.Entity<AppUser>(user =>
        {
            user.Property(u => u.InviteHash).HasMaxLength(64);
            user.Property(u => u.SecondFactor).HasMaxLength(512);
            user.Property(u => u.RecoveryCodes).HasMaxLength(1024);
            user.Property(u => u.Look).HasMaxLength(1024);
            user.HasIndex(u => u.InviteHash).IsUnique();
        });
        model.Entity<UserSession>(session =>
        {
            session.ToTable("user_sessions");
            session.Property(s => s.Id).ValueGeneratedNever();
            session.Property(s => s.Address).HasMaxLength(64);
            session.Property(s => s.Device).HasMaxLength(Device.Longest);
            session.HasIndex(s => s.UserId);
            session.HasOne<AppUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<IdempotentAnswer>(answer =>
        {
            answer.HasKey(a => new { a.Caller, a.Key });
            answer.Property(a => a.Caller).HasMaxLength(128);
            answer.Property(a => a.Key).HasMaxLength(128);
            answer.Property(a => a.Fingerprint).HasMaxLength(64);
            answer.Property(a => a.ContentType).HasMaxLength(128);
            answer.HasIndex(a => a.CreatedAt);
        });
    }
}
