using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Instruments;

/// <summary>Holding time is trading time: PTA trades 21:00–23:00, 9:00–10:15, 10:30–11:30 and 13:30–15:00 in Beijing.</summary>
public sealed class TradingTimeTests
{
    private static readonly TradingCalendar Calendar = TradingCalendar.FromReferenceData();
    private static readonly Contract Pta = ContractCatalog.FromReferenceData(Calendar).Find(Symbol.Create("CZCE", "TA2701"), new DateOnly(2026, 11, 20))!;

    [Theory]
    [InlineData("2026-11-20 09:30", "2026-11-20 09:45", 15)]
    [InlineData("2026-11-20 10:00", "2026-11-20 10:45", 30)] // tea break
    [InlineData("2026-11-20 11:00", "2026-11-20 14:00", 60)] // lunch
    [InlineData("2026-11-20 14:45", "2026-11-23 09:10", 145)] // a weekend; Friday's night session counts
    [InlineData("2026-11-20 15:00", "2026-11-20 20:59", 0)]
    [InlineData("2026-11-20 12:00", "2026-11-20 12:30", 0)]
    [InlineData("2026-09-30 14:50", "2026-10-08 09:05", 15)] // no night session before the holiday
    [InlineData("2026-11-20 10:00", "2026-11-20 09:00", 0)] // never negative
    public void Between_CountsContinuousSessionsOnly(string from, string to, int minutes) =>
        Time().Between(At(from), At(to)).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData("2026-11-20 09:30", 15, "2026-11-20 09:45")]
    [InlineData("2026-11-20 10:00", 30, "2026-11-20 10:45")]
    [InlineData("2026-11-20 14:45", 145, "2026-11-23 09:10")]
    [InlineData("2026-11-20 14:45", 15, "2026-11-20 15:00")]
    [InlineData("2026-11-21 12:00", 1, "2026-11-23 09:01")]
    public void After_IsTheInstantAtWhichThatMuchHasPassed(string from, int minutes, string expected) =>
        Time().After(At(from), TimeSpan.FromMinutes(minutes)).ShouldBe(At(expected));

    [Fact]
    public void Between_AskedInAnyOrder_SaysTheSame()
    {
        var time = Time();
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var from = At("2026-09-20 00:00").AddMinutes(random.Next(60 * 24 * 30));
            var to = from.AddMinutes(random.Next(60 * 24 * 10));
            var held = time.Between(from, to);
            held.ShouldBe(Time().Between(from, to));
            held.ShouldBe(Counted(from, to));
            if (held > TimeSpan.Zero) time.Between(from, time.After(from, held)).ShouldBe(held);
        }
    }

    /// <summary>Minute by minute.</summary>
    private static TimeSpan Counted(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        for (var at = from; at < to; at = at.AddMinutes(1))
            if (Calendar.WindowAt(Pta, at).Phase == SessionPhase.Continuous) sum += TimeSpan.FromMinutes(1);
        return sum;
    }

    private static TradingTime Time() => new(at => Calendar.WindowAt(Pta, at));

    private static DateTimeOffset At(string beijing) => new(DateTime.Parse(beijing, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
