using QuantDash.Core.Hosting;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Engine.Hosting;

/// <summary>Live: orders go to the trader's own program, whose answers come when they come.</summary>
public sealed class StrategyOverABridgeTests
{
    [Fact]
    public void Orders_GoToTheProgram_AndASnapshotThatKnowsAFillFirst_CorrectsNothing()
    {
        var script = new Script
        {
            Tick = (context, instrument, _) =>
            {
                if (instrument.WorkingOrders.Count > 0) return;
                if (context.State.Number("bought") is null)
                {
                    context.Place(OrderIntent.BuyOpen(instrument, 2m));
                    context.State.Set("bought", 2m);
                }
                else if (instrument.Net == 2m)
                {
                    context.Place(OrderIntent.SellClose(instrument, 2m));
                }
            },
        };
        var scene = new BridgeScene(strategies: new One(script));
        var strategies = scene.Harness.Engine.Strategies;
        var id = strategies.Create(new() { Name = "one", Definition = "one", AccountId = scene.Account, Symbols = [BridgeScene.Pta], BarLength = Timeframe.Minutes(1), Mode = StrategyMode.Live }, scene.Now).Value.Id;
        strategies.Start(id, StrategyWarmUp.None, scene.Now).Problems.ShouldBeEmpty();
        scene.Harness.Commit();

        scene.Wait(1);
        scene.Tick(5500);
        scene.Program.Poll(scene.Now);
        scene.Order.StrategyId.ShouldBe(id);
        scene.Fill(2);
        Book(scene).Long.ShouldBe(new StrategyBookLeg(2m, 2m, 11_036m));
        scene.Position.Long.Volume.Value.ShouldBe(12m);

        scene.Wait(1);
        scene.Tick(5502);
        scene.Program.Poll(scene.Now);
        scene.Orders.Count.ShouldBe(2);
        var report = scene.Fill(2, tell: false);
        scene.Wait(1);
        scene.Positions(10, 0);
        Book(scene).Long.Volume.ShouldBe(2m, "its own close may explain it");
        scene.Program.Tell(scene.Now, report);
        Book(scene).IsFlat.ShouldBeTrue();
        scene.Position.Long.Volume.Value.ShouldBe(10m);
        scene.Told.ShouldNotContain("strategy.book_corrected");
        script.Told.Where(line => line.StartsWith("fill", StringComparison.Ordinal)).ShouldBe(["fill 1 2@2759", "fill 2 2@2759"]);
    }

    private static StrategyBook Book(BridgeScene scene) => scene.Harness.Snapshot.Strategies.ShouldHaveSingleItem().Books.ShouldHaveSingleItem().Book;

    private sealed class One(IStrategy code) : IStrategyDefinitions
    {
        public IReadOnlyList<StrategyDefinition> All { get; } = [new() { Name = "one", Description = "A test's.", Parameters = [], Create = _ => code, WarmUpBars = _ => 0 }];

        public StrategyDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);
    }
}
