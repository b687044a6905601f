using System.Diagnostics;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Core.Engine;
using QuantDash.Tests.Core.Engine.Hosting;

namespace QuantDash.Tests.Web.Adapters.Strategies;

/// <summary>Strategies of the trader's own in the trading engine, in real processes: a good one trades, and a bad one ends alone. The other strategies and an armed lock rule never wait for it.</summary>
public sealed class UserStrategyEngineTests(EngineStrategies strategies) : IClassFixture<EngineStrategies>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Below the time a strategy has for an event: had the engine waited for one, it would have been longer.</summary>
    private static readonly TimeSpan LongestTick = TimeSpan.FromMilliseconds(2500);

    [Theory]
    [InlineData("throws", "System.InvalidOperationException: the fourth bar")]
    [InlineData("loops", "It did not answer within 3 s: it was killed.")]
    [InlineData("loops-at-start", "It did not answer within 18 s: it was killed.")]
    [InlineData("hogs", "")]
    [InlineData("exits", "Its process ended by itself with code 7.")]
    [InlineData("floods-orders", "System.InvalidOperationException: More than 1000 orders in one event.")]
    public async Task BadStrategy_FailsAlone_AndTheLockRuleFires(string name, string reason)
    {
        var scene = new StrategyScene();
        scene.Harness.Hold(scene.Account, StrategyScene.Pta, longVolume: 10, longPrice: 5500);
        scene.Harness.Rule(EngineHarness.NewRule(scene.Account, StrategyScene.Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new Price(5600) });
        var other = new Script();
        var well = scene.Run("other", () => other);
        var bad = scene.Run(name, await CodeAsync(name));

        var (ticks, longest) = await TickUntilAsync(scene, () => scene.View(bad).State == StrategyRunState.Failed);

        scene.View(bad).Run!.Reason!.ShouldStartWith(reason);
        longest.ShouldBeLessThan(LongestTick);
        scene.Tape.Count(item => item.Key == "strategy.failed").ShouldBe(1);
        other.Told.Count(what => what.StartsWith("tick", StringComparison.Ordinal)).ShouldBe(ticks);
        scene.View(well).State.ShouldBe(StrategyRunState.Running);
        scene.Orders.ShouldBeEmpty();
        scene.Tick(5602);
        scene.Orders.ShouldHaveSingleItem().Side.ShouldBe(OrderSide.Sell);
    }

    [Fact]
    public async Task Printing_AndFloodsOfLines_EndNothing()
    {
        var scene = new StrategyScene();
        var (prints, floods) = (scene.Run("prints", await CodeAsync("prints")), scene.Run("floods-lines", await CodeAsync("floods-lines")));
        await TickUntilAsync(scene, () => scene.View(prints).Log.Count > 3 && scene.View(floods).Log.Count > 100);
        (scene.View(prints).State, scene.View(floods).State).ShouldBe((StrategyRunState.Running, StrategyRunState.Running));
        scene.View(prints).Log.Select(line => line.Message).Distinct().ShouldBe(["read: -1", "read: nothing"], ignoreOrder: true);
        foreach (var one in (Guid[])[prints, floods]) scene.Do((all, now) => all.Stop(one, "enough", now)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task GoodStrategy_OrdersIsFilledAndKeepsItsNotes()
    {
        var scene = new StrategyScene();
        var id = scene.Run("mine", await CodeAsync("my-strategy", ("every", "4")));
        await TickUntilAsync(scene, () => scene.View(id).Signals.Count >= 2);
        scene.View(id).State.ShouldBe(StrategyRunState.Running);
        await TickUntilAsync(scene, () => scene.Harness.Journal.Changes.OfType<JournalChange.StrategyMemorySaved>().Any(saved => saved.Memory.Notes.ContainsKey("fills")));
        scene.Do((all, now) => all.Stop(id, "enough", now)).Problems.ShouldBeEmpty();
        scene.View(id).State.ShouldBe(StrategyRunState.Stopped);
        await TickUntilAsync(scene, () => scene.Harness.Journal.Changes.OfType<JournalChange.StrategyMemorySaved>().Any(saved => saved.Memory.Notes.ContainsKey("bars")));
    }

    private async Task<Func<IStrategy>> CodeAsync(string name, params (string Name, string Value)[] given)
    {
        var definition = await strategies.Folder.DefinitionAsync(name);
        var values = definition.Bind(given.Select(one => KeyValuePair.Create(one.Name, one.Value))).Value;
        return () => definition.Create(values);
    }

    /// <summary>Ten minutes of ticks first, so that bars come; then as long as it takes.</summary>
    private static async Task<(int Ticks, TimeSpan Longest)> TickUntilAsync(StrategyScene scene, Func<bool> holds)
    {
        var (clock, ticks, longest) = (Stopwatch.StartNew(), 0, TimeSpan.Zero);
        while (!holds())
        {
            if (clock.Elapsed > Patience) throw new TimeoutException("It never came to that.");
            if (ticks < 10) scene.Clock += TimeSpan.FromMinutes(1);
            var before = Stopwatch.GetTimestamp();
            scene.Tick(5500);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(before).Ticks));
            ticks++;
            await Task.Delay(30);
        }

        return (ticks, longest);
    }
}

/// <summary>Compiled once for all tests.</summary>
public sealed class EngineStrategies : IAsyncLifetime
{
    internal UserStrategyFolder Folder { get; } = new(deadlineSeconds: 4);

    public async Task InitializeAsync()
    {
        await Folder.AddAsync("Bad", UserStrategySources.Bad);
        await Folder.AddAsync("Good", UserStrategySources.Good);
    }

    public Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }
}
