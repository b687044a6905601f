using System.Globalization;
using System.Text.RegularExpressions;

namespace QuantDash.Core.Locking;

public enum TriggerTimeKind
{
    /// <summary>At a time of the exchange's day.</summary>
    Clock,

    /// <summary>Some minutes before a session closes.</summary>
    BeforeClose,

    /// <summary>After the leg's oldest lot has been held for some minutes of trading time; of an unlock rule, after the lock has stood for them.</summary>
    Holding,

    /// <summary>Some minutes before the day session of the contract's last trading day closes.</summary>
    BeforeLastClose,

    /// <summary>When the locked lots of the leg are no longer today's, where closing today's is dearer.</summary>
    CloseTodayRelief,
}

/// <summary>Which of a trading day's closes is meant.</summary>
public enum SessionClose { Day, Night, Morning }

/// <summary>When a time condition acts (column <c>trigger_time</c>): <c>14:55:00</c>, <c>close-5</c> (<c>@night</c>, <c>@morning</c>; the day session's
/// close without), <c>last-30</c> (before the last trading day's close), <c>hold+30</c>, <c>close_today_relief</c>.</summary>
/// <param name="Kind">What it counts from.</param>
/// <param name="At">Exchange time, for <see cref="TriggerTimeKind.Clock"/>.</param>
/// <param name="Minutes">Minutes before the close (1 to 600), or of trading time held (1 to 100,000).</param>
/// <param name="Close">Whose close.</param>
public sealed partial record TriggerTime(TriggerTimeKind Kind, TimeOnly At, int Minutes, SessionClose Close)
{
    public const int MostMinutesBeforeClose = 600;
    public const int MostMinutesHeld = 100_000;
    private const string Relief = "close_today_relief";

    public static TriggerTime AtClock(TimeOnly at) => new(TriggerTimeKind.Clock, at, 0, SessionClose.Day);

    public static TriggerTime BeforeClose(int minutes, SessionClose close = SessionClose.Day) => new(TriggerTimeKind.BeforeClose, default, minutes, close);

    public static TriggerTime BeforeLastClose(int minutes) => new(TriggerTimeKind.BeforeLastClose, default, minutes, SessionClose.Day);

    public static TriggerTime AtCloseTodayRelief() => new(TriggerTimeKind.CloseTodayRelief, default, 0, SessionClose.Day);

    public static TriggerTime AfterHolding(int minutes) => new(TriggerTimeKind.Holding, default, minutes, SessionClose.Day);

    /// <summary>Null when <paramref name="text"/> is none of these forms, or its minutes are out of range.</summary>
    public static TriggerTime? TryParse(string? text)
    {
        if (text is null || Form().Match(text.Trim()) is not { Success: true } match) return null;
        if (match.Groups["clock"].Success) return TimeOnly.TryParseExact(match.Value, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? AtClock(at) : null;
        if (match.Groups["relief"].Success) return AtCloseTodayRelief();
        var (isHolding, isLast) = (match.Groups["held"].Success, match.Groups["last"].Success);
        var minutes = int.Parse(match.Groups[isHolding ? "held" : isLast ? "last" : "before"].Value, CultureInfo.InvariantCulture);
        if (minutes < 1 || minutes > (isHolding ? MostMinutesHeld : MostMinutesBeforeClose)) return null;
        if (isLast) return BeforeLastClose(minutes);
        return isHolding ? AfterHolding(minutes) : BeforeClose(minutes, Enum.TryParse<SessionClose>(match.Groups["close"].Value, ignoreCase: true, out var close) ? close : SessionClose.Day);
    }

    public override string ToString() => Kind switch
    {
        TriggerTimeKind.Clock => At.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        TriggerTimeKind.Holding => string.Create(CultureInfo.InvariantCulture, $"hold+{Minutes}"),
        TriggerTimeKind.BeforeLastClose => string.Create(CultureInfo.InvariantCulture, $"last-{Minutes}"),
        TriggerTimeKind.CloseTodayRelief => Relief,
        _ when Close == SessionClose.Day => string.Create(CultureInfo.InvariantCulture, $"close-{Minutes}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"close-{Minutes}@{(Close == SessionClose.Night ? "night" : "morning")}"),
    };

    [GeneratedRegex("^(?:(?<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)|close-(?<before>[0-9]{1,6})(?:@(?<close>day|night|morning))?|last-(?<last>[0-9]{1,6})|(?<relief>close_today_relief)|hold\\+(?<held>[0-9]{1,6}))$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
