namespace QuantDash.Core.Notifications;

/// <summary>Deliver: now, with sound. Silent: now, without. Hold: not before a time. Drop: never.</summary>
public enum DeliveryChoice { Deliver, Silent, Hold, Drop }

/// <summary>Whether an event is delivered now, by what the trader set.</summary>
/// <param name="Until">When a message that is held may go out; null for any other.</param>
public readonly record struct DeliveryDecision(DeliveryChoice Choice, DateTimeOffset? Until = null)
{
    /// <summary>Off weighs most; then quiet hours, unless the event wakes; then silence.</summary>
    /// <param name="key">Of the event.</param>
    /// <param name="priority">How loudly it is announced.</param>
    /// <param name="settings">What the trader wants.</param>
    /// <param name="now">On the wall clock.</param>
    public static DeliveryDecision Of(string key, NotificationPriority priority, NotificationSettings settings, DateTimeOffset now)
    {
        var mode = settings.ModeOf(key);
        if (mode == EventMode.Off) return new(DeliveryChoice.Drop);
        if (!settings.WakesFor(key, priority) && QuietUntil(settings, now) is { } until) return new(DeliveryChoice.Hold, until);
        return new(mode == EventMode.Silent ? DeliveryChoice.Silent : DeliveryChoice.Deliver);
    }

    /// <summary>When the quiet hours end that it is in now; null outside of them.</summary>
    public static DateTimeOffset? QuietUntil(NotificationSettings settings, DateTimeOffset now)
    {
        if (settings is not { QuietFrom: { } from, QuietTo: { } to } || from == to) return null;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.Zone, out var zone)) return null;
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var time = TimeOnly.FromDateTime(local);
        if (!time.IsBetween(from, to)) return null;
        var ends = DateOnly.FromDateTime(local).AddDays(time < to ? 0 : 1).ToDateTime(to);
        if (zone.IsInvalidTime(ends)) ends = ends.AddHours(1); // Left out when the clocks go forward.
        return new DateTimeOffset(ends, zone.GetUtcOffset(ends)).ToUniversalTime();
    }
}
