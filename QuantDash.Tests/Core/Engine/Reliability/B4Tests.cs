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

    /// <summary>Something that happens to the order at the counter, and the report of it.</summary>
    /// <param name="before">The reports of what happened before.</param>
    private delegate BridgeReport Happening(BridgeScene scene, IReadOnlyList<BridgeReport> before);

    [Fact]
    public void B4_AllPermutationsOfAFilledLife_EndAsTheOrderedRun()
    {
        var ordered = Run(FilledLife);
        ordered.Facts.ShouldBe(new(OrderState.Filled, 10, 3, 10, 10, TriggerStatus.Executed, 10, 1));
        ordered.Text.ShouldContain("Filled 10/10 at 5512.000000", Case.Sensitive, "3 at 5510, 4 at 5512, 3 at 5514");
        ordered.Text.ShouldContain("lock 10 600.000000", Case.Sensitive, "12 points on 10 lots of 5 tons");
        foreach (var (index, order) in Permutations(FilledLife.Length).Index()) Run(FilledLife, order).ShouldBe(ordered, $"permutation {index}: {string.Join(' ', order)}");
    }

    [Fact]
    public void B4_AllPermutationsOfACancelledLife_EndAsTheOrderedRun()
    {
        var ordered = Run(CancelledLife);
        ordered.Facts.ShouldBe(new(OrderState.Cancelled, 7, 2, 7, 7, TriggerStatus.Executing, 7, 1), "the rest is asked for anew");
        ordered.Text.ShouldContain("Cancelled 7/10 at 5511.142857", Case.Sensitive, "3 at 5510, 4 at 5512");
        foreach (var (index, order) in Permutations(CancelledLife.Length).Index()) Run(CancelledLife, order).ShouldBe(ordered, $"permutation {index}: {string.Join(' ', order)}");
    }

    [Fact]
    public void B4_RandomLives_ShuffledAndRepeated_EndAsTheOrderedRun()
    {
        for (var seed = 0; seed < RandomLives; seed++)
        {
            var random = new Random(seed);
            var life = Life(random).ToArray();
            int[] order = [.. Enumerable.Range(0, life.Length), .. Enumerable.Range(0, life.Length).Where(_ => random.Next(3) == 0)];
            random.Shuffle(order);
            Run(life, order).ShouldBe(Run(life), $"seed {seed}");
        }
    }

    /// <summary>What the venue did is a fact: it is booked, the order says so, and what no leg covers is told once. At the end, in the middle, or first.</summary>
    [Fact]
    public void B4_Overfill_IsBookedAndFlagged_InEveryOrder()
    {
        foreach (var (index, order) in Permutations(OverfilledLife.Length).Index())
        {
            var scene = Tell(OverfilledLife, order);
            var because = $"permutation {index}: {string.Join(' ', order)}";
            var ours = scene.Orders[0];
            (ours.FilledVolume.Value, ours.IsOverfilled, scene.Position.Short.Volume.Value).ShouldBe((12, true, 12), because);
            scene.Told.Count(key => key == "order.overfilled").ShouldBe(1, because);
            var held = scene.Harness.Snapshot.Locks.ShouldHaveSingleItem(because);
            (held.Status, held.Covered.Value, held.UncoveredSide, held.UncoveredVolume.Value).ShouldBe((LockStatus.Broken, 10, Side.Short, 2), because);
            scene.Told.ShouldContain("lock.broken", because);
            scene.ShouldBalance();
        }
    }

    /// <summary>Whichever of the two is told first stands, wherever the other comes.</summary>
    [Fact]
    public void B4_Correction_InEveryOrder_TheFirstStands_AndItIsToldOnce()
    {
        int[] corrected = [0, 2, 1, 3, 4];
        var (first, second) = (Run(CorrectedLife), Run(CorrectedLife, corrected));
        second.Facts.ShouldBe(first.Facts);
        second.Text.ShouldNotBe(first.Text, "another price");
        foreach (var (index, order) in Permutations(CorrectedLife.Length).Index())
        {
            var scene = Tell(CorrectedLife, order);
            var because = $"permutation {index}: {string.Join(' ', order)}";
            var asTold = Array.IndexOf(order, 1) < Array.IndexOf(order, 2);
            Ended.Of(scene).ShouldBe(asTold ? first : second, because);
            string[] said = asTold ? ["A", "6", "5510", "6", "5400"] : ["A", "6", "5400", "6", "5510"];
            Corrections(scene).ShouldHaveSingleItem(because).ShouldBe(said, because);
            scene.ShouldBalance();
        }
    }

    /// <summary>Another price or volume under a trade id that was booked: the first one stands, nothing is counted twice, and the trader is told once.</summary>
    [Theory]
    [InlineData(10, 5400)]
    [InlineData(9, 5510)]
    public void B4_CorrectionWithTheSameTradeId_ChangesNothing_AndIsToldOnce(decimal volume, decimal price)
    {
        var scene = Scene();
        var first = Trade("A", 10)(scene, []);
        scene.Program.Tell(At, first, first);
        var before = Ended.Of(scene);
        Corrections(scene).ShouldBeEmpty("a repeat is no correction");

        var corrected = first with { TradeVolume = new(volume), Price = new(price) };
        scene.Program.Tell(At, corrected);
        scene.Program.Tell(At, corrected, first);
        scene.Trades(AsTrade(scene, corrected));
        Ended.Of(scene).ShouldBe(before);
        string[] said = ["A", "10", "5510", volume.ToString(CultureInfo.InvariantCulture), price.ToString(CultureInfo.InvariantCulture)];
        Corrections(scene).ShouldHaveSingleItem().ShouldBe(said);
        scene.ShouldBalance();
    }

    [Fact]
    public void B4_CorrectionAfterARestart_IsStillNoticed()
    {
        var scene = Scene();
        var first = Trade("A", 10)(scene, []);
        scene.Program.Tell(At, first);
        var before = Ended.Of(scene);
        scene.Restart();
        scene.Program.Tell(scene.Now, first);
        Corrections(scene).ShouldBeEmpty();
        scene.Program.Tell(scene.Now, first with { Price = new(5400) });
        Corrections(scene).ShouldHaveSingleItem().ShouldBe(["A", "10", "5510", "10", "5400"]);
        Ended.Of(scene).ShouldBe(before);
        scene.ShouldBalance();
    }

    [Fact]
    public void B4_ReportOnAnUnknownOrder_IsNamedAndChangesNothing()
    {
        var scene = Scene();
        var before = Ended.Of(scene);
        scene.Program.Tell(At, Stranger(scene, [])).Value.UnknownIds.ShouldBe([new("STRANGER-1")]);
        Ended.Of(scene).ShouldBe(before);
        scene.ShouldBalance();
    }

    // What happens at the counter, in order; a repeat is told twice and happens once.
    private static Happening[] FilledLife => [Accepted, Trade("A", 3), Again(1), Trade("B", 4), Trade("C", 3), Stranger];

    private static Happening[] CancelledLife => [Accepted, Trade("A", 3), Trade("B", 4), Again(2), Cancelled, Cancelled];

    private static Happening[] OverfilledLife => [Accepted, Trade("A", 6), Trade("B", 4), Trade("X", 2), Again(3)];

    private static Happening[] CorrectedLife => [Accepted, Trade("A", 6), (_, before) => before[1] with { Price = new(5400) }, Trade("B", 4), Again(3)];

    private static Happening Accepted => (scene, _) => new() { OrderId = scene.Counter.Placed[0], Status = BridgeStatus.Accepted, Timestamp = At };

    private static Happening Stranger => (_, _) =>
        new() { OrderId = new("STRANGER-1"), Status = BridgeStatus.PartiallyFilled, FilledVolume = new(5), TradeVolume = new(5), TradeId = "S", Price = new(5510), Timestamp = At };

    private static Happening Cancelled => (scene, _) => scene.Counter.StateOf(scene.Counter.Placed[0], cancel: true, At);

    private static Happening Trade(string trade, decimal volume) => (scene, _) =>
    {
        var filled = scene.Counter.Fill(scene.Counter.Placed[0], volume, 5510 + (2 * (trade[0] - 'A')), At) with { TradeId = trade };
        return filled.FilledVolume!.Value.Value > 10 ? filled with { Status = BridgeStatus.Filled } : filled;
    };

    /// <summary>The same report as the one at this place.</summary>
    private static Happening Again(int place) => (_, before) => before[place];

    /// <summary>Ten lots in trades of any size, sometimes cancelled before the last of them.</summary>
    private static IEnumerable<Happening> Life(Random random)
    {
        yield return Accepted;
        var (filled, trade, until) = (0, 0, random.Next(2) == 0 ? 10 : random.Next(0, 10));
        while (filled < until)
        {
            var volume = random.Next(1, until - filled + 1);
            filled += volume;
            yield return Trade(((char)('A' + trade++)).ToString(), volume);
        }
        if (until < 10) yield return Cancelled;
    }

    /// <summary>A fired lock of ten lots, placed at the counter, where this happens to it; its reports come in another order, some of them twice.</summary>
    private static BridgeScene Tell(Happening[] life, params int[] order)
    {
        var scene = Scene();
        var reports = new List<BridgeReport>();
        foreach (var happens in life) reports.Add(happens(scene, reports));
        foreach (var place in order.Length == 0 ? [.. Enumerable.Range(0, life.Length)] : order) scene.Program.Tell(At, reports[place]);
        return scene;
    }

    private static Ended Run(Happening[] life, params int[] order)
    {
        var scene = Tell(life, order);
        scene.ShouldBalance();
        return Ended.Of(scene);
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

    /// <summary>How it ended.</summary>
    /// <param name="State">Of the order that was placed.</param>
    /// <param name="Filled">Of it.</param>
    /// <param name="Fills">Trades in the books.</param>
    /// <param name="Shorts">Lots of the short leg.</param>
    /// <param name="Locked">Lots of the long leg that belong to a lock.</param>
    /// <param name="Trigger">Of the firing.</param>
    /// <param name="TriggerFilled">Of it.</param>
    /// <param name="Locks">How many.</param>
    private sealed record Facts(OrderState State, decimal Filled, int Fills, decimal Shorts, decimal Locked, TriggerStatus Trigger, decimal TriggerFilled, int Locks);

    /// <summary>With the prices and everything else that a trader sees of it.</summary>
    private sealed record Ended(Facts Facts, string Text)
    {
        public static Ended Of(BridgeScene scene)
        {
            var (trigger, position, locks) = (scene.Trigger, scene.Position, scene.Harness.Snapshot.Locks);
            var first = scene.Orders[0];
            var facts = new Facts(
                first.State, first.FilledVolume.Value, scene.Harness.Journal.Changes.OfType<JournalChange.FillAdded>().Count(), position.Short.Volume.Value, position.Long.LockedVolume.Value,
                trigger.Status, trigger.FilledVolume.Value, locks.Count);
            var lines = scene.Orders.Select(order => string.Create(CultureInfo.InvariantCulture, $"{order.State} {order.FilledVolume}/{order.Volume} at {order.AverageFillPrice?.Value:F6}"))
                .Append($"trigger {trigger.Status} {trigger.FilledVolume}")
                .Append($"legs {position.Long.Volume} {position.Long.LockedVolume} {position.Short.Volume} {position.Short.LockedVolume}")
                .Concat(locks.Where(held => held.Status == LockStatus.Active).Select(held => string.Create(CultureInfo.InvariantCulture, $"lock {held.Volume} {held.FrozenProfit:F6}")));
            return new(facts, string.Join('\n', lines));
        }
    }
}
