using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Simulation;

public sealed class VenueProperties
{
    private static readonly Contract Pta = Ta();

    /// <summary>Random days: an order's volume is the sum of its fills, never more than ordered, at no worse than its limit, and no tick gives more than it shows.</summary>
    [Fact]
    public void RandomOrders_ConserveVolume()
    {
        for (var seed = 1; seed <= 300; seed++) Run(seed);
    }

    private static void Run(int seed)
    {
        var random = new Random(seed);
        var bench = new VenueBench(new TestBooks(100_000_000m, Pta));
        for (var step = 0; step < 60; step++)
        {
            var before = bench.Reports.Count;
            var (bid, ask) = (5400m + (2 * random.Next(-3, 4)), 0m);
            ask = bid + (2 * random.Next(1, 3));
            decimal bidVolume = random.Next(1, 6), askVolume = random.Next(1, 6);
            bench.Tick(Pta, bid, (bid, bidVolume), (ask, askVolume));
            for (var i = random.Next(0, 3); i > 0; i--) Place(bench, random);
            if (random.Next(3) == 0 && bench.Orders.Values.FirstOrDefault(o => !o.IsFinal) is { } working) bench.Venue.Cancel(working);

            var fills = bench.Reports.Skip(before).Where(r => r.Fill is not null).Select(r => r.Fill!).ToList();
            fills.Where(f => f.Side == OrderSide.Buy).Sum(f => f.Volume.Value).ShouldBeLessThanOrEqualTo(askVolume, $"seed {seed}");
            fills.Where(f => f.Side == OrderSide.Sell).Sum(f => f.Volume.Value).ShouldBeLessThanOrEqualTo(bidVolume, $"seed {seed}");
            fills.ShouldAllBe(f => f.Price.Value == (f.Side == OrderSide.Buy ? ask : bid));
        }
        var byOrder = bench.Reports.Where(r => r.Fill is not null).Select(r => r.Fill!).ToLookup(f => f.OrderId!.Value);
        foreach (var order in bench.Orders.Values)
        {
            byOrder[order.Id].Sum(f => f.Volume.Value).ShouldBe(order.FilledVolume.Value, $"seed {seed}");
            order.FilledVolume.Value.ShouldBeLessThanOrEqualTo(order.Volume.Value, $"seed {seed}");
            byOrder[order.Id].All(f => order.LimitPrice is not { } limit || (order.Side == OrderSide.Buy ? f.Price <= limit : f.Price >= limit)).ShouldBeTrue($"seed {seed}");
        }
        bench.Reports.Where(r => r.Fill is not null).Select(r => r.Fill!.TradeId).ShouldBeUnique();
    }

    private static void Place(VenueBench bench, Random random)
    {
        var side = (OrderSide)random.Next(2);
        var offset = random.Next(2) == 0 ? Offset.Open : Offset.Close;
        decimal? limit = random.Next(4) == 0 ? null : 5400m + (2 * random.Next(-4, 5));
        bench.Place(Pta, side, offset, random.Next(1, 9), limit);
    }
}
