using System.Globalization;

namespace QuantDash.Web.Ui;

/// <summary>Times as the exchange's wall clock shows them. Every venue so far is on China time, which has no summer time.</summary>
public static class ScreenTime
{
    public static readonly TimeSpan ExchangeOffset = TimeSpan.FromHours(8);

    public static string Time(DateTimeOffset? at) => Format(at, "HH:mm:ss");

    public static string TimeWithMillis(DateTimeOffset? at) => Format(at, "HH:mm:ss.fff");

    public static string DayAndTime(DateTimeOffset? at) => Format(at, "MM-dd HH:mm:ss");

    public static string Full(DateTimeOffset? at) => Format(at, "yyyy-MM-dd HH:mm:ss.fff");

    /// <summary>For a chart's time axis, which knows no zones.</summary>
    public static string Axis(DateTimeOffset at) => Format(at, "yyyy-MM-dd HH:mm:ss.fff");

    private static string Format(DateTimeOffset? at, string pattern) =>
        at?.ToOffset(ExchangeOffset).ToString(pattern, CultureInfo.InvariantCulture) ?? Figures.Unknown;
}
