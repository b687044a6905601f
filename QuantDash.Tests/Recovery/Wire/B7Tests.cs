using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery.Wire;

/// <summary>RELIABILITY.md B7: a counter whose clock is 5 s off, or runs backwards. Orders are accepted, fills booked in the order they come, each on the day of its order, and no
/// order ends because of a foreign clock.</summary>
[Collection(Wire.Name)]
[Trait(Profile.Reliability, "B7")]
public sealed class B7Tests(WireFixture wire, ITestOutputHelper output)
{
    private static readonly int Rules = Profile.Number(4, 100);

    [Theory]
    [InlineData(5, 1)]
    [InlineData(-5, 1)]
    [InlineData(0, -1)]
    [InlineData(5, -1)]
    public async Task B7_VenueClockOffOrBackwards_OrdersAreFilledOnce_OnTheirDay(int secondsAhead, int pace)
    {
        var desk = await VenueDesk.OpenAsync(wire.Trader, $"clock-{secondsAhead}-{pace}");
        var ways = new ProgramWays { Clock = new WrongClock(TimeSpan.FromSeconds(secondsAhead), pace), SnapshotPace = TimeSpan.FromMilliseconds(50) };
        await using var program = await desk.ServeAsync(wire.App.Address, VenueScript.Always(VenueFault.None), ways);
        await desk.ArmAsync(Rules);
        await desk.FallAndSettleAsync(Rules);

        await desk.ShouldBalanceAsync(program, $"{secondsAhead} s ahead, pace {pace}");
        (await desk.Books.CountAsync("orders", "count(*)", "status <> 'filled'")).ShouldBe(0, "no order ended because of a foreign clock");
        (await desk.Books.CountAsync("locks", "count(*)", "status <> 'active'")).ShouldBe(0, "no lock was broken by a snapshot with a foreign stamp");
        (await desk.Books.CountAsync("trades", "count(*)", "trading_day not in (select trading_day from orders where orders.id = trades.order_id)")).ShouldBe(0, "a trade is of its order's day");
        (await wire.App.Database.CountAsync($"select count(*) from tape_events where message_key = 'lock.broken' and account_id in (select id from accounts where name = '{desk.Name}')")).ShouldBe(0, "nor for a moment");
        await StormBooks.AuditShouldBeWholeAsync(wire.App.Client, desk.Name);
        output.WriteLine($"{Rules} firings with the venue {secondsAhead} s ahead at pace {pace}: {desk.Venue.Day.Count} trades, each once, {desk.Venue.Orders.Count} orders, none expired");
    }

    /// <summary>A clock that is off, or goes the wrong way.</summary>
    private sealed class WrongClock(TimeSpan ahead, int pace) : TimeProvider
    {
        private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => _start + ahead + (pace * (DateTimeOffset.UtcNow - _start));
    }
}
