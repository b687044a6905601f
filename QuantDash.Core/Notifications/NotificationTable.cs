using QuantDash.Core.Engine;

namespace QuantDash.Core.Notifications;

/// <summary>How an event of the tape is announced.</summary>
/// <param name="Tag">The picture in front of the title, an emoji short code.</param>
/// <param name="Priority">How loudly.</param>
public sealed record Announcement(string Tag, NotificationPriority Priority);

/// <summary>Which events of the tape reach the trader's phone, and how. What is not in the table stays on the tape, but nothing dangerous is silent.</summary>
public static class NotificationTable
{
    /// <summary>The event that asks for a click: its message carries the confirm link.</summary>
    public const string AsksForConfirmation = "lock.waiting";

    /// <summary>The same of a firing that unlocks.</summary>
    public const string AsksToUnlock = "release.waiting";

    private static readonly Announcement Dangerous = new("rotating_light", NotificationPriority.Urgent);

    private static readonly Dictionary<string, Announcement> ByKey = new(StringComparer.Ordinal)
    {
        ["lock.fired"] = new("zap", NotificationPriority.High),
        [AsksForConfirmation] = new("point_right", NotificationPriority.Urgent),
        ["lock.executed"] = new("lock", NotificationPriority.High),
        ["release.fired"] = new("zap", NotificationPriority.High),
        [AsksToUnlock] = new("point_right", NotificationPriority.Urgent),
        ["release.executed"] = new("unlock", NotificationPriority.High),
        ["release.partial"] = new("warning", NotificationPriority.Urgent),
        ["release.failed"] = new("rotating_light", NotificationPriority.Urgent),
        ["release.expired"] = new("hourglass", NotificationPriority.High),
        ["release.displaced"] = new("warning", NotificationPriority.High),
        ["lock.partial"] = new("warning", NotificationPriority.Urgent),
        ["lock.failed"] = new("rotating_light", NotificationPriority.Urgent),
        ["lock.broken"] = new("rotating_light", NotificationPriority.Urgent),
        ["lock.missed"] = new("warning", NotificationPriority.High),
        ["lock.missed_time"] = new("warning", NotificationPriority.High),
        ["lock.expired"] = new("hourglass", NotificationPriority.High),
        ["lock.displaced"] = new("warning", NotificationPriority.High),
        ["lock.no_longer_holds"] = new("information_source", NotificationPriority.Normal),
        ["lock.shadow"] = new("ghost", NotificationPriority.Low),
        ["order.unknown"] = new("question", NotificationPriority.High),
        ["order.still_unknown"] = new("rotating_light", NotificationPriority.Urgent),
        ["order.overfilled"] = new("rotating_light", NotificationPriority.Urgent),
        ["held.triggered"] = new("dart", NotificationPriority.High),
        ["held.failed"] = new("rotating_light", NotificationPriority.Urgent),
        ["held.unsent"] = new("rotating_light", NotificationPriority.Urgent),
        ["held.link_down"] = new("rotating_light", NotificationPriority.Urgent),
        ["held.in_the_way"] = new("hourglass", NotificationPriority.High),
        ["held.reduced"] = new("warning", NotificationPriority.Urgent),
        ["held.refused"] = new("rotating_light", NotificationPriority.Urgent),
        ["held.expired"] = new("hourglass", NotificationPriority.High),
        ["held.withdrawn"] = new("information_source", NotificationPriority.Normal),
        ["trade.corrected"] = new("rotating_light", NotificationPriority.Urgent),
        ["order.not_replaced"] = new("warning", NotificationPriority.High),
        ["order.resolved"] = new("white_check_mark", NotificationPriority.Normal),
        ["rule.disabled"] = new("no_entry", NotificationPriority.High),
        ["leg.unconfirmed"] = new("warning", NotificationPriority.High),
        ["feed.stale"] = new("hourglass", NotificationPriority.High),
        ["feed.live"] = new("white_check_mark", NotificationPriority.Low),
        ["bridge.down"] = new("electric_plug", NotificationPriority.Urgent),
        ["bridge.up"] = new("electric_plug", NotificationPriority.Normal),
        [AccountWatch.RiskHigh] = new("chart_with_upwards_trend", NotificationPriority.High),
        [AccountWatch.RiskOver] = new("rotating_light", NotificationPriority.Urgent),
        [AccountWatch.RiskEased] = new("white_check_mark", NotificationPriority.Low),
        [AccountWatch.AvailableLow] = new("moneybag", NotificationPriority.High),
        [AccountWatch.AvailableEased] = new("white_check_mark", NotificationPriority.Low),
        [AccountWatch.DayLoss] = new("rotating_light", NotificationPriority.Urgent),
        [AccountWatch.DayLossEased] = new("white_check_mark", NotificationPriority.Low),
        [AccountWatch.MarginStep] = new("arrow_up", NotificationPriority.High),
        [AccountWatch.LastDay] = new("calendar", NotificationPriority.High),
        [ReadinessWatch.Blocked] = new("no_entry", NotificationPriority.High),
        [ReadinessWatch.Eased] = new("white_check_mark", NotificationPriority.Low),
        ["strategy.failed"] = new("rotating_light", NotificationPriority.Urgent),
        ["strategy.book_corrected"] = new("rotating_light", NotificationPriority.Urgent),
        ["strategy.refused"] = new("no_entry", NotificationPriority.Normal),
        ["strategy.stopped"] = new("information_source", NotificationPriority.Low),
        ["alert.reached"] = new("bell", NotificationPriority.High),
        ["alert.reached_while_off"] = new("bell", NotificationPriority.High),
        [MainContractWatch.Found] = new("mag", NotificationPriority.Normal),
        [MainContractWatch.Chosen] = new("arrows_counterclockwise", NotificationPriority.Normal),
        ["job.failed"] = new("warning", NotificationPriority.High),
        ["service.failed"] = new("warning", NotificationPriority.High),
        ["service.stalled"] = new("warning", NotificationPriority.High),
        ["emergency.stopped"] = new("octagonal_sign", NotificationPriority.Urgent),
        ["emergency.left"] = new("rotating_light", NotificationPriority.Urgent),
        ["emergency.resumed"] = new("arrow_forward", NotificationPriority.High),
        ["bridge.two_programs"] = new("rotating_light", NotificationPriority.Urgent),
        ["snapshot.refused"] = new("rotating_light", NotificationPriority.Urgent),
        ["snapshot.unknown_contract"] = new("warning", NotificationPriority.High),
    };

    public static IReadOnlyCollection<string> Keys => ByKey.Keys;

    /// <summary>Null: not announced.</summary>
    public static Announcement? For(string key, TapeSeverity severity) =>
        ByKey.TryGetValue(key, out var known) ? known : severity == TapeSeverity.Danger ? Dangerous : null;
}
