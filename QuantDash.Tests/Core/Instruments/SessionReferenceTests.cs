using QuantDash.Core.Instruments;
using static QuantDash.Tests.Core.Instruments.InstrumentSamples;

namespace QuantDash.Tests.Core.Instruments;

/// <summary>Compares windows with a reference that marks every minute of the clock by hand-written hours and looks for nothing cleverly.</summary>
public sealed class SessionReferenceTests
{
    private const string DayHours = "0900-1015 1030-1130 1330-1500";

    public static TheoryData<string, string, string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string, string, string>();
        foreach (var from in (string[])["2025-01-20", "2025-04-28", "2025-09-22", "2026-03-30", "2026-11-16"])
        {
            data.Add("SHFE.au2612", from, "0855-0900", DayHours, "2100-2400 0000-0230");
            data.Add("CZCE.TA2605", from, "", DayHours, "2100-2300");
            data.Add("CFFEX.IF2606", from, "0925-0930", "0930-1130 1300-1500", "");
            data.Add("DCE.jd2605", from, "0855-0900", DayHours, "");
            data.Add("SHFE.cu2605", from, "0855-0900", DayHours, "2100-2400 0000-0100");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void WindowAt_EveryMinuteOfFourWeeks_EqualsTheReference(string symbol, string from, string auctions, string day, string night)
    {
        var contract = Contract(symbol);
        var start = Beijing(from);
        var minutes = Reference(start, 60 * 24 * 30, auctions, day, night);
        var first = 0;
        for (var minute = 1; minute < 60 * 24 * 29; minute++)
        {
            if (minutes[minute] == minutes[minute - 1]) continue;
            if (first > 0) CheckStretch(first, minute);
            first = minute;
        }

        void CheckStretch(int from, int to)
        {
            var (phase, tradingDay) = minutes[from];
            var expected = new SessionWindow(phase, tradingDay, start.AddMinutes(from), start.AddMinutes(to));
            for (var minute = from; minute < to; minute++)
            {
                Check(start.AddMinutes(minute), expected);
                Check(start.AddMinutes(minute + 1).AddTicks(-1), expected);
            }
        }

        // Shouldly builds its message even when it is not needed, a hundred thousand times here.
        void Check(DateTimeOffset at, SessionWindow expected)
        {
            var actual = Calendar.WindowAt(contract, at);
            if (actual != expected) actual.ShouldBe(expected, $"{symbol} at {at:o}");
        }
    }

    private static List<(SessionPhase Phase, DateOnly TradingDay)> Reference(DateTimeOffset start, int count, string auctions, string day, string night)
    {
        var minutes = new List<(SessionPhase Phase, DateOnly TradingDay)>();
        for (var minute = 0; minute < count; minute++)
        {
            var clock = start.AddMinutes(minute).DateTime;
            var date = DateOnly.FromDateTime(clock);
            var hhmm = clock.Hour * 100 + clock.Minute;
            var yesterday = date.AddDays(-1);
            minutes.Add(
                Trades(date) && Within(auctions, hhmm) ? (SessionPhase.Auction, date)
                : Trades(date) && Within(day, hhmm) ? (SessionPhase.Continuous, date)
                : night != "" && NightOn(date) && Within("2055-2100", hhmm) ? (SessionPhase.Auction, After(date))
                : hhmm > 1200 && NightOn(date) && Within(night, hhmm) ? (SessionPhase.Continuous, After(date))
                : hhmm < 1200 && NightOn(yesterday) && Within(night, hhmm) ? (SessionPhase.Continuous, After(yesterday))
                : (SessionPhase.Closed, default));
        }

        for (var minute = count - 2; minute >= 0; minute--)
        {
            if (minutes[minute].Phase == SessionPhase.Closed) minutes[minute] = (SessionPhase.Closed, minutes[minute + 1].TradingDay);
        }

        return minutes;
    }

    private static bool Within(string spans, int hhmm) => spans.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(s => hhmm >= int.Parse(s[..4]) && hhmm < int.Parse(s[5..]));

    private static bool Weekday(DateOnly date) => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    // The holidays of the weeks looked at, from the State Council's notices.
    private static bool Trades(DateOnly date) => Weekday(date) && !(
        Between(date, "2025-01-28", "2025-02-04") || Between(date, "2025-04-04", "2025-04-06") || Between(date, "2025-05-01", "2025-05-05")
        || date == Day("2025-06-02") || Between(date, "2025-10-01", "2025-10-08") || date == Day("2026-04-06") || Between(date, "2026-05-01", "2026-05-05"));

    private static bool Between(DateOnly date, string from, string to) => date >= Day(from) && date <= Day(to);

    private static DateOnly After(DateOnly date)
    {
        do date = date.AddDays(1);
        while (!Trades(date));
        return date;
    }

    private static bool NightOn(DateOnly date)
    {
        if (!Trades(date)) return false;
        for (var next = date.AddDays(1); !Trades(next); next = next.AddDays(1))
        {
            if (Weekday(next)) return false;
        }

        return true;
    }
}
