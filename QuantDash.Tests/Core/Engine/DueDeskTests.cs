using QuantDash.Core.Locking;

namespace QuantDash.Tests.Core.Engine;

/// <summary>What the lock-execution job asks of the engine: "a firing that cannot be sent stays pending and is decided again", "never executed blindly by a job".</summary>
public sealed class DueDeskTests
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(30, false)]
    public void Drain_AFiringThatCouldNotBeSent_IsDecidedByAPriceThatIsFreshAndByNoOther(double seconds, bool sent)
    {
        var scene = new BridgeScene(reconciled: false).Fire();
        scene.Trigger.Status.ShouldBe(TriggerStatus.Pending);
        scene.Harness.Engine.DrainDue(scene.Now).ShouldBeEmpty("nothing goes out before reconciliation");
        scene.Wait(seconds);
        scene.Program.Poll(scene.Now);
        scene.Positions(10, 0, epoch: scene.Program.Epoch);
        var waiting = scene.Trigger;
        waiting.Status.ShouldBe(TriggerStatus.Pending, "no tick came");

        var moved = scene.Harness.Engine.DrainDue(scene.Now);
        scene.Harness.Commit();

        moved.ShouldBe(sent ? [waiting.Id] : []);
        scene.Trigger.Status.ShouldBe(sent ? TriggerStatus.Executing : TriggerStatus.Pending);
        scene.Orders.Count.ShouldBe(sent ? 1 : 0);
        scene.Harness.Engine.DrainDue(scene.Now).ShouldBeEmpty("it is done once");
        scene.Harness.Commit();
        scene.Orders.Count.ShouldBe(sent ? 1 : 0);
    }

    [Fact]
    public void Drain_AfterAStart_DecidesNothingBeforeAPriceHasCome()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5520));
        desk.TickUncommitted(5530);
        desk.Kill();
        desk.Triggers[0].Status.ShouldBe(TriggerStatus.Pending);
        desk.Harness.Engine.DrainDue(EngineHarness.Wall).ShouldBeEmpty();
        desk.Triggers[0].Status.ShouldBe(TriggerStatus.Pending);
    }

    [Fact]
    public void Drain_WhereTheTickPathLeftNothing_WritesNothing()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5520));
        desk.Tick(5530);
        desk.Locked.ShouldBe(10);
        var written = desk.Harness.Journal.Last;
        desk.Harness.Engine.DrainDue(EngineHarness.Wall).ShouldBeEmpty();
        desk.Harness.Engine.DrainDue(EngineHarness.Wall + TimeSpan.FromMinutes(1)).ShouldBeEmpty();
        desk.Harness.Journal.Last.ShouldBe(written);
    }
}
