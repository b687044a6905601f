using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>An order whose outcome nobody knows: asked about under its id with growing patience, shown, alarmed once, settled by hand with what follows shown first.</summary>
public sealed class UnknownOrderTests
{
    [Fact]
    public void Asked_EveryFiveSecondsForAMinute_ThenLessOften_NeverSentTwice()
    {
        var scene = new BridgeScene().Fire();
        var askedAt = new List<double>();
        for (var second = 0; second < 300; second++)
        {
            if (scene.Program.Poll(scene.Now, reports: false).Value.Items.Count > 0) askedAt.Add(second);
            scene.Wait(1);
        }
        var gaps = askedAt.Zip(askedAt.Skip(1), (one, next) => next - one).ToList();
        gaps.Take(12).ShouldAllBe(gap => gap == 5);
        gaps.Skip(12).ShouldBe([10, 20, 40, 40, 40, 40, 40]);
        scene.Counter.Placed.ShouldHaveSingleItem();
        scene.Unknown.Asked.ShouldBe(askedAt.Count);
    }

    [Fact]
    public void LinkBack_IsAskedAtOnceHoweverLongItTook()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        scene.Wait(400);
        scene.Reconcile(10, 0);
        scene.Program.Poll(scene.Now).Value.Items.ShouldHaveSingleItem();
        scene.Order.State.ShouldBe(OrderState.Accepted);
    }

    [Fact]
    public void StaysUnknown_WakesTheTraderOnceAfterAMinute()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, loseTheAnswer: true);
        scene.Wait(5);
        scene.Unknown.IsAlarmed.ShouldBeFalse();
        scene.Unknown.AlarmAt.ShouldBe(scene.Now.AddSeconds(60));
        scene.Wait(59);
        scene.Told.ShouldNotContain("order.still_unknown");
        scene.Wait(1);
        scene.Wait(30);
        scene.Told.Count(key => key == "order.still_unknown").ShouldBe(1);
        scene.Unknown.IsAlarmed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(SettledAs.Filled, null, 10, 0, 10, SettlementThen.Done)]
    [InlineData(SettledAs.Cancelled, 4, 4, 6, 4, SettlementThen.RestOrderedAgain)]
    [InlineData(SettledAs.NeverPlaced, null, 0, 10, 0, SettlementThen.DecidedAgain)]
    public void Preview_SaysWhatIsBooked_AndBooksNothing(SettledAs outcome, int? filled, int books, int remaining, int after, SettlementThen then)
    {
        var scene = Unknown();
        var settlement = new OrderSettlement(outcome, filled is { } lots ? new Volume(lots) : null, books > 0 ? new Price(5518) : null);
        var preview = scene.Harness.Engine.PreviewSettlement(scene.Account, scene.Order.Id, settlement).Value;
        (preview.Books.Value, preview.Remaining.Value, preview.LegSide, preview.LegBefore.Value, preview.LegAfter.Value, preview.Then).ShouldBe((books, remaining, Side.Short, 0, after, then));
        scene.Order.State.ShouldBe(OrderState.Unknown);

        scene.Harness.Engine.SettleOrder(scene.Account, scene.Order.Id, settlement, scene.Now).Problems.ShouldBeEmpty();
        scene.Position.Short.Volume.Value.ShouldBe(preview.LegAfter.Value);
    }

    [Fact]
    public void Preview_OfLotsThatASnapshotCounted_LeavesTheLegAsItIs()
    {
        var scene = Unknown();
        scene.Positions(10, 10);
        var preview = scene.Harness.Engine.PreviewSettlement(scene.Account, scene.Order.Id, new(SettledAs.Filled, Price: new Price(5518))).Value;
        (preview.Books.Value, preview.LegBefore.Value, preview.LegAfter.Value).ShouldBe((10, 10, 10));
    }

    private static BridgeScene Unknown()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, loseTheAnswer: true);
        scene.Wait(5);
        scene.Order.State.ShouldBe(OrderState.Unknown);
        return scene;
    }
}
