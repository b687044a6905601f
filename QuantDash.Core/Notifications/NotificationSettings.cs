using QuantDash.Core.Primitives;

namespace QuantDash.Core.Notifications;

/// <summary>On: with sound. Silent: arrives without one where the receiver can. Off: stays on the tape.</summary>
public enum EventMode { On, Silent, Off }

/// <summary>What the trader wants to be told, and when (table <c>notification_settings</c>).</summary>
public sealed record NotificationSettings
{
    public const string DefaultZone = "Asia/Shanghai";
    public const string Chinese = "zh-CN";
    public const string English = "en";

    public static NotificationSettings Default { get; } = new();

    /// <summary>Of messages: <see cref="Chinese"/> or <see cref="English"/>; null: as the configuration says.</summary>
    public string? Language { get; init; }

    /// <summary>IANA name of the zone that quiet hours are in.</summary>
    public string Zone { get; init; } = DefaultZone;

    /// <summary>From when on and until when nothing sounds that is not on the must-wake list; both or neither. A from after the to lasts over midnight.</summary>
    public TimeOnly? QuietFrom { get; init; }
    public TimeOnly? QuietTo { get; init; }

    /// <summary>By the event's key; what is not named is on.</summary>
    public IReadOnlyDictionary<string, EventMode> Modes { get; init; } = new Dictionary<string, EventMode>();

    /// <summary>Whether an event comes through quiet hours, by its key; what is not named does when it is urgent.</summary>
    public IReadOnlyDictionary<string, bool> Wakes { get; init; } = new Dictionary<string, bool>();

    /// <summary>Tell when an account's available falls below this, in its own currency; null: do not.</summary>
    public decimal? AvailableBelow { get; init; }

    /// <summary>Tell when an account's loss of the day exceeds this, in its own currency; null: do not.</summary>
    public decimal? DayLossAbove { get; init; }

    /// <summary>How many trading days before its last one a held contract is told of; 0: on that day alone.</summary>
    public int LastDayWithin { get; init; } = 3;

    public EventMode ModeOf(string key) => Modes.TryGetValue(key, out var mode) ? mode : EventMode.On;

    public bool WakesFor(string key, NotificationPriority priority) => Wakes.TryGetValue(key, out var wakes) ? wakes : priority == NotificationPriority.Urgent;

    /// <summary>What is wrong with it, by its wire names.</summary>
    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>();
        if (Language is not (null or Chinese or English)) problems.Add(new("language", "not_allowed", Language, (string[])[Chinese, English]));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _)) problems.Add(new("zone", "unknown_zone", Zone));
        if ((QuietFrom is null) != (QuietTo is null)) problems.Add(new(QuietFrom is null ? "quiet_from" : "quiet_to", "required"));
        if (QuietFrom is { } from && QuietTo == from) problems.Add(new("quiet_to", "quiet_is_nothing"));
        foreach (var key in Modes.Keys.Concat(Wakes.Keys).Where(key => !NotificationTable.Keys.Contains(key)).Distinct().Order(StringComparer.Ordinal)) problems.Add(new("events", "unknown_event", key));
        if (AvailableBelow is <= 0 or >= LargestMoney) problems.Add(new("available_below", "out_of_range", 0.01m, LargestMoney, AvailableBelow));
        if (DayLossAbove is <= 0 or >= LargestMoney) problems.Add(new("day_loss_above", "out_of_range", 0.01m, LargestMoney, DayLossAbove));
        if (LastDayWithin is < 0 or > MostDays) problems.Add(new("last_day_within", "out_of_range", 0, MostDays, LastDayWithin));
        return problems;
    }

    public const int MostDays = 20;
    private const decimal LargestMoney = 1_000_000_000_000m;
}

/// <summary>Keeps the settings.</summary>
public interface INotificationPreferences
{
    Task<NotificationSettings> LoadAsync(CancellationToken stop = default);

    Task SaveAsync(NotificationSettings settings, DateTimeOffset at);
}
