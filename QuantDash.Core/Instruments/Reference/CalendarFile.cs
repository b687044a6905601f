namespace QuantDash.Core.Instruments.Reference;

/// <summary>Reads <c>calendar_cn.csv</c>: closed weekdays, evenings without night session, and the first and last day it speaks of.</summary>
internal static class CalendarFile
{
    public static TradingCalendar Load()
    {
        var rows = ReferenceTable.Load("calendar_cn.csv").Rows;
        return new(Days("known_from").Single(), Days("known_to").Single(), Days("closed"), Days("no_night"));

        IEnumerable<DateOnly> Days(string kind) => rows.Where(row => row["kind"] == kind).Select(row => row.Date("date"));
    }
}
