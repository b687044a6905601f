using System.Collections.Frozen;
using QuantDash.Core.Instruments.Reference;

namespace QuantDash.Core.Instruments;

/// <summary>Which days exchanges trade (the Chinese futures exchanges, unless a plan has a calendar of its own), and which phase a contract is in at an instant. Immutable.</summary>
/// <remarks>The night session of trading day T is held on the evening of the trading day before T, and not at all before a statutory
/// holiday. Outside the years the calendar knows, every weekday trades and every evening has its night session.</remarks>
public sealed class TradingCalendar
{
    private readonly FrozenSet<DateOnly> _closed;
    private readonly FrozenSet<DateOnly> _withoutNight;
    private readonly FrozenSet<DateOnly> _short;

    /// <param name="closed">Weekdays without trading.</param>
    /// <param name="withoutNight">Trading days whose evening has no night session.</param>
    /// <param name="shortDays">Trading days that end early; null: none.</param>
    public TradingCalendar(DateOnly knownFrom, DateOnly knownTo, IEnumerable<DateOnly> closed, IEnumerable<DateOnly> withoutNight, IEnumerable<DateOnly>? shortDays = null)
    {
        (KnownFrom, KnownTo) = (knownFrom, knownTo);
        (_closed, _withoutNight, _short) = (closed.ToFrozenSet(), withoutNight.ToFrozenSet(), (shortDays ?? []).ToFrozenSet());
    }

    /// <summary>The first day of which the exchanges' own calendar is known.</summary>
    public DateOnly KnownFrom { get; }

    /// <summary>The last one: behind it every weekday is taken for a trading day.</summary>
    public DateOnly KnownTo { get; }

    /// <summary>The calendar of the reference data (docs/reference-data.md).</summary>
    public static TradingCalendar FromReferenceData() => CalendarFile.Load("calendar_cn.csv");

    /// <summary>Whether the exchanges' own calendar for this day is known, not just weekdays.</summary>
    public bool Knows(DateOnly day) => day >= KnownFrom && day <= KnownTo;

    public bool IsTradingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_closed.Contains(day);

    /// <summary>The calendar that holds for a plan: its own, or this one.</summary>
    public TradingCalendar Of(SessionPlan plan) => plan.Calendar ?? this;

    /// <summary>With what a sheet says of its days in the place of what was known of them. On the evening before a weekday that is closed there is no night session, whether the sheet says so or not.</summary>
    public TradingCalendar With(CalendarSheet sheet)
    {
        var (from, to) = (sheet.From < KnownFrom ? sheet.From : KnownFrom, sheet.To > KnownTo ? sheet.To : KnownTo);
        var nights = Replaced(_withoutNight, sheet, sheet.WithoutNight);
        var changed = new TradingCalendar(from, to, Replaced(_closed, sheet, sheet.Closed), nights, Replaced(_short, sheet, sheet.Short));
        if (sheet.Market != CalendarMarket.China) return changed;
        var eve = changed.PreviousTradingDay(sheet.From);
        if (NextTradingDay(eve) != changed.NextTradingDay(eve)) nights.Remove(eve);
        for (var day = eve; day <= sheet.To; day = changed.NextTradingDay(day))
        {
            // The last evening known before the span keeps what was said of it, unless the day after it is another one now.
            if (changed.IsBeforeHoliday(day) && (day >= sheet.From || NextTradingDay(day) != changed.NextTradingDay(day))) nights.Add(day);
        }

        return new(from, to, changed._closed, nights, changed._short);
    }

    /// <summary>What is known of the days of a span, as a sheet that says the same.</summary>
    public CalendarSheet Sheet(CalendarMarket market, DateOnly from, DateOnly to)
    {
        return new(market, from, to, Within(_closed), Within(_withoutNight), Within(_short));

        HashSet<DateOnly> Within(IEnumerable<DateOnly> days) => [.. days.Where(day => day >= from && day <= to)];
    }

    /// <summary>The days on which two calendars differ: whether they trade, end early, or have a night session in the evening.</summary>
    public IReadOnlyList<DateOnly> DifferencesTo(TradingCalendar other)
    {
        var days = _closed.Concat(_withoutNight).Concat(_short).Concat(other._closed).Concat(other._withoutNight).Concat(other._short).Distinct().Order();
        return [.. days.Where(day => IsTradingDay(day) != other.IsTradingDay(day) || HasNightSession(day) != other.HasNightSession(day) || IsShortDay(day) != other.IsShortDay(day))];
    }

    public bool IsShortDay(DateOnly day) => _short.Contains(day);

    /// <summary>Whether a night session is held on the evening of this calendar day.</summary>
    public bool HasNightSession(DateOnly evening) => IsTradingDay(evening) && !_withoutNight.Contains(evening);

    /// <summary>The first trading day after <paramref name="day"/>.</summary>
    public DateOnly NextTradingDay(DateOnly day) => OnOrAfter(day.AddDays(1));

    /// <summary>The last trading day before <paramref name="day"/>.</summary>
    public DateOnly PreviousTradingDay(DateOnly day)
    {
        do day = day.AddDays(-1);
        while (!IsTradingDay(day));
        return day;
    }

    /// <summary><paramref name="day"/> itself when it trades, else the next trading day.</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsTradingDay(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>The n-th trading day of a month, from its end when n is negative. Throws when n is 0.</summary>
    public DateOnly TradingDayOfMonth(DateOnly firstDay, int n)
    {
        ArgumentOutOfRangeException.ThrowIfZero(n);
        var day = n > 0 ? firstDay.AddDays(-1) : firstDay.AddMonths(1);
        for (var count = Math.Abs(n); count > 0; count--) day = n > 0 ? NextTradingDay(day) : PreviousTradingDay(day);
        return day;
    }

    /// <summary>The longest stretch of one phase around an instant. A closed one carries the trading day of the session that comes next.</summary>
    public SessionWindow WindowAt(Contract contract, DateTimeOffset at) => WindowAt(contract.Product.Sessions, at);

    /// <summary>The same for a source that may hold <c>sessions: always</c>: then every exchange-local calendar day, weekends and holidays
    /// too, is one continuous window and its own trading day.</summary>
    public SessionWindow WindowAt(Contract contract, DateTimeOffset at, bool sessionsAlways)
        => sessionsAlways ? SessionTimeline.WholeDay(contract.Product.Sessions, at) : WindowAt(contract.Product.Sessions, at);

    /// <summary>The trading day an instant counts for: Friday's night session belongs to Monday, a closed hour to the session that comes next.</summary>
    public DateOnly TradingDayAt(Contract contract, DateTimeOffset at) => WindowAt(contract, at).TradingDay;

    /// <inheritdoc cref="WindowAt(Contract, DateTimeOffset)"/>
    public SessionWindow WindowAt(SessionPlan plan, DateTimeOffset at)
        => plan.Always ? SessionTimeline.WholeDay(plan, at) : SessionTimeline.Around(plan, at, this).WindowAt(at);

    private bool IsBeforeHoliday(DateOnly day)
    {
        var next = NextTradingDay(day);
        for (var between = day.AddDays(1); between < next; between = between.AddDays(1))
        {
            if (between.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) return true;
        }

        return false;
    }

    private static HashSet<DateOnly> Replaced(FrozenSet<DateOnly> known, CalendarSheet sheet, IReadOnlySet<DateOnly> said) => [.. known.Where(day => day < sheet.From || day > sheet.To), .. said];
}
