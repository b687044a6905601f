using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Engine.Hosting;

/// <summary>kill -9 in the middle of a strategy's day: position, orders, notes and day counters are back, and nothing is sent twice.</summary>
public sealed class StrategyRestartTests
{
    [Fact]
    public void Kill_InTheMiddleOfItsDay_EverythingIsBack_AndItGoesOn()
    {
        var scene = new StrategyScene();
        var step = 0;
        Script Make() => new()
        {
            Start = context => context.State.Set("starts", (context.State.Number("starts") ?? 0) + 1),
            Tick = (context, instrument, _) =>
            {
                step++;
                if (step == 1) context.Place(OrderIntent.BuyOpen(instrument, 3m));
                if (step == 2) context.Place(OrderIntent.SellClose(instrument, 1m).AtLimit(2800));
                if (step == 2) context.Place(OrderIntent.SellClose(instrument, 3m).AtStop(2700));
                if (step == 2) context.SetTimer("later", context.Now.AddMinutes(1));
            },
        };
        var script = Make();
        var id = scene.Run("one", () => script);
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Tick(5500);
        var before = scene.View(id);
        var orders = scene.Orders.Count;

        script = Make();
        scene.Kill();
        var after = scene.View(id);
        (after.AwaitsHistory, after.State, after.Run!.Id).ShouldBe((true, StrategyRunState.Running, before.Run!.Id));
        after.Books[0].Book.ShouldBe(before.Books[0].Book);
        after.Counters.ShouldBe(before.Counters);
        after.Working.Select(signal => (signal.Id, signal.Type, signal.OrderId)).ShouldBe(before.Working.Select(signal => (signal.Id, signal.Type, signal.OrderId)));
        script.Told.ShouldBeEmpty("it waits for bars of the past");

        scene.Do((strategies, now) => strategies.GoOn(id, StrategyWarmUp.None, now)).Problems.ShouldBeEmpty();
        scene.Tick(5500);
        script.Told.ShouldBe(["start", "tick 2750"]);
        scene.Orders.Count.ShouldBe(orders, "nothing is sent twice");
        scene.Tick(5398);
        scene.Tick(5398);
        scene.Tick(5398);
        scene.Net.ShouldBe(1m, "the stop closes what the resting order leaves");
        scene.Clock = scene.Clock.AddMinutes(1);
        scene.Tick(5398);
        script.Told.ShouldContain("timer later");
        DurableState.After(scene.Harness.Journal.Batches, long.MaxValue).StrategyMemories.ShouldHaveSingleItem().Notes["starts"].ShouldBe("2");
        scene.View(id).Signals.Select(signal => signal.Number).ShouldBe([3, 2, 1]);
    }

    [Fact]
    public void Kill_BeforeTheCommit_TheSignalNeverWas_AfterIt_TheOrderIsLookedUpAndNotSentAgain()
    {
        foreach (var isDurable in (bool[])[false, true])
        {
            var scene = new StrategyScene();
            var done = false;
            var id = scene.Run("one", () => new Script
            {
                Tick = (context, instrument, _) =>
                {
                    if (!done) context.Place(OrderIntent.BuyOpen(instrument, 1m));
                    done = true;
                },
            });
            var before = scene.Harness.Journal.Last;
            scene.TickUncommitted(5500);
            scene.Harness.Journal.Batches.Where(batch => batch.Sequence > before).SelectMany(batch => batch.Changes).Select(change => change.GetType().Name)
                .ShouldContain("StrategySignalSaved", "signal and order are one batch");
            scene.Harness.Journal.Batches.Count(batch => batch.Changes.Any(change => change is JournalChange.OrderSaved) && batch.Changes.Any(change => change is JournalChange.StrategySignalSaved)).ShouldBe(1);

            if (isDurable)
            {
                scene.Kill();
            }
            else
            {
                var durable = DurableState.After(scene.Harness.Journal.Batches, before);
                scene.Harness.Journal.Batches.RemoveAll(batch => batch.Sequence > before);
                scene.Harness.Restart(durable, scene.Clock);
            }

            scene.Do((strategies, now) => strategies.GoOn(id, StrategyWarmUp.None, now)).Problems.ShouldBeEmpty();
            scene.Tick(5500);
            scene.Tick(5500);
            scene.Net.ShouldBe(0m);
            scene.View(id).Working.ShouldBeEmpty();
            scene.View(id).Signals.Count.ShouldBe(isDurable ? 1 : 0);
            if (isDurable) scene.View(id).Signals[0].Result.ShouldBe(SignalResult.Failed, "the venue never had it");
        }
    }

    /// <summary>An order that waits for a resting one in its way was never sent: after the restart it is over, and nothing is sent for it when the way is free.</summary>
    [Fact]
    public void Kill_WhileAnOrderWaitsForAnother_ItIsOver_AndNotSentLater()
    {
        var scene = new StrategyScene();
        var asked = new HashSet<string>();
        Script Once(string who, Func<IStrategyInstrument, OrderIntent> order) => new() { Tick = (context, instrument, _) => { if (asked.Add(who)) context.Place(order(instrument)); } };
        var bidder = scene.Run("bidder", () => Once("bidder", instrument => OrderIntent.BuyOpen(instrument, 1m).AtLimit(2700)));
        scene.Tick(5500);
        var late = scene.Run("late", () => Once("late", instrument => OrderIntent.SellOpen(instrument, 1m)));
        scene.Tick(5500);
        scene.View(late).Working.ShouldHaveSingleItem().OrderId.ShouldBeNull("it waits");
        scene.Orders.Count.ShouldBe(1);

        scene.Kill();
        foreach (var one in (Guid[])[bidder, late]) scene.Do((strategies, now) => strategies.GoOn(one, StrategyWarmUp.None, now)).Problems.ShouldBeEmpty();
        scene.Tick(5500);
        var signal = scene.View(late).Signals.ShouldHaveSingleItem();
        (signal.IsOver, signal.Result, signal.ErrorMessage).ShouldBe((true, SignalResult.Failed, StrategyWords.ByRestart));
        scene.View(bidder).Working.ShouldHaveSingleItem("the resting one is still there").OrderId.ShouldNotBeNull();
        scene.Do((strategies, now) => strategies.Stop(bidder, "", now)).Problems.ShouldBeEmpty();
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Orders.Count.ShouldBe(1, "the way is free, and nothing is sent");
    }

    [Fact]
    public void Kill_WhilePausedOrStopped_ItStaysSo()
    {
        var scene = new StrategyScene();
        var paused = scene.Run("paused", () => new Script());
        var stopped = scene.Run("stopped", () => new Script());
        scene.Do((strategies, now) => strategies.Pause(paused, now)).Problems.ShouldBeEmpty();
        scene.Do((strategies, now) => strategies.Stop(stopped, "", now)).Problems.ShouldBeEmpty();
        scene.Kill();
        (scene.View(paused).State, scene.View(paused).AwaitsHistory).ShouldBe((StrategyRunState.Paused, true));
        (scene.View(stopped).State, scene.View(stopped).AwaitsHistory).ShouldBe((StrategyRunState.Stopped, false));
        scene.Do((strategies, now) => strategies.GoOn(paused, StrategyWarmUp.None, now)).Problems.ShouldBeEmpty();
        scene.View(paused).State.ShouldBe(StrategyRunState.Paused);
    }

    [Fact]
    public void Elsewhere_AnswersComeLater_AreCarriedOut_AndAFailureStopsIt()
    {
        var scene = new StrategyScene();
        var remote = new Remote();
        var id = scene.Run("one", () => remote);
        var nudged = 0;
        scene.Engine.Strategies.OnAnswered(() => nudged++);
        scene.Tick(5500);
        remote.Answers!.Act(new StrategyAction.Place(7, StrategyScene.Pta, OrderSide.Buy, Offset.Open, 1m));
        remote.Answers.Act(new StrategyAction.Note("seen", "yes"));
        remote.Answers.Act(new StrategyAction.Log("hello"));
        scene.Orders.ShouldBeEmpty("nothing happens on another thread");
        nudged.ShouldBe(3);
        scene.Engine.Strategies.TakeAnswers(scene.Clock);
        scene.Harness.Commit();
        scene.Tick(5500);
        scene.Net.ShouldBe(1m);
        remote.Filled.ShouldBe([7L]);
        scene.View(id).Log[0].Message.ShouldBe("hello");
        remote.Answers.Act(new StrategyAction.MoveTo(StrategyScene.Pta, 0m));
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Net.ShouldBe(0m);

        remote.Answers.Fail("over its deadline of 100 ms");
        scene.Engine.Strategies.TakeAnswers(scene.Clock);
        (scene.View(id).State, scene.View(id).Run!.Reason, remote.IsDisposed).ShouldBe((StrategyRunState.Failed, "over its deadline of 100 ms", true));
        remote.Answers.Act(new StrategyAction.MoveTo(StrategyScene.Pta, 5m));
        scene.Tick(5500);
        scene.View(id).Signals.Count.ShouldBe(2);
    }

    /// <summary>It is told to stop and answers later: its notes are kept and its lines are in the log; what it orders is not. Of a run that has ended nothing comes into the next one.</summary>
    [Fact]
    public void Elsewhere_WhatItNotesWhenItStops_IsKept_AndWhatItOrdersIsNot()
    {
        var scene = new StrategyScene();
        var remotes = new List<Remote>();
        var id = scene.Run("one", () =>
        {
            remotes.Add(new());
            return remotes[^1];
        });
        scene.Tick(5500);
        scene.Do((strategies, now) => strategies.Stop(id, "enough", now)).Problems.ShouldBeEmpty();
        scene.View(id).State.ShouldBe(StrategyRunState.Stopped);
        remotes[0].Answers!.Act(new StrategyAction.Note("left", "at 5500"));
        remotes[0].Answers!.Act(new StrategyAction.Log("good-bye"));
        remotes[0].Answers!.Act(new StrategyAction.Place(1, StrategyScene.Pta, OrderSide.Buy, Offset.Open, 1m));
        scene.Engine.Strategies.TakeAnswers(scene.Clock);
        scene.Harness.Commit();
        DurableState.After(scene.Harness.Journal.Batches, long.MaxValue).StrategyMemories.ShouldHaveSingleItem().Notes["left"].ShouldBe("at 5500");
        scene.View(id).Log[0].Message.ShouldBe("good-bye");
        (scene.Orders.Count, scene.View(id).Signals.Count, scene.View(id).State).ShouldBe((0, 0, StrategyRunState.Stopped));

        scene.Start(id);
        remotes[0].Answers!.Act(new StrategyAction.Note("left", "too late"));
        scene.Tick(5500);
        DurableState.After(scene.Harness.Journal.Batches, long.MaxValue).StrategyMemories.ShouldHaveSingleItem().Notes["left"].ShouldBe("at 5500");
    }

    private sealed class Remote : Strategy, IStrategyRunner
    {
        public IStrategyAnswers? Answers { get; private set; }
        public List<long> Filled { get; } = [];
        public bool IsDisposed { get; private set; }

        public void Connect(IStrategyAnswers answers) => Answers = answers;

        public void Dispose() => IsDisposed = true;

        public override void OnFill(IStrategyContext context, in StrategyFill fill) => Filled.Add(fill.Order.Handle);
    }
}
