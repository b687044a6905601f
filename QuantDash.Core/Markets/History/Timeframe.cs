using System.Globalization;

namespace QuantDash.Core.Markets.History;

/// <summary>How long a bar is: 1 to 720 minutes on the exchange clock (written <c>5m</c>, <c>1h</c>), or a whole trading day (<c>1d</c>).</summary>
public readonly record struct Timeframe : IComparable<Timeframe>
{
    private const int LongestMinutes = 720;
    private const int DayInMinutes = 1440;

    private readonly int _minutes;

    private Timeframe(int minutes) => _minutes = minutes;

    /// <summary>A trading day: from the night session before it to the close of its day session, however long that is.</summary>
    public static Timeframe Day { get; } = new(DayInMinutes);

    /// <summary>Those in common use, shortest first.</summary>
    public static IReadOnlyList<Timeframe> Common { get; } = [.. new[] { 1, 3, 5, 15, 30, 60, 120, 240 }.Select(Minutes), Day];

    public bool IsSet => _minutes != 0;

    public bool IsDay => _minutes == DayInMinutes;

    /// <summary>Of a bar that no session cuts short; a day is counted as 24 hours. Throws when it was never set.</summary>
    public TimeSpan Length => IsSet ? TimeSpan.FromMinutes(_minutes) : throw new InvalidOperationException("The timeframe was never set.");

    /// <summary>Throws outside 1 to 720.</summary>
    public static Timeframe Minutes(int minutes) => minutes is >= 1 and <= LongestMinutes
        ? new(minutes)
        : throw new ArgumentOutOfRangeException(nameof(minutes), minutes, $"A bar within a day is 1 to {LongestMinutes} minutes long.");

    /// <summary>Reads <c>1m</c> to <c>720m</c>, <c>1h</c> to <c>12h</c> and <c>1d</c>.</summary>
    public static bool TryParse(string? text, out Timeframe timeframe)
    {
        timeframe = default;
        if (text is not [.. var digits, var unit] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        if (unit == 'd' && count == 1) timeframe = Day;
        else if (unit == 'm' && count is >= 1 and <= LongestMinutes) timeframe = new(count);
        else if (unit == 'h' && count is >= 1 and <= LongestMinutes / 60) timeframe = new(count * 60);
        return timeframe.IsSet;
    }

    public static bool operator <(Timeframe left, Timeframe right) => left._minutes < right._minutes;

    public static bool operator >(Timeframe left, Timeframe right) => left._minutes > right._minutes;

    public static bool operator <=(Timeframe left, Timeframe right) => left._minutes <= right._minutes;

    public static bool operator >=(Timeframe left, Timeframe right) => left._minutes >= right._minutes;

    public int CompareTo(Timeframe other) => _minutes.CompareTo(other._minutes);

    /// <summary>In hours where they are whole: 60 minutes are <c>1h</c>.</summary>
    public override string ToString() => _minutes switch
    {
        0 => "",
        DayInMinutes => "1d",
        _ when _minutes % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{_minutes / 60}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{_minutes}m"),
    };
}
