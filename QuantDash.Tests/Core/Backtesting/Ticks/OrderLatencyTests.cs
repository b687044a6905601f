using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Core.Engine.Hosting;

namespace QuantDash.Tests.Core.Backtesting.Ticks;

/// <summary>An order is on its way for a while, and meets the quotes that are there when it arrives.</summary>
public sealed class OrderLatencyTests
{
    [Fact]
    public void Order_ArrivesLater_AndIsFilledByTheFirstQuoteFromThenOn()
    {
        var scene = new StrategyScene(new EngineOptions { SimulatedLatency = new(TimeSpan.FromMilliseconds(700)) });
        var done = false;
        var id = scene.Run("one", () => new Script
        {
            Tick = (context, instrument, _) =>
            {
                if (!done) context.Place(OrderIntent.BuyOpen(instrument, 1m));
                done = true;
            },
        });
        scene.Tick(5500);
        scene.Tick(5510);
        scene.Net.ShouldBe(0m, "half a second later it has not arrived");
        scene.Tick(5520);
        scene.View(id).Signals[0].AverageFillPrice.ShouldBe(new Price(5522m));
    }

    [Fact]
    public void Line_NoneOvertakesAnother_AndTheSameSeedGivesTheSameTimes()
    {
        var arrivals = Arrivals(7);
        arrivals.ShouldBeInOrder();
        arrivals.Distinct().Count().ShouldBeGreaterThan(1);
        Arrivals(7).ShouldBe(arrivals);
        Arrivals(8).ShouldNotBe(arrivals);
    }

    private static List<DateTimeOffset> Arrivals(ulong seed)
    {
        var line = new OrderLine(new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(50), seed));
        var at = new DateTimeOffset(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);
        for (var i = 0; i < 20; i++)
        {
            line.Send(
                new Order
                {
                    Id = new($"o{i}"), AccountId = new(Guid.Empty), Symbol = StrategyScene.Pta, Side = OrderSide.Buy, Offset = Offset.Open, Type = OrderType.Market, Volume = new(1), State = OrderState.Submitting,
                    Purpose = OrderPurpose.Open, OriginId = Guid.Empty, Child = 1, TradingDay = new(2026, 11, 20), CreatedAt = at, UpdatedAt = at.AddMilliseconds(i),
                },
                isCancel: false);
        }

        var arrived = new List<DateTimeOffset>();
        while (line.TryArrive(at.AddSeconds(1), out var order, out _)) arrived.Add(order.UpdatedAt);
        return arrived;
    }
}
