using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Locking;

/// <summary>DESIGN.md 6.1: time conditions name which close (night, morning, day; default day).</summary>
public sealed class TimeConditionTests
{
    private static readonly TradingCalendar Calendar = TradingCalendar.FromReferenceData();
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(Calendar);
    private static readonly SessionPlan Pta = Sessions("CZCE", "TA2701");
    private static readonly SessionPlan Gold = Sessions("SHFE", "au2702");
    private static readonly SessionPlan Index = Sessions("CFFEX", "IF2612");

    [Theory]
    [InlineData("14:55", "2026-11-20 10:00", "2026-11-20 14:55", "2026-11-20 15:00")]
    [InlineData("14:55", "2026-11-20 14:55", "2026-11-23 14:55", "2026-11-23 15:00")] // once a day: strictly after
    [InlineData("14:55", "2026-11-21 14:00", "2026-11-23 14:55", "2026-11-23 15:00")] // a Saturday does not trade
    [InlineData("21:30", "2026-11-20 15:30", "2026-11-20 21:30", "2026-11-23 15:00")] // Friday night is Monday's
    [InlineData("11:45", "2026-11-20 10:00", "2026-11-20 11:45", "2026-11-20 15:00")] // lunch: acted on when trading goes on
    [InlineData("14:55", "2026-09-30 16:00", "2026-10-08 14:55", "2026-10-08 15:00")] // National Day
    [InlineData("close-5", "2026-11-20 10:00", "2026-11-20 14:55", "2026-11-20 15:00")]
    [InlineData("close-5@morning", "2026-11-20 10:00", "2026-11-20 11:25", "2026-11-20 11:30")]
    [InlineData("close-10@night", "2026-11-20 10:00", "2026-11-20 22:50", "2026-11-20 23:00")]
    [InlineData("close-10@night", "2026-09-30 10:00", "2026-10-08 22:50", "2026-10-08 23:00")] // none before the holiday
    [InlineData("close-120", "2026-11-20 10:00", "2026-11-20 13:00", "2026-11-20 15:00")] // minutes of the clock
    public void Next_OfPta_IsTheNextMomentThatTrades(string time, string after, string at, string until) => Check(Pta, time, after, after, at, until);

    [Theory]
    [InlineData("close-30@night", "2026-11-20 20:00", "2026-11-21 02:00", "2026-11-21 02:30")]
    [InlineData("close-30@night", "2026-11-21 01:00", "2026-11-21 02:00", "2026-11-21 02:30")]
    [InlineData("01:00", "2026-11-20 22:00", "2026-11-21 01:00", "2026-11-23 15:00")]
    public void Next_OfGold_ANightSessionRunsPastMidnight(string time, string after, string at, string until) => Check(Gold, time, after, after, at, until);

    [Theory]
    [InlineData("14:55", "2026-11-19 14:00", "2026-11-19 14:58", "2026-11-19 14:55", "2026-11-19 15:00")] // late but not missed
    [InlineData("14:55", "2026-11-19 14:00", "2026-11-20 09:30", "2026-11-20 14:55", "2026-11-20 15:00")] // yesterday's was missed
    [InlineData("close-5", "2026-10-19 14:00", "2026-11-20 14:57", "2026-11-20 14:55", "2026-11-20 15:00")] // off for a month
    public void Next_ArmedLongBefore_LeavesOutWhatIsMissed(string time, string after, string now, string at, string until) => Check(Pta, time, after, now, at, until);

    [Fact]
    public void HasClose_FollowsTheSessions()
    {
        TimeCondition.HasClose(Pta, SessionClose.Night).ShouldBeTrue();
        TimeCondition.HasClose(Index, SessionClose.Night).ShouldBeFalse();
        TimeCondition.HasClose(Index, SessionClose.Morning).ShouldBeTrue();
        TimeCondition.HasClose(Index with { Always = true }, SessionClose.Day).ShouldBeFalse();
    }

    [Fact]
    public void Next_OfAHoldingTime_IsNotThisClocksBusiness() =>
        new TimeCondition(Pta, Calendar, sessionsAlways: false).Next(TriggerTime.AfterHolding(5), At("2026-11-20 10:00"), At("2026-11-20 10:00")).ShouldBeNull();

    [Fact]
    public void Next_SourceThatAlwaysTrades_ActsOnSaturdaysToo() =>
        new TimeCondition(Pta, Calendar, sessionsAlways: true).Next(TriggerTime.AtClock(new(14, 55)), At("2026-11-21 10:00"), At("2026-11-21 10:00"))
            .ShouldBe(new TimeMoment(At("2026-11-21 14:55"), At("2026-11-22 00:00")));

    private static void Check(SessionPlan plan, string time, string after, string now, string at, string until) =>
        new TimeCondition(plan, Calendar, sessionsAlways: false).Next(TriggerTime.TryParse(time)!, At(after), At(now)).ShouldBe(new TimeMoment(At(at), At(until)));

    private static SessionPlan Sessions(string exchange, string code) => Catalog.Find(Symbol.Create(exchange, code), new DateOnly(2026, 11, 20))!.Product.Sessions;

    private static DateTimeOffset At(string beijing) => new(DateTime.Parse(beijing, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
