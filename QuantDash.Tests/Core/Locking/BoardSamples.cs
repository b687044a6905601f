using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;

namespace QuantDash.Tests.Core.Locking;

/// <summary>Boards full of rules for tests and benchmarks.</summary>
internal static class BoardSamples
{
    public static Tick Tick(long price, double seconds = 0) => new()
    {
        OccurredAt = MarketSamples.Noon.AddSeconds(seconds),
        ReceivedAt = MarketSamples.Noon.AddSeconds(seconds),
        LastTicks = price,
        BidTicks = price - 1,
        AskTicks = price + 1,
        MarkTicks = price,
    };

    /// <summary>Stops, profits, prices and trailing rules of both sides on last, bid, ask and mark; none has a level nearer than <paramref name="quiet"/> ticks
    /// to the centre, and trailing distances are longer than that; some sleep until their activation.</summary>
    public static IEnumerable<BoardRule> Mixed(int count, long centre, int quiet)
    {
        var random = new Random(7);
        for (var i = 0; i < count; i++)
        {
            var side = i % 2 == 0 ? Side.Long : Side.Short;
            long Away(int direction) => centre + (direction * side.Sign() * (quiet + random.Next(1, 50_000)));
            yield return new()
            {
                RuleId = new Guid(i, 0, 0, new byte[8]),
                Sequence = i,
                Side = side,
                PriceSource = (i % 10) switch { 0 or 5 => PriceSource.BidAsk, 7 or 8 => PriceSource.Mark, _ => PriceSource.Last },
                ConfirmTicks = 1 + (i % 3),
                StopLevel = i % 3 == 0 ? Away(-1) : null,
                ProfitLevel = i % 3 == 1 ? Away(1) : null,
                PriceLevel = i % 4 == 0 ? Away(1) : null,
                Trailing = i % 12 == 11 ? Trailing(random, quiet, null) with { ActivationLevel = Away(1) }
                    : i % 3 == 2 ? Trailing(random, quiet, i % 2 == 0 ? centre + (side.Sign() * random.Next(quiet)) : null) : null,
            };
        }
    }

    private static BoardTrailing Trailing(Random random, int quiet, long? best) => random.Next(2) == 0
        ? new() { DistanceTicks = (2 * quiet) + random.Next(5000), Best = best }
        : new() { DistanceRatio = 0.002m + (random.Next(5000) / 100_000m), Best = best };
}
