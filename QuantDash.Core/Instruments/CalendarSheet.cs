using System.Globalization;

namespace QuantDash.Core.Instruments;

/// <summary>Whose calendar: the Chinese futures exchanges', Hong Kong's or New York's.</summary>
public enum CalendarMarket { China, HongKong, NewYork }

/// <summary>The short names by which people and files call the markets.</summary>
public static class CalendarMarkets
{
    public static IReadOnlyList<CalendarMarket> All { get; } = [CalendarMarket.China, CalendarMarket.HongKong, CalendarMarket.NewYork];

    public static string Code(this CalendarMarket market) => market switch
    {
        CalendarMarket.China => "CN",
        CalendarMarket.HongKong => "HK",
        CalendarMarket.NewYork => "US",
    };

    /// <summary>Null: no such market.</summary>
    public static CalendarMarket? Read(string? code) => All.Where(market => string.Equals(market.Code(), code, StringComparison.OrdinalIgnoreCase)).Cast<CalendarMarket?>().FirstOrDefault();
}

/// <summary>What somebody says of every day from <see cref="From"/> to <see cref="To"/>, both included: these are closed, have no night session or end early, and all others are ordinary.</summary>
public sealed record CalendarSheet(CalendarMarket Market, DateOnly From, DateOnly To, IReadOnlySet<DateOnly> Closed, IReadOnlySet<DateOnly> WithoutNight, IReadOnlySet<DateOnly> Short)
{
    /// <summary>As a file says it: day and kind, the span first.</summary>
    public IEnumerable<(DateOnly Day, string Kind)> Rows() =>
    [
        (From, CalendarKinds.KnownFrom), (To, CalendarKinds.KnownTo),
        .. Closed.Select(day => (day, CalendarKinds.Closed)).Concat(WithoutNight.Select(day => (day, CalendarKinds.NoNight))).Concat(Short.Select(day => (day, CalendarKinds.Short)))
            .OrderBy(row => row.day).ThenBy(row => row.Item2, StringComparer.Ordinal),
    ];

    /// <summary>Sheets as a file that <see cref="CalendarSheetReader"/> reads back.</summary>
    public static string Write(IEnumerable<CalendarSheet> sheets) =>
        "date,kind\n" + string.Concat(sheets.SelectMany(sheet => sheet.Rows()).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Day:yyyy-MM-dd},{row.Kind}\n")));

    public bool Covers(CalendarSheet other) => From <= other.From && To >= other.To;
}

/// <summary>The words of a calendar's file.</summary>
internal static class CalendarKinds
{
    public const string KnownFrom = "known_from";
    public const string KnownTo = "known_to";
    public const string Closed = "closed";
    public const string NoNight = "no_night";
    public const string Short = "short";
}
