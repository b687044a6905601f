using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>notification_channels</c>: settings as JSON, the secret ones among them sealed with Data Protection.</summary>
internal sealed class NotificationChannelRow
{
    public Guid Id { get; set; }
    public required string Name { get; set; }
    public required string Kind { get; set; }
    public bool IsEnabled { get; set; }
    public required string Settings { get; set; }

    /// <summary>JSON too, sealed.</summary>
    public required string Secrets { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static NotificationChannelRow New(Guid id) => new() { Id = id, Name = "", Kind = "", Settings = "", Secrets = "" };

    public void Take(NotificationChannel channel, IDataProtector seal)
    {
        var secret = ChannelFields.Of(channel.Kind).Where(f => f.IsSecret).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        (Name, Kind, IsEnabled) = (channel.Name, EnumText<ChannelKind>.Of(channel.Kind), channel.IsEnabled);
        Settings = Written(channel, name => !secret.Contains(name));
        Secrets = seal.Protect(Written(channel, secret.Contains));
        (CreatedAt, UpdatedAt) = (channel.CreatedAt, channel.UpdatedAt);
    }

    /// <summary>Null when somebody wrote what is no channel.</summary>
    public NotificationChannel? ToChannel(IDataProtector seal)
    {
        try
        {
            var settings = Read(Settings);
            var secrets = Open(seal);
            foreach (var (name, value) in secrets ?? []) settings[name] = value;
            return new()
            {
                Id = Id, Name = Name, Kind = EnumText<ChannelKind>.Parse(Kind), IsEnabled = IsEnabled, Settings = settings, IsReadable = secrets is not null, CreatedAt = CreatedAt, UpdatedAt = UpdatedAt,
            };
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return null;
        }
    }

    private static string Written(NotificationChannel channel, Func<string, bool> which) => JsonSerializer.Serialize(channel.Settings.Where(s => which(s.Key)).ToDictionary(s => s.Key, s => s.Value));

    private static Dictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];

    /// <summary>Null when the keys are gone that sealed it: a backup was read on another machine, or the folder of keys was lost.</summary>
    private Dictionary<string, string>? Open(IDataProtector seal)
    {
        try
        {
            return Read(seal.Unprotect(Secrets));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
