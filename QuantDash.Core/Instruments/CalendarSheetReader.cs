using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>Reads a calendar that somebody gives: the columns <c>date</c> and <c>kind</c>, and the first and the last day it speaks of. Everything that is wrong is told with its line.</summary>
public static class CalendarSheetReader
{
    /// <summary>So many wrong lines are told one by one.</summary>
    public const int MostProblems = 100;

    private const int LongestSpanYears = 20;
    private static readonly DateOnly First = new(2000, 1, 1);
    private static readonly DateOnly Last = new(2099, 12, 31);

    /// <summary>One sheet, or several one after the other, each begun by its <c>known_from</c>.</summary>
    public static Outcome<IReadOnlyList<CalendarSheet>> Read(CalendarMarket market, string text)
    {
        var problems = new List<Problem>();
        var rows = Rows(market, text, problems);
        if (problems.Count > 0) return Outcome<IReadOnlyList<CalendarSheet>>.Failure([.. problems.Take(MostProblems)]);
        var sheets = Parts(rows).Select(part => Sheet(market, part, problems)).OfType<CalendarSheet>().ToList();
        return problems.Count > 0 ? Outcome<IReadOnlyList<CalendarSheet>>.Failure([.. problems.Take(MostProblems)]) : Outcome<IReadOnlyList<CalendarSheet>>.Success(sheets);
    }

    private static List<Row> Rows(CalendarMarket market, string text, List<Problem> problems)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var header = Array.ConvertAll(lines[0].Split(','), cell => cell.Trim());
        var (date, kind) = (Array.IndexOf(header, "date"), Array.IndexOf(header, "kind"));
        if (date < 0 || kind < 0)
        {
            problems.Add(new("line 1", "calendar_columns", lines[0]));
            return [];
        }

        var kinds = KindsOf(market);
        var rows = new List<Row>();
        for (var i = 1; i < lines.Length && problems.Count < MostProblems; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var (line, cells) = (i + 1, Array.ConvertAll(lines[i].Split(','), cell => cell.Trim()));
            if (cells.Length != header.Length)
            {
                problems.Add(new($"line {line}", "calendar_cells", header.Length, cells.Length));
                continue;
            }

            var known = kinds.Contains(cells[kind], StringComparer.Ordinal);
            if (!known) problems.Add(new($"line {line} kind", "calendar_kind", kinds, cells[kind]));
            var read = DateOnly.TryParseExact(cells[date], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= First && day <= Last;
            if (!read) problems.Add(new($"line {line} date", "calendar_date", Text(First), Text(Last), cells[date]));
            if (known && read) rows.Add(new(line, day, cells[kind]));
        }

        return rows;
    }

    /// <summary>A single sheet may have its lines in any order.</summary>
    private static List<List<Row>> Parts(List<Row> rows)
    {
        if (rows.Count(row => row.Kind == CalendarKinds.KnownFrom) <= 1) return [rows];
        var parts = new List<List<Row>>();
        foreach (var row in rows)
        {
            if (parts.Count == 0 || (row.Kind == CalendarKinds.KnownFrom && parts[^1].Exists(before => before.Kind is CalendarKinds.KnownFrom or CalendarKinds.KnownTo))) parts.Add([]);
            parts[^1].Add(row);
        }

        return parts;
    }

    private static CalendarSheet? Sheet(CalendarMarket market, List<Row> rows, List<Problem> problems)
    {
        var before = problems.Count;
        var (from, to) = (Bound(rows, CalendarKinds.KnownFrom, problems), Bound(rows, CalendarKinds.KnownTo, problems));
        if (from is null || to is null) return null;
        if (to.Day < from.Day || to.Day > from.Day.AddYears(LongestSpanYears))
        {
            problems.Add(new($"line {to.Line} date", "calendar_span", Text(from.Day), LongestSpanYears, Text(to.Day)));
            return null;
        }

        Check(rows, from.Day, to.Day, problems);
        var sheet = new CalendarSheet(market, from.Day, to.Day, Days(CalendarKinds.Closed), Days(CalendarKinds.NoNight), Days(CalendarKinds.Short));
        if (problems.Count == before) CheckYears(sheet, problems);
        return sheet;

        HashSet<DateOnly> Days(string kind) => [.. rows.Where(row => row.Kind == kind).Select(row => row.Day)];
    }

    private static Row? Bound(List<Row> rows, string kind, List<Problem> problems)
    {
        var given = rows.FindAll(row => row.Kind == kind);
        if (given.Count != 1) problems.Add(new(kind, "calendar_bound", kind, given.Count));
        return given.Count == 1 ? given[0] : null;
    }

    private static void Check(List<Row> rows, DateOnly from, DateOnly to, List<Problem> problems)
    {
        var seen = new Dictionary<(DateOnly, string), int>();
        var closed = rows.Where(row => row.Kind == CalendarKinds.Closed).Select(row => row.Day).ToHashSet();
        foreach (var row in rows)
        {
            if (!seen.TryAdd((row.Day, row.Kind), row.Line)) problems.Add(new($"line {row.Line}", "calendar_twice", Text(row.Day), row.Kind, seen[(row.Day, row.Kind)]));
            if (row.Day < from || row.Day > to) problems.Add(new($"line {row.Line} date", "calendar_outside", Text(from), Text(to), Text(row.Day)));
            if (row.Kind is CalendarKinds.NoNight or CalendarKinds.Short && (IsWeekend(row.Day) || closed.Contains(row.Day))) problems.Add(new($"line {row.Line} kind", "calendar_not_open", row.Kind, Text(row.Day)));
        }
    }

    /// <summary>No exchange closes on fewer than three or on more than thirty weekdays of a year: such a list is cut off, or lists the days that trade.</summary>
    private static void CheckYears(CalendarSheet sheet, List<Problem> problems)
    {
        const int Fewest = 3, Most = 30;
        for (var year = sheet.From.Year; year <= sheet.To.Year; year++)
        {
            if (sheet.From > new DateOnly(year, 1, 1) || sheet.To < new DateOnly(year, 12, 31)) continue;
            var closed = sheet.Closed.Count(day => day.Year == year && !IsWeekend(day));
            if (closed is < Fewest or > Most) problems.Add(new("file", "calendar_year", year, Fewest, Most, closed));
        }
    }

    private static string[] KindsOf(CalendarMarket market) =>
        [CalendarKinds.KnownFrom, CalendarKinds.KnownTo, CalendarKinds.Closed, market == CalendarMarket.China ? CalendarKinds.NoNight : CalendarKinds.Short];

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Row(int Line, DateOnly Day, string Kind);
}
