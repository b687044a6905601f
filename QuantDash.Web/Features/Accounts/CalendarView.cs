using QuantDash.Core.Performance;

namespace QuantDash.Web.Features.Accounts;

/// <summary>One month of daily results, in weeks from Monday to Sunday.</summary>
public sealed record CalendarView
{
    public required DateOnly Month { get; init; }
    public required IReadOnlyList<IReadOnlyList<CalendarCell>> Weeks { get; init; }
    public required decimal Pnl { get; init; }
    public required bool HasEarlier { get; init; }
    public required bool HasLater { get; init; }

    public static CalendarView Of(IReadOnlyList<DailyResult> days, DateOnly month)
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        var byDay = days.Where(d => d.Day.Year == first.Year && d.Day.Month == first.Month).ToDictionary(d => d.Day);
        var strongest = byDay.Count == 0 ? 0 : byDay.Values.Max(d => decimal.Abs(d.Pnl));
        var start = first.AddDays(-(((int)first.DayOfWeek + 6) % 7));
        var weeks = new List<IReadOnlyList<CalendarCell>>();
        for (var week = start; week < first.AddMonths(1); week = week.AddDays(7))
            weeks.Add([.. Enumerable.Range(0, 7).Select(i => CellOf(week.AddDays(i), first, byDay, strongest))]);
        return new()
        {
            Month = first,
            Weeks = weeks,
            Pnl = byDay.Values.Sum(d => d.Pnl),
            HasEarlier = days.Count > 0 && days[0].Day < first,
            HasLater = days.Count > 0 && days[^1].Day >= first.AddMonths(1),
        };
    }

    private static CalendarCell CellOf(DateOnly day, DateOnly month, Dictionary<DateOnly, DailyResult> byDay, decimal strongest)
    {
        var result = day.Month == month.Month ? byDay.GetValueOrDefault(day) : null;
        return new(day, day.Month == month.Month, result, result is null || strongest == 0 ? 0 : decimal.Abs(result.Pnl) / strongest);
    }
}

/// <param name="Inside">Of the month, not of the weeks around.</param>
/// <param name="Result">Null: no trading day of the account.</param>
/// <param name="Heat">Its size against the month's largest, 0 to 1.</param>
public sealed record CalendarCell(DateOnly Day, bool Inside, DailyResult? Result, decimal Heat);
