using QuantDash.Core.Instruments;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Data;

/// <summary>How the calendar of a market stands.</summary>
/// <param name="To">Last day known.</param>
/// <param name="NextTo">The same from the next start on.</param>
/// <param name="Changes">Days that are another from the next start on.</param>
/// <param name="Imported">Days of it were imported; all others are built in.</param>
/// <param name="DaysLeft">Until it ends; below 0 it has ended.</param>
public sealed record CalendarStanding(CalendarMarket Market, DateOnly From, DateOnly To, DateOnly NextTo, int Changes, bool Imported, int DaysLeft, IReadOnlyList<CalendarYear> Years)
{
    /// <summary>So many days before its end somebody is told.</summary>
    public const int WarnDays = 30;

    /// <summary>Nothing but the next start changes that.</summary>
    public bool Waits => Changes > 0 || NextTo != To;

    public Tone Tone => DaysLeft < 0 ? Tone.Danger : DaysLeft < WarnDays ? Tone.Warn : Tone.None;

    public static CalendarStanding Of(CalendarMarket market, TradingCalendar calendar, TradingCalendar next, bool imported, DateOnly today) => new(
        market, calendar.KnownFrom, calendar.KnownTo, next.KnownTo, next.DifferencesTo(calendar).Count, imported, calendar.KnownTo.DayNumber - today.DayNumber,
        [.. Enumerable.Range(calendar.KnownFrom.Year, calendar.KnownTo.Year - calendar.KnownFrom.Year + 1).Select(year => CalendarYear.Of(calendar, year))]);

    /// <summary>Where the exchanges are.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(ScreenTime.ExchangeOffset).DateTime);
}

/// <summary>One year of it, as far as it is known.</summary>
/// <param name="Short">Trading days that end early.</param>
/// <param name="WithoutNight">Trading days without a night session in the evening.</param>
public sealed record CalendarYear(int Year, int TradingDays, int Closed, int Short, int WithoutNight)
{
    public static CalendarYear Of(TradingCalendar calendar, int year)
    {
        var days = new DateOnly(year, 1, 1);
        var known = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(days.AddDays).Where(calendar.Knows).ToList();
        var sheet = calendar.Sheet(CalendarMarket.China, days, days.AddYears(1).AddDays(-1));
        return new(year, known.Count(calendar.IsTradingDay), sheet.Closed.Count(calendar.Knows), sheet.Short.Count(calendar.Knows), sheet.WithoutNight.Count(calendar.Knows));
    }
}
