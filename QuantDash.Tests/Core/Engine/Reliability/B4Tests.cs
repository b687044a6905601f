using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine.Reliability;

/// <summary>RELIABILITY.md B4: reports on one order, duplicated, reordered, before the acknowledgement, after the cancel, too many, of a stranger: the end is that of the ordered run.</summary>
[Trait(Profile.Reliability, "B4")]
public sealed class B4Tests
{
    /// <summary>10,000 for the full run; CI takes fewer.</summary>
    private static readonly int RandomLives = Profile.Number(200, 10_000);

    private static readonly DateTimeOffset At = EngineHarness.Wall;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void B4_AllPermutationsOfASixEventLife_EndAsTheOrderedRun(bool cancelled)
    {
        var life = cancelled ? CancelledLife : FilledLife;
        var ordered = Run([.. life]);
        foreach (var (index, order) in Permutations(life.Length).Index()) Run([.. order.Select(i => life[i])]).ShouldBe(ordered, $"permutation {index}: {string.Join(' ', order)}");
    }

    [Fact]
    public void B4_RandomLives_ShuffledAndRepeated_EndAsTheOrderedRun()
    {
        for (var seed = 0; seed < RandomLives; seed++)
        {
            var random = new Random(seed);
            var life = Life(random).ToArray();
            var told = life.Concat(life.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(told);
            Run(told).ShouldBe(Run(life), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void B4_Overfill_IsBookedAndFlagged(bool afterTheEnd)
    {
        var scene = Scene();
        var extra = afterTheEnd ? Trade("X", 2, 12) : Trade("B", 6, 12);
        foreach (var report in (Func<ClientOrderId, BridgeReport>[])[Accepted, Trade("A", 6, 6), afterTheEnd ? Trade("B", 4, 10) : Accepted, extra, extra]) scene.Program.Tell(At, report(scene.Order.Id));

        scene.Orders[0].FilledVolume.Value.ShouldBe(12);
        scene.Orders[0].IsOverfilled.ShouldBeTrue();
        scene.Told.Count(key => key == "order.overfilled").ShouldBe(1);
        scene.Position.Short.Volume.Value.ShouldBe(12, "what the venue did is a fact");
        var held = scene.Harness.Snapshot.Locks.ShouldHaveSingleItem();
        (held.Status, held.Covered.Value, held.UncoveredSide, held.UncoveredVolume.Value).ShouldBe((LockStatus.Broken, 10, Side.Short, 2));
        scene.Told.ShouldContain("lock.broken");
        scene.Harness.ShouldBalance();
    }

    /// <summary>Another price or volume under a trade id that was booked: the first one stands, nothing is counted twice, and the trader is told once.</summary>
    [Theory]
    [InlineData(10, 5400)]
    [InlineData(9, 5510)]
    public void B4_CorrectionWithTheSameTradeId_ChangesNothing_AndIsToldOnce(decimal volume, decimal price)
    {
        var scene = Scene();
        var id = scene.Order.Id;
        var first = Trade("A", 10, 10)(id);
        scene.Program.Tell(At, first, first);
        var before = End(scene);
        Corrections(scene).ShouldBeEmpty("a repeat is no correction");

        var corrected = first with { TradeVolume = new(volume), Price = new(price) };
        scene.Program.Tell(At, corrected);
        scene.Program.Tell(At, corrected, first);
        scene.Trades(AsTrade(scene, corrected));
        End(scene).ShouldBe(before);
        string[] said = ["A", "10", "5510", volume.ToString(CultureInfo.InvariantCulture), price.ToString(CultureInfo.InvariantCulture)];
        Corrections(scene).ShouldHaveSingleItem().ShouldBe(said);
        scene.Harness.ShouldBalance();
    }

    [Fact]
    public void B4_CorrectionAfterARestart_IsStillNoticed()
    {
        var scene = Scene();
        var first = Trade("A", 10, 10)(scene.Order.Id);
        scene.Program.Tell(At, first);
        var before = End(scene);
        scene.Restart();
        scene.Program.Tell(scene.Now, first);
        Corrections(scene).ShouldBeEmpty();
        scene.Program.Tell(scene.Now, first with { Price = new(5400) });
        Corrections(scene).ShouldHaveSingleItem().ShouldBe(["A", "10", "5510", "10", "5400"]);
        End(scene).ShouldBe(before);
        scene.Harness.ShouldBalance();
    }

    [Fact]
    public void B4_ReportOnAnUnknownOrder_IsNamedAndChangesNothing()
    {
        var scene = Scene();
        var before = End(scene);
        scene.Program.Tell(At, Trade("Z", 3, 3)(new("STRANGER-1"))).Value.UnknownIds.ShouldBe([new("STRANGER-1")]);
        End(scene).ShouldBe(before);
        scene.Harness.ShouldBalance();
    }

    private static Func<ClientOrderId, BridgeReport>[] FilledLife => [Accepted, Trade("A", 3, 3), Trade("A", 3, 3), Trade("B", 4, 7), Trade("C", 3, 10), Stranger];

    private static Func<ClientOrderId, BridgeReport>[] CancelledLife => [Accepted, Trade("A", 3, 3), Trade("B", 4, 7), Trade("B", 4, 7), Cancelled(7), Cancelled(7)];

    private static BridgeReport Accepted(ClientOrderId id) => new() { OrderId = id, Status = BridgeStatus.Accepted, Timestamp = At };

    private static BridgeReport Stranger(ClientOrderId id) => Trade("S", 5, 5)(new("STRANGER-1"));

    private static Func<ClientOrderId, BridgeReport> Cancelled(decimal filled) => id => new() { OrderId = id, Status = BridgeStatus.Cancelled, FilledVolume = new(filled), Timestamp = At };

    private static Func<ClientOrderId, BridgeReport> Trade(string trade, decimal volume, decimal total) => id => new()
    {
        OrderId = id, Status = total >= 10 ? BridgeStatus.Filled : BridgeStatus.PartiallyFilled, FilledVolume = new(total), TradeVolume = new(volume), TradeId = trade,
        Price = new(5510 + (2 * (trade[0] - 'A'))), Timestamp = At,
    };

    /// <summary>Ten lots in trades of any size, sometimes cancelled before the last of them.</summary>
    private static IEnumerable<Func<ClientOrderId, BridgeReport>> Life(Random random)
    {
        yield return Accepted;
        var (filled, trade, until) = (0, 0, random.Next(2) == 0 ? 10 : random.Next(0, 10));
        while (filled < until)
        {
            var volume = random.Next(1, until - filled + 1);
            filled += volume;
            yield return Trade(((char)('A' + trade++)).ToString(), volume, filled);
        }
        if (until < 10) yield return Cancelled(filled);
    }

    /// <summary>A fired lock of ten lots, placed at the counter, whose reports come in this order.</summary>
    private static string Run(Func<ClientOrderId, BridgeReport>[] told)
    {
        var scene = Scene();
        var id = scene.Order.Id;
        foreach (var report in told) scene.Program.Tell(At, report(id));
        scene.Harness.ShouldBalance();
        return End(scene);
    }

    private static BridgeScene Scene()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        return scene;
    }

    private static List<IReadOnlyList<string>> Corrections(BridgeScene scene) =>
        [.. scene.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Where(change => change.Event.Key == "trade.corrected").Select(change => change.Event.Values)];

    /// <summary>The same, as the counter's list of trades tells it.</summary>
    private static ToldTrade AsTrade(BridgeScene scene, BridgeReport report) => new()
    {
        TradeId = report.TradeId!, Symbol = scene.Orders[0].Symbol, Side = scene.Orders[0].Side, Price = report.Price!.Value, Volume = report.TradeVolume!.Value,
        Timestamp = At, OrderId = report.OrderId,
    };

    private static string End(BridgeScene scene)
    {
        var (trigger, position) = (scene.Trigger, scene.Position);
        var lines = scene.Orders.Select(order => string.Create(CultureInfo.InvariantCulture, $"{order.State} {order.FilledVolume}/{order.Volume} at {order.AverageFillPrice?.Value:F6}"))
            .Append($"trigger {trigger.Status} {trigger.FilledVolume}")
            .Append($"legs {position.Long.Volume} {position.Long.LockedVolume} {position.Short.Volume} {position.Short.LockedVolume}")
            .Concat(scene.Harness.Snapshot.Locks.Where(held => held.Status == LockStatus.Active).Select(held => string.Create(CultureInfo.InvariantCulture, $"lock {held.Volume} {held.FrozenProfit:F6}")));
        return string.Join('\n', lines);
    }

    private static IEnumerable<int[]> Permutations(int count)
    {
        var items = Enumerable.Range(0, count).ToArray();
        var counters = new int[count];
        yield return [.. items];
        for (var i = 0; i < count;)
        {
            if (counters[i] < i)
            {
                var other = i % 2 == 0 ? 0 : counters[i];
                (items[other], items[i]) = (items[i], items[other]);
                yield return [.. items];
                counters[i]++;
                i = 0;
            }
            else
            {
                counters[i++] = 0;
            }
        }
    }
}
