using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>What is held is marked after a restart, whether or not a rule or an order watches its contract.</summary>
public sealed class HeldAfterRestartTests
{
    [Fact]
    public void LegWithoutARule_AfterARestart_IsMarkedByItsTicks()
    {
        var harness = new EngineHarness();
        var account = harness.Account();
        harness.Hold(account, PtaDesk.Pta, longVolume: 10, longPrice: 5500);
        harness.Restart(DurableState.After(harness.Journal.Batches, harness.Journal.Last), EngineHarness.Wall);

        harness.Tick(PtaDesk.Pta, new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero), 5510);

        var view = harness.Snapshot.Accounts.ShouldHaveSingleItem();
        (view.Funds.FloatingPnl, view.Positions.ShouldHaveSingleItem().Mark).ShouldBe((500m, new Price(5510)));
    }
}
