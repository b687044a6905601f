namespace QuantDash.Core.Instruments.Reference;

/// <summary>Reads a calendar: closed weekdays, evenings without night session, days that end early, and the first and last day it speaks of.</summary>
internal static class CalendarFile
{
    public static TradingCalendar Load(string name)
    {
        var rows = ReferenceTable.Load(name).Rows;
        return new(Days("known_from").Single(), Days("known_to").Single(), Days("closed"), Days("no_night"), Days("short"));

        IEnumerable<DateOnly> Days(string kind) => rows.Where(row => row["kind"] == kind).Select(row => row.Date("date"));
    }
}
