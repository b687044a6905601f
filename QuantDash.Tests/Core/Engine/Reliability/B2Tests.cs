using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine.Reliability;

/// <summary>RELIABILITY.md B2: the other side falls silent and nobody says so (half-open). The limits are DESIGN.md's: a bridge is down after 60 s without a question, a feed is stale
/// after 10 s without a tick. Nothing is sent on what was heard before.</summary>
[Trait(Profile.Reliability, "B2")]
public sealed class B2Tests
{
    [Fact]
    public void B2_ProgramFallsSilent_ItsLinkIsDownAfterAMinute_AndNothingIsSentUntilItReconciled()
    {
        var scene = new BridgeScene();
        scene.Wait(60);
        scene.Told.ShouldNotContain("bridge.down");
        scene.Wait(0.2);
        scene.Told.ShouldContain("bridge.down");
        scene.Bridge.IsShut.ShouldBeTrue();

        scene.Fire();
        scene.Trigger.Status.ShouldBe(TriggerStatus.Pending, "there is nobody to send it to");
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBeEmpty("the link is back, its snapshot is not");
        scene.Reconcile(10, 0);
        scene.Wait(1);
        scene.Tick(5522);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.Count.ShouldBe(1);
        scene.Fill(10);
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        scene.ShouldBalance();
    }

    /// <summary>Sent into the silence: it may have arrived. Shown as unknown within five seconds, never sent as another order.</summary>
    [Fact]
    public void B2_ProgramFallsSilentWithAnOrder_TheOrderIsUnknown_AndAskedAboutUnderItsId()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        scene.Wait(5.1);
        scene.Unknown.Order.Id.ShouldBe(scene.Order.Id);
        for (var i = 0; i < 12; i++)
        {
            scene.Wait(5.1);
            scene.Tick(5522 + (2 * (i % 2)));
        }
        scene.Orders.Count.ShouldBe(1, "one firing, one order, however long the silence");
        scene.Reconcile(10, 0);
        scene.Program.Poll(scene.Now);
        scene.Fill(10);
        scene.Counter.Placed.Count.ShouldBe(1);
        scene.ShouldBalance();
    }

    [Theory]
    [InlineData(TriggerType.Price)]
    [InlineData(TriggerType.Profit)]
    public void B2_FeedFallsSilent_IsStaleAfterTenSeconds_AndNoRuleFiresOnTheOldPrice(TriggerType type)
    {
        var scene = new BridgeScene();
        scene.Tick(5518);
        scene.Wait(10);
        scene.Told.ShouldNotContain("feed.stale");
        scene.Wait(0.2);
        scene.Told.ShouldContain("feed.stale");

        // At the last price heard these hold: 18 points on 10 lots of 5 tons.
        var rule = EngineHarness.NewRule(scene.Account, BridgeScene.Pta, Side.Long, type);
        scene.Harness.Rule(type == TriggerType.Price ? rule with { TriggerPrice = new(5514) } : rule with { ProfitLockEnabled = true, ProfitLockThreshold = 700 });
        for (var i = 0; i < 20; i++)
        {
            scene.Program.Poll(scene.Now);
            scene.Wait(1);
        }
        scene.Harness.Snapshot.Triggers.ShouldBeEmpty("nobody knows the price");

        scene.Told.ShouldNotContain("feed.live");
        scene.Tick(5516);
        (scene.Trigger.TickTimestamp, scene.Trigger.TriggerPrice.Value).ShouldBe((scene.Now, 5516m));
        scene.Tick(5518);
        scene.Told.Count(key => key == "feed.live").ShouldBe(1, "back is told once");
        scene.ShouldBalance();
    }

    /// <summary>A moment comes whatever the feed does: it asks the trader and sends nothing.</summary>
    [Fact]
    public void B2_FeedFallsSilent_ATimeRule_Asks()
    {
        var scene = new BridgeScene();
        scene.Harness.Rule(EngineHarness.NewRule(scene.Account, BridgeScene.Pta, Side.Long, TriggerType.Time) with { TriggerTime = TriggerTime.AtClock(new(10, 1)) });
        scene.Tick(5518);
        for (var i = 0; i < 7; i++)
        {
            scene.Program.Poll(scene.Now);
            scene.Wait(10);
        }
        scene.Trigger.Status.ShouldBe(TriggerStatus.WaitingConfirm);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBeEmpty();
        scene.ShouldBalance();
    }
}
