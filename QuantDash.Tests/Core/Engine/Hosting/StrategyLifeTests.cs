using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Engine.Hosting;

/// <summary>Setting up, starting, pausing and stopping; and what happens when one breaks.</summary>
public sealed class StrategyLifeTests
{
    private static readonly Symbol Pta = StrategyScene.Pta;

    [Fact]
    public void Exception_StopsThatStrategyAlone_CancelsItsOrders_DisarmsItsStops_AndTellsTheTrader()
    {
        var scene = new StrategyScene();
        var ticks = 0;
        var broken = scene.Run("broken", () => new Script
        {
            Tick = (context, instrument, _) =>
            {
                if (++ticks == 1)
                {
                    context.Place(OrderIntent.BuyOpen(instrument, 1m).AtLimit(2000));
                    context.Place(OrderIntent.SellOpen(instrument, 1m).AtStop(2000));
                }

                if (ticks == 3) throw new InvalidOperationException("no such thing");
            },
        });
        var other = new Script();
        scene.Run("other", () => other);
        scene.Tick(5500);
        scene.Tick(5500);
        scene.View(broken).Working.Count.ShouldBe(2);
        scene.Tick(5500);
        scene.Tick(5500);
        var view = scene.View(broken);
        (view.State, view.Run!.Reason, view.Run.EndedAt is null).ShouldBe((StrategyRunState.Failed, "tick: InvalidOperationException: no such thing", false));
        view.Working.ShouldBeEmpty();
        scene.Orders.ShouldHaveSingleItem().State.ShouldBe(OrderState.Cancelled);
        var told = scene.Tape.Single(item => item.Key == "strategy.failed");
        (told.Severity, told.Values[0]).ShouldBe((TapeSeverity.Danger, "broken"));
        other.Told.Count.ShouldBe(5, "start and four ticks");
        scene.Start(broken);
        scene.View(broken).State.ShouldBe(StrategyRunState.Running, "and it can be started again");
    }

    [Fact]
    public void EndlessAsking_StopsThatStrategy_AndNotTheEngine()
    {
        var scene = new StrategyScene();
        var id = scene.Run("one", () => new Script
        {
            Tick = (context, instrument, _) => context.Place(OrderIntent.BuyOpen(instrument, 0.5m)),
            Order = (context, order) => context.Place(OrderIntent.BuyOpen(order.Instrument, 0.5m)),
        });
        scene.Tick(5500);
        (scene.View(id).State, scene.View(id).Run!.Reason!.EndsWith("More than 1000 orders at one moment.", StringComparison.Ordinal)).ShouldBe((StrategyRunState.Failed, true));
        scene.Tick(5500);
    }

    [Fact]
    public void Stop_TellsIt_CancelsItsOrders_KeepsWhatItHolds_AndRefusesWhatItStillAsksFor()
    {
        var scene = new StrategyScene();
        var step = 0;
        var script = new Script
        {
            Tick = (context, instrument, _) =>
            {
                if (++step == 1) context.Place(OrderIntent.BuyOpen(instrument, 1m));
                if (step == 2) context.Place(OrderIntent.BuyOpen(instrument, 1m).AtLimit(2000));
            },
            Stop = context => context.Place(OrderIntent.SellClose(context.Instruments[0], 1m)),
        };
        var id = scene.Run("one", () => script);
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Do((strategies, now) => strategies.Delete(id, now)).Problems.ShouldHaveSingleItem().Code.ShouldBe("strategy_runs");
        scene.Do((strategies, now) => strategies.Stop(id, "enough", now)).Problems.ShouldBeEmpty();
        var view = scene.View(id);
        (view.State, view.Run!.Reason, view.Books[0].Book.Long.Volume).ShouldBe((StrategyRunState.Stopped, "enough", 1m));
        view.Signals[0].ProblemCode.ShouldBe("strategy_over");
        scene.Engine.Snapshot(scene.Clock).Orders.ShouldBeEmpty();
        scene.Do((strategies, now) => strategies.Delete(id, now)).Problems.ShouldHaveSingleItem().Code.ShouldBe("strategy_holds");
        var told = script.Told.Count;
        scene.Tick(5500);
        script.Told.Count.ShouldBe(told);
        scene.Do((strategies, now) => strategies.Flatten(id, now)).Problems.ShouldBeEmpty();
        scene.Tick(5500);
        scene.View(id).Books[0].Book.IsFlat.ShouldBeTrue("also when it does not run");
        scene.Do((strategies, now) => strategies.Delete(id, now)).Problems.ShouldBeEmpty();
        scene.Engine.Snapshot(scene.Clock).Strategies.ShouldBeEmpty();
    }

    [Fact]
    public void Pause_OpensNothing_LetsClosesPass_AndResumeGoesOn()
    {
        var scene = new StrategyScene();
        var wishes = new Queue<Func<IStrategyInstrument, OrderIntent>>();
        var id = scene.Run("one", () => new Script { Tick = (context, instrument, _) => { if (wishes.TryDequeue(out var wish)) context.Place(wish(instrument)); } });
        wishes.Enqueue(instrument => OrderIntent.BuyOpen(instrument, 2m));
        wishes.Enqueue(instrument => OrderIntent.BuyOpen(instrument, 1m).AtLimit(2000));
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Do((strategies, now) => strategies.Pause(id, now)).Problems.ShouldBeEmpty();
        scene.View(id).Working.ShouldBeEmpty("what would open is taken back");
        wishes.Enqueue(instrument => OrderIntent.BuyOpen(instrument, 1m));
        wishes.Enqueue(instrument => OrderIntent.SellClose(instrument, 1m));
        scene.Tick(5500);
        scene.View(id).Signals[0].ProblemCode.ShouldBe("strategy_paused");
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Net.ShouldBe(1m);
        scene.Do((strategies, now) => strategies.Resume(id, now)).Problems.ShouldBeEmpty();
        wishes.Enqueue(instrument => OrderIntent.BuyOpen(instrument, 1m));
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Net.ShouldBe(2m);
        scene.Do((strategies, now) => strategies.Resume(id, now)).Problems.ShouldHaveSingleItem().Code.ShouldBe("strategy_not_paused");
    }

    [Fact]
    public void Bars_AreToldWithTheFirstTickAfterThem_ShorterOnesFirst_AndWarmUpOrdersNothing()
    {
        var scene = new StrategyScene();
        var script = new Script { Bar = (context, instrument, _) => context.MoveTo(instrument, 1m) };
        var id = scene.Add("one", () => script, warmUp: 2);
        scene.Start(id);
        scene.Tick(5502);
        scene.Clock = new(2026, 11, 20, 1, 30, 59, TimeSpan.Zero);
        scene.Tick(5506);
        script.Told.ShouldNotContain(line => line.StartsWith("bar", StringComparison.Ordinal));
        foreach (var minute in (int[])[31, 32, 33])
        {
            scene.Clock = new(2026, 11, 20, 1, minute, 0, TimeSpan.Zero);
            scene.Tick(5510);
        }

        script.Told.Where(line => line.StartsWith("bar", StringComparison.Ordinal)).ShouldBe(["bar 1m 01:31 2751 2753 2751 2753", "bar 1m 01:32 2755 2755 2755 2755", "bar 1m 01:33 2755 2755 2755 2755"]);
        var view = scene.View(id);
        (view.State, view.WarmUpBarsLeft).ShouldBe((StrategyRunState.Running, 0));
        view.Signals.Select(signal => signal.ProblemCode).ShouldBe([null, "strategy_warming_up", "strategy_warming_up"]);
        view.Signals[0].TriggerCondition.ShouldBe("bar 1m 11-20 09:33", "on the exchange's clock");
    }

    [Fact]
    public void WarmUp_FromThePast_TellsItsBars_AndOrdersNothingOnThem()
    {
        var scene = new StrategyScene();
        var script = new Script { Bar = (context, instrument, _) => context.MoveTo(instrument, 1m) };
        var id = scene.Add("one", () => script, warmUp: 0);
        var shape = new BarShape(new(2m), Timeframe.Minutes(1));
        var at = scene.Clock.AddMinutes(-5).ToUnixTimeMilliseconds();
        scene.Start(id, new([.. Enumerable.Range(0, 3).Select(i => new PastBar(Pta, new(2026, 11, 20), new(shape, at + (i * 60_000), 2750, 2751, 2749, 2750 + i, 10)))]));
        script.Told.Count(line => line.StartsWith("bar", StringComparison.Ordinal)).ShouldBe(3);
        scene.View(id).Signals.ShouldAllBe(signal => signal.ProblemCode == "strategy_warming_up");
        scene.View(id).State.ShouldBe(StrategyRunState.Running);
        scene.Orders.ShouldBeEmpty();
    }

    [Fact]
    public void Timer_IsToldWithTheFirstTickAtOrAfterIt()
    {
        var scene = new StrategyScene();
        var script = new Script { Start = context => context.SetTimer("close", context.Now.AddSeconds(0.9)) };
        scene.Run("one", () => script);
        scene.Tick(5500);
        scene.Tick(5502);
        script.Told.ShouldBe(["start", "tick 2750", "timer close", "tick 2751"]);
    }

    [Fact]
    public void Hours_OutsideThem_ItOpensNothing()
    {
        var scene = new StrategyScene();
        var id = scene.Run("one", () => new Script { Tick = (context, instrument, _) => context.Place(OrderIntent.BuyOpen(instrument, 1m)) }, request => request with { Schedule = StrategySchedule.Between(new(10, 0), new(11, 0)) });
        scene.Tick(5500);
        var signal = scene.View(id).Signals[0];
        (signal.ProblemCode, string.Join(' ', signal.ProblemValues)).ShouldBe(("strategy_out_of_hours", "10:00 11:00"));
    }

    [Fact]
    public void EmergencyStop_StopsTheStrategiesOfItsAccount()
    {
        var scene = new StrategyScene();
        var id = scene.Run("one", () => new Script());
        scene.Engine.Emergency.Stop(new(scene.Account, EmergencyThen.None, "panic"), scene.Clock).Problems.ShouldBeEmpty();
        scene.Harness.Commit();
        (scene.View(id).State, scene.View(id).Run!.Reason).ShouldBe((StrategyRunState.Stopped, StrategyWords.ByEmergencyStop));
        scene.Do((strategies, now) => strategies.Start(id, StrategyWarmUp.None, now)).Problems.ShouldHaveSingleItem().Code.ShouldBe("trading_halted");
    }

    [Fact]
    public void OneAtATime_RefusesTheSecond_AndSaysWhichRuns()
    {
        var scene = new StrategyScene(new() { OneStrategyAtATime = true });
        scene.Run("one", () => new Script());
        var two = scene.Add("two", () => new Script());
        var refused = scene.Do((strategies, now) => strategies.Start(two, StrategyWarmUp.None, now)).Problems.ShouldHaveSingleItem();
        (refused.Code, refused.Values[0]).ShouldBe(("strategy_one_at_a_time", "one"));
    }

    [Fact]
    public void Change_WhileItRuns_CountsFromTheNextStart_AndTheOldRunIsKept()
    {
        var scene = new StrategyScene();
        var id = scene.Run("one", () => new Script());
        scene.Tick(5500);
        scene.View(id).ChangesAtRestart.ShouldBeFalse();
        scene.Do((strategies, now) => strategies.Change(id, scene.Request("one") with { Priority = 7 }, now)).Problems.ShouldBeEmpty();
        scene.View(id).ChangesAtRestart.ShouldBeTrue();
        scene.Do((strategies, now) => strategies.Change(id, scene.Request("one") with { Mode = StrategyMode.Shadow }, now)).Problems.ShouldHaveSingleItem().Code.ShouldBe("strategy_runs");
        scene.Do((strategies, now) => strategies.Stop(id, "", now)).Problems.ShouldBeEmpty();
        scene.Start(id);
        DurableState.After(scene.Harness.Journal.Batches, long.MaxValue).StrategyRuns.Select(run => run.State).ShouldBe([StrategyRunState.Stopped, StrategyRunState.Running]);
    }

    [Fact]
    public void Request_NamesEveryWrongField()
    {
        var scene = new StrategyScene();
        var taken = scene.Add("one", () => new Script());
        var bridge = scene.Harness.Account(venue: VenueKind.Bridge);
        var wrong = new StrategyRequest { Name = "ONE", Definition = "none", AccountId = bridge, Symbols = [], BarLength = Timeframe.Minutes(1), Mode = StrategyMode.Paper, Priority = 5000, Schedule = new(StrategyHours.Between) };
        scene.Do((strategies, now) => strategies.Create(wrong, now)).Problems.Select(problem => problem.Code)
            .ShouldBe(["already_exists", "unknown_strategy", "out_of_range", "schedule_needs_times", "out_of_range", "paper_needs_simulated"]);
        scene.View(taken).State.ShouldBe(StrategyRunState.Stopped);
    }

    [Fact]
    public void TickWithoutStrategies_IsToldToNobody_AndOneOfAnotherContractIsNoBusinessOfTheirs()
    {
        var scene = new StrategyScene();
        var script = new Script();
        scene.Run("one", () => script);
        scene.Harness.Tick(Symbol.Create("CZCE", "MA701"), new RawTick { Timestamp = scene.Clock, LastPrice = 2500 });
        script.Told.ShouldBe(["start"]);
    }
}
