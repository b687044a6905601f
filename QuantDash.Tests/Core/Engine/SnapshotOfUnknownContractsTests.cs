using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A terminal lists an option too: the account's own contracts are taken all the same, and nothing is flat because a name could not be read.</summary>
public sealed class SnapshotOfUnknownContractsTests
{
    private const string Option = "SHFE.au2612C800";
    private static readonly Symbol Bitcoin = Symbol.Create("BINANCE", "BTCUSDT");

    [Fact]
    public void KnownContracts_AreTaken_AndOrdersGoOut()
    {
        var scene = new BridgeScene(reconciled: false);
        var taken = Tell(scene, 12, [Option], epoch: scene.Program.Epoch).Value;

        (taken.Ignored.ShouldHaveSingleItem(), scene.Position.Long.Volume.Value).ShouldBe((Option, 12m));
        View(scene).HoldsOrders.ShouldBeFalse();
        scene.Fire();
        scene.Program.Poll(scene.Now).Value.Items.ShouldHaveSingleItem();
    }

    [Fact]
    public void UnknownContract_IsNamedOnceAStart_AndStandsOnThePage()
    {
        var scene = new BridgeScene();
        Tell(scene, 10, [Option]);
        Tell(scene, 10, [Option]);
        Named(scene).ShouldBe([Option]);
        var shown = View(scene).Differences.Single(difference => difference.Kind == DifferenceKind.Contract);
        (shown.Key, shown.OrderId, shown.Why, shown.CanAdopt, shown.IsAdopted).ShouldBe(($"contract:{Option}", Option, "unknown_contract", false, false));

        Tell(scene, 10, [Option, "SHFE.au2612P800"]);
        Named(scene).ShouldBe([Option, "SHFE.au2612P800"]);
        Tell(scene, 10, []);
        View(scene).Differences.ShouldBeEmpty();

        scene.Restart();
        Tell(scene, 10, [Option]);
        Named(scene).Count().ShouldBe(3);
    }

    /// <summary>It may be the leg itself, spelled as we cannot read it.</summary>
    [Fact]
    public void LegLeftOut_BesideAnUnknownContract_IsNeverFlat_UntilASnapshotWithoutIt()
    {
        var scene = new BridgeScene();
        for (var i = 0; i < 3; i++)
        {
            scene.Wait(1);
            Tell(scene, null, ["PTA 01-27"]).Value.Differences.ShouldHaveSingleItem().Action.ShouldBe(SnapshotAction.Unconfirmed);
        }
        (scene.Position.Long.Volume.Value, scene.Position.Long.Unconfirmed).ShouldBe((10m, true));
        scene.Told.Count(key => key == "leg.unconfirmed").ShouldBe(1);

        Tell(scene, null, []).Value.Differences.ShouldHaveSingleItem().Action.ShouldBe(SnapshotAction.Flattened);
        scene.Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
    }

    [Fact]
    public void LegLeftOut_BesideAnUnknownContract_AClickMakesItFlat()
    {
        var scene = new BridgeScene();
        Tell(scene, null, [Option]);
        var leg = View(scene).Differences.Single(difference => difference.Kind == DifferenceKind.Leg);
        scene.Harness.Engine.Reconciliation.Adopt(scene.Account, leg.Key, leg.Venue, scene.Now).Problems.ShouldBeEmpty();
        scene.Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
    }

    [Fact]
    public void ContractInAnotherCurrency_IsNotOurs_AndNothingOfItWhenItIsFlat()
    {
        var scene = new BridgeScene();
        var dollars = new SnapshotPosition { Symbol = Bitcoin, LongVolume = new(1) };
        Tell(scene, 12, [], dollars).Value.Ignored.ShouldBe([Bitcoin.ToString()]);
        scene.Position.Long.Volume.Value.ShouldBe(12);

        Tell(scene, null, [], dollars with { LongVolume = Volume.Zero }).Value.Differences.ShouldHaveSingleItem().Action.ShouldBe(SnapshotAction.Flattened, "what is flat hides no leg");
    }

    [Fact]
    public void Refusal_IsToldOnce_UntilItIsAnotherOne()
    {
        var scene = new BridgeScene();
        Refuse(scene, "positions[0].long_position", "not_a_number");
        Refuse(scene, "positions[0].long_position", "not_a_number");
        Refusals(scene).ShouldBe(["positions[0].long_position not_a_number"]);
        Refuse(scene, "positions[1].symbol", "required");
        Tell(scene, 10, []);
        Refuse(scene, "positions[1].symbol", "required");
        Refusals(scene).Count().ShouldBe(3, "another one, and the same after a good one");
    }

    private static void Refuse(BridgeScene scene, string field, string code)
    {
        scene.Harness.Engine.RefuseSnapshot(scene.Account, [new Problem(field, code)], scene.Now);
        scene.Harness.Commit();
    }

    private static Outcome<SnapshotResult> Tell(BridgeScene scene, decimal? longs, IReadOnlyList<string> ignored, SnapshotPosition? other = null, string? epoch = null)
    {
        List<SnapshotPosition> positions = other is null ? [] : [other];
        if (longs is { } lots) positions.Add(new() { Symbol = BridgeScene.Pta, LongVolume = new(lots), LongToday = new(lots), LongAveragePrice = new Price(5500), ShortVolume = Volume.Zero });
        var told = scene.Harness.Engine.ApplySnapshot(
            new() { AccountId = scene.Account, Timestamp = scene.Now, Epoch = epoch, Complete = true, Positions = positions, Ignored = ignored }, scene.Now);
        scene.Harness.Commit();
        told.Problems.ShouldBeEmpty();
        return told;
    }

    private static ReconciliationView View(BridgeScene scene) => scene.Harness.Engine.Snapshot(scene.Now).Reconciliations.ShouldHaveSingleItem();

    private static IEnumerable<string> Named(BridgeScene scene) => Values(scene, "snapshot.unknown_contract").SelectMany(values => values[1].Split(", "));

    private static IEnumerable<string> Refusals(BridgeScene scene) => Values(scene, "snapshot.refused").Select(values => values[1]);

    private static IEnumerable<IReadOnlyList<string>> Values(BridgeScene scene, string key) =>
        scene.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Where(change => change.Event.Key == key).Select(change => change.Event.Values);
}
