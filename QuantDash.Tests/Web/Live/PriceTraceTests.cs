using QuantDash.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Live;

public sealed class PriceTraceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);
    private readonly PriceTrace _trace = new(SampleSnapshot.Pta);

    [Fact]
    public void Add_ManyTicksASecond_KeepsAtMostTwo()
    {
        for (var i = 0; i < 40; i++) _trace.Add(Tick(Start.AddMilliseconds(250 * i), 2800 + i));

        _trace.Points.Count.ShouldBeInRange(10, 20);
        _trace.Points[^1].Price.ShouldBe(2839 * 2.0);
    }

    [Fact]
    public void Add_WholeDay_StaysDrawable()
    {
        for (var i = 0; i < 40_000; i++) _trace.Add(Tick(Start.AddSeconds(i), 2800 + (i % 50)));

        _trace.Points.Count.ShouldBeLessThanOrEqualTo(6000);
        _trace.Points[0].At.ShouldBe(Start);
        _trace.Points[^1].At.ShouldBe(Start.AddSeconds(39_999));
        _trace.Points.Select(p => p.At).ShouldBeInOrder();
    }

    [Fact]
    public void Begin_StoredMinutes_ShowTheirExtremesAndEndAtTheClose()
    {
        _trace.Begin([new Bar
        {
            Start = Start, End = Start.AddMinutes(1), TradingDay = new(2026, 11, 20), Open = new(5600), High = new(5620), Low = new(5590), Close = new(5610), Volume = 5, OpenInterest = 1,
        }]);

        _trace.Points.Select(p => p.Price).ShouldBe([5600, 5590, 5620, 5610]);
    }

    private static Tick Tick(DateTimeOffset at, long ticks) => new() { OccurredAt = at, ReceivedAt = at, LastTicks = ticks };
}
