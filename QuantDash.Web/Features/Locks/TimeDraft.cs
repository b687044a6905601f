using System.Globalization;
using QuantDash.Core.Locking;

namespace QuantDash.Web.Features.Locks;

/// <summary>A time condition as it is typed.</summary>
public sealed class TimeDraft
{
    public bool Use { get; set; }
    public TriggerTimeKind Kind { get; set; } = TriggerTimeKind.BeforeClose;

    /// <summary>Exchange time, hours and minutes.</summary>
    public string Clock { get; set; } = "14:55";
    public int? Minutes { get; set; } = 5;
    public SessionClose Close { get; set; }

    public static TimeDraft Of(LockRule rule)
    {
        if (rule.TriggerTime is not { } time) return new();
        return new()
        {
            Use = RuleConditions.HasTime(rule),
            Kind = time.Kind,
            Clock = time.Kind == TriggerTimeKind.Clock ? time.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "14:55",
            Minutes = time.Kind is TriggerTimeKind.Clock or TriggerTimeKind.CloseTodayRelief ? 5 : time.Minutes,
            Close = time.Close,
        };
    }

    /// <summary>Null when what is typed is no time, or out of range.</summary>
    public TriggerTime? Build() => Kind switch
    {
        TriggerTimeKind.Clock => TriggerTime.TryParse(Clock),
        TriggerTimeKind.Holding => Minutes is > 0 and <= TriggerTime.MostMinutesHeld ? TriggerTime.AfterHolding(Minutes.Value) : null,
        TriggerTimeKind.CloseTodayRelief => TriggerTime.AtCloseTodayRelief(),
        TriggerTimeKind.BeforeLastClose => Minutes is > 0 and <= TriggerTime.MostMinutesBeforeClose ? TriggerTime.BeforeLastClose(Minutes.Value) : null,
        _ => Minutes is > 0 and <= TriggerTime.MostMinutesBeforeClose ? TriggerTime.BeforeClose(Minutes.Value, Close) : null,
    };
}
