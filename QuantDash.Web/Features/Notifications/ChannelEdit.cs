using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Notifications;

/// <summary>What somebody wants of a channel; what is null stays as it is.</summary>
/// <param name="Settings">Those that are given; an empty or null one is cleared. A secret that is not given stays.</param>
public sealed record ChannelEdit(string? Name = null, ChannelKind? Kind = null, bool? IsEnabled = null, IReadOnlyDictionary<string, string?>? Settings = null)
{
    /// <summary>The channel as it would be, and what is wrong with it.</summary>
    public (NotificationChannel Channel, IReadOnlyList<Problem> Problems) On(NotificationChannel? before, IReadOnlyList<NotificationChannel> others, DateTimeOffset now)
    {
        var kind = before?.Kind ?? Kind ?? ChannelKind.Ntfy;
        var channel = new NotificationChannel
        {
            Id = before?.Id ?? Guid.CreateVersion7(now), Name = (Name ?? before?.Name ?? "").Trim(), Kind = kind, IsEnabled = IsEnabled ?? before?.IsEnabled ?? true, Settings = Merged(before, kind),
            CreatedAt = before?.CreatedAt ?? now, UpdatedAt = now,
        };
        var problems = new List<Problem>();
        if (before is null && Kind is null) problems.Add(new("kind", "required"));
        if (before is not null && Kind is { } other && other != kind) problems.Add(new("kind", "kind_is_fixed", kind.ToString()));
        if (channel.Name.Length == 0) problems.Add(new("name", "required"));
        if (channel.Name.Length > NotificationChannel.LongestName) problems.Add(new("name", "too_long", NotificationChannel.LongestName, channel.Name.Length));
        if (others.Any(o => o.Id != channel.Id && o.Name.Equals(channel.Name, StringComparison.OrdinalIgnoreCase))) problems.Add(new("name", "already_exists", channel.Name));
        if (before is null && others.Count >= NotificationChannel.Most) problems.Add(new("", "too_many_channels", NotificationChannel.Most));
        if (before is not null || Kind is not null) problems.AddRange(ChannelCheck.Check(kind, channel.Settings));
        return (channel, problems);
    }

    private Dictionary<string, string> Merged(NotificationChannel? before, ChannelKind kind)
    {
        var settings = new Dictionary<string, string>(before?.Settings ?? ChannelFields.Of(kind).Where(f => f.Default.Length > 0).ToDictionary(f => f.Name, f => f.Default), StringComparer.Ordinal);
        foreach (var (name, value) in Settings ?? new Dictionary<string, string?>())
        {
            if (value?.Trim() is { Length: > 0 } given) settings[name] = given;
            else settings.Remove(name);
        }

        return settings;
    }
}
