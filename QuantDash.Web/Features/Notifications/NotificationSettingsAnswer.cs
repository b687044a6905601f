using System.Globalization;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Features.Notifications;

/// <param name="Language">Of messages: zh-CN or en; null: as QuantDash:Notifications:Language says.</param>
/// <param name="Zone">IANA name of the zone of the quiet hours.</param>
/// <param name="QuietFrom">Such as 22:30; null: no quiet hours.</param>
/// <param name="AvailableBelow">Tell when an account's available falls below it; null: do not.</param>
/// <param name="DayLossAbove">Tell when an account's loss of the day exceeds it; null: do not.</param>
/// <param name="LastDayWithin">Trading days before the last one of a held contract.</param>
/// <param name="Events">Every event that can be told.</param>
public sealed record NotificationSettingsAnswer(
    string? Language, string Zone, string? QuietFrom, string? QuietTo, decimal? AvailableBelow, decimal? DayLossAbove, int LastDayWithin, IReadOnlyList<EventSettingAnswer> Events)
{
    public static NotificationSettingsAnswer Of(NotificationSettings settings, bool events = true) => new(
        settings.Language, settings.Zone, Text(settings.QuietFrom), Text(settings.QuietTo), settings.AvailableBelow, settings.DayLossAbove, settings.LastDayWithin,
        [.. NotificationTable.Keys.Where(key => events || settings.Modes.ContainsKey(key) || settings.Wakes.ContainsKey(key)).Select(key => EventSettingAnswer.Of(key, settings))]);

    public static string? Text(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <param name="Key">Of the event.</param>
/// <param name="Mode">on, silent (without a sound where the receiver can), off (the tape alone).</param>
/// <param name="Wakes">It comes through quiet hours.</param>
/// <param name="Priority">1 to 5, how loudly it is announced.</param>
public sealed record EventSettingAnswer(string Key, EventMode Mode, bool Wakes, int Priority)
{
    public static EventSettingAnswer Of(string key, NotificationSettings settings)
    {
        var priority = NotificationTable.For(key, Core.Engine.TapeSeverity.Info)!.Priority;
        return new(key, settings.ModeOf(key), settings.WakesFor(key, priority), (int)priority);
    }
}

/// <summary>What is given is changed; null takes a limit, the quiet hours or the language away. Of events those that are named.</summary>
public sealed record NotificationSettingsBody(
    string? Language = null, string? Zone = null, string? QuietFrom = null, string? QuietTo = null, decimal? AvailableBelow = null, decimal? DayLossAbove = null, int? LastDayWithin = null,
    IReadOnlyList<EventSettingBody>? Events = null);

/// <param name="Mode">on, silent or off.</param>
/// <param name="Wakes">It comes through quiet hours.</param>
public sealed record EventSettingBody(string Key, EventMode? Mode = null, bool? Wakes = null);
