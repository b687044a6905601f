using System.Globalization;

namespace QuantDash.Core.Locking;

/// <summary>Bar lengths an average true range may be taken of, as written in column <c>atr_timeframe</c>: <c>15m</c>, <c>1h</c>.</summary>
public static class AtrTimeframes
{
    public static IReadOnlyList<TimeSpan> All { get; } = [.. new[] { 1, 3, 5, 10, 15, 30, 60, 120, 240 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    public static string Write(TimeSpan length) =>
        length.TotalMinutes >= 60 && length.TotalMinutes % 60 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0}h")
            : string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0}m");

    /// <summary>Null when it is none of <see cref="All"/>.</summary>
    public static TimeSpan? TryRead(string? text)
    {
        foreach (var length in All)
            if (string.Equals(text, Write(length), StringComparison.OrdinalIgnoreCase)) return length;
        return null;
    }
}
