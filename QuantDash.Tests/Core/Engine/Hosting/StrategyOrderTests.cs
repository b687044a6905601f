using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Engine.Hosting;

/// <summary>What strategies ask for, and what becomes of it.</summary>
public sealed class StrategyOrderTests
{
    private static readonly Symbol Pta = StrategyScene.Pta;

    [Fact]
    public void Order_IsFilledByALaterTick_NotByTheOneThatCausedIt_AndItsSignalSaysAll()
    {
        var scene = new StrategyScene();
        var script = Once(context => context.Place(OrderIntent.BuyOpen(context.Instruments[0], 3m)));
        var id = scene.Run("one", () => script);

        scene.Tick(5510);
        var signal = scene.View(id).Signals.ShouldHaveSingleItem();
        (signal.Result, signal.Action, signal.TriggerPrice, signal.TriggerCondition).ShouldBe((SignalResult.Pending, SignalAction.Buy, new Price(5510m), "tick"));
        scene.Net.ShouldBe(0m);

        scene.Tick(5520);
        var filled = scene.View(id).Signals.ShouldHaveSingleItem();
        (filled.Result, filled.FilledVolume, filled.AverageFillPrice, filled.IsOver).ShouldBe((SignalResult.Success, new Volume(3), new Price(5522m), true), "at the ask of the next tick");
        var order = scene.Orders.ShouldHaveSingleItem();
        (order.Id, order.StrategyId, order.OriginId).ShouldBe((filled.OrderId!.Value, id, filled.Id));
        order.Id.ShouldBe(ClientOrderId.For(scene.Account, order.TradingDay, filled.Id, 1));
        script.Told.ShouldBe(["start", "tick 2755", "fill 1 3@2761", "order 1 Filled", "tick 2760"]);
        var book = scene.View(id).Books.ShouldHaveSingleItem();
        (book.Book.Long.Volume, book.Book.Long.Today, book.Book.Long.AverageOpenPrice, book.FloatingPnl).ShouldBe((3m, 3m, 5522m, -30m));
    }

    [Fact]
    public void MoveTo_TurnsRound_TakesBackWhatWorks_AndRealisesItsOwn()
    {
        var scene = new StrategyScene();
        decimal? target = 2m;
        var id = scene.Run("one", () => new Script { Tick = (context, instrument, _) => MoveOnce(context, instrument, ref target) });
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Net.ShouldBe(2m);

        target = -1m;
        scene.Tick(5520);
        scene.Tick(5520);
        scene.Net.ShouldBe(-1m);
        var book = scene.View(id).Books[0].Book;
        (book.RealisedToday, book.Short.Volume, book.Long.Volume).ShouldBe((160m, 1m, 0m), "(5518 - 5502) x 2 x 5");
        book.FeesTotal.ShouldBe(scene.Engine.Snapshot(scene.Clock).Accounts[0].Funds.FeesToday);

        target = -1m;
        scene.Tick(5520);
        scene.View(id).Signals.Count.ShouldBe(3, "there already");
    }

    [Fact]
    public void Close_NeverTakesMoreThanItsOwn_ThoughTheAccountHoldsMore()
    {
        var scene = new StrategyScene();
        scene.Harness.Hold(scene.Account, Pta, longVolume: 10, longPrice: 5500);
        var step = 0;
        var id = scene.Run("one", () => new Script
        {
            Tick = (context, instrument, _) =>
            {
                if (++step == 1) context.Place(OrderIntent.SellClose(instrument, 1m));
                if (step == 2) context.Place(OrderIntent.BuyOpen(instrument, 2m));
                if (step == 4) context.Place(OrderIntent.SellClose(instrument, 5m));
            },
        });
        for (var i = 0; i < 6; i++) scene.Tick(5500);
        var signals = scene.View(id).Signals.Reverse().ToList();
        (signals[0].Result, signals[0].ProblemCode).ShouldBe((SignalResult.Failed, "strategy_nothing_to_close"));
        (signals[2].FilledVolume, signals[2].ErrorMessage).ShouldBe((new Volume(2), StrategyWords.RestNotHeld));
        scene.Net.ShouldBe(10m);
    }

    [Fact]
    public void Limit_ThatRefuses_MakesAFailedSignal_WithTheRuleAndItsNumbers()
    {
        var scene = new StrategyScene();
        scene.Engine.Limits.Set(new(scene.Account, new() { MaxOrderVolume = new(2) }, new Dictionary<Symbol, RiskLimits>()), scene.Clock).Problems.ShouldBeEmpty();
        var script = Once(context => context.Place(OrderIntent.BuyOpen(context.Instruments[0], 3m)));
        var id = scene.Run("one", () => script);
        scene.Tick(5500);
        var signal = scene.View(id).Signals.ShouldHaveSingleItem();
        (signal.Result, signal.ProblemCode, signal.OrderId).ShouldBe((SignalResult.Failed, "exceeds_order_volume", null));
        signal.ProblemValues.ShouldBe(["3", "2"]);
        signal.ErrorMessage.ShouldBe("超过单笔手数限额: 3, 限额 2");
        script.Told.ShouldContain("order 1 Rejected");
        scene.Tape.Count(told => told.Key == "strategy.refused").ShouldBe(1);
        scene.Orders.ShouldBeEmpty();
    }

    [Fact]
    public void Stop_WaitsForItsLevel_GoesOutOnce_AndNotOnTheTickThatSetIt()
    {
        var scene = new StrategyScene();
        decimal? target = 2m;
        StrategyOrder? stop = null;
        var id = scene.Run("one", () => new Script
        {
            Tick = (context, instrument, tick) =>
            {
                if (instrument.Net == 2m && stop is null) stop = context.Place(OrderIntent.SellClose(instrument, 2m).AtStop(tick.LastTicks));
                MoveOnce(context, instrument, ref target);
            },
        });
        scene.Tick(5500);
        scene.Tick(5500);
        scene.View(id).Working.ShouldHaveSingleItem().Type.ShouldBe(StrategyOrderType.Stop);
        scene.Tick(5502);
        scene.Orders.Count.ShouldBe(1, "5500 is not reached again");
        scene.Tick(5498);
        scene.View(id).Working.ShouldHaveSingleItem().IsTriggered.ShouldBeTrue();
        scene.Net.ShouldBe(2m, "it left after the tick that reached it");
        scene.Tick(5490);
        scene.Net.ShouldBe(0m);
        stop!.State.ShouldBe(StrategyOrderState.Filled);
        scene.Orders.Count.ShouldBe(2);
    }

    [Fact]
    public void OppositeSignalsOfOneStep_TheHigherPriorityGoes_TheOtherIsToldWhy()
    {
        var scene = new StrategyScene();
        var low = scene.Run("low", () => Once(context => context.Place(OrderIntent.SellOpen(context.Instruments[0], 1m))), request => request with { Priority = 1 });
        var high = scene.Run("high", () => Once(context => context.Place(OrderIntent.BuyOpen(context.Instruments[0], 2m))), request => request with { Priority = 5 });
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Net.ShouldBe(2m);
        scene.View(high).Signals[0].Result.ShouldBe(SignalResult.Success);
        var lost = scene.View(low).Signals[0];
        (lost.Result, lost.ProblemCode).ShouldBe((SignalResult.Failed, "strategy_outweighed"));
        lost.ProblemValues.ShouldBe(["high", "5", "CZCE.TA2701"]);
    }

    [Fact]
    public void OrderThatWouldMeetARestingOneOfTheAccount_Waits_AndACloseTakesItBack()
    {
        var scene = new StrategyScene();
        var holder = scene.Run("holder", () => Once(context => context.Place(OrderIntent.BuyOpen(context.Instruments[0], 1m))));
        scene.Tick(5500);
        scene.Tick(5500);
        var bidder = scene.Run("bidder", () => Once(context => context.Place(OrderIntent.BuyOpen(context.Instruments[0], 1m).AtLimit(2745))));
        var seller = scene.Run("seller", () => Once(context => context.Place(OrderIntent.SellOpen(context.Instruments[0], 1m).AtLimit(2740))));
        scene.Tick(5500);
        scene.View(seller).Signals[0].ProblemCode.ShouldBe("strategy_outweighed", "of the same step");
        var late = scene.Run("late", () => Once(context => context.Place(OrderIntent.SellOpen(context.Instruments[0], 1m).AtLimit(2740))));
        scene.Tick(5500);
        var waiting = scene.View(late).Working.ShouldHaveSingleItem();
        (waiting.OrderId, waiting.Result).ShouldBe((null, SignalResult.Pending));
        scene.Do((strategies, now) => strategies.Flatten(holder, now)).Problems.ShouldBeEmpty();
        var taken = scene.View(bidder).Signals.ShouldHaveSingleItem();
        (taken.IsOver, taken.ErrorMessage).ShouldBe((true, StrategyWords.ByPriority), "what closes goes first");
        scene.View(late).Working.ShouldHaveSingleItem().OrderId.ShouldNotBeNull("nothing is in its way any more");
        scene.Tick(5500);
        scene.Net.ShouldBe(-1m);
        scene.View(holder).Books[0].Book.IsFlat.ShouldBeTrue();
    }

    [Fact]
    public void OrderThatWaitsForLong_IsRefused_AndSaysForWhich()
    {
        var scene = new StrategyScene();
        scene.Run("bidder", () => Once(context => context.Place(OrderIntent.BuyOpen(context.Instruments[0], 1m).AtLimit(2700))));
        scene.Tick(5500);
        var late = scene.Run("late", () => Once(context => context.Place(OrderIntent.SellOpen(context.Instruments[0], 1m))));
        scene.Tick(5500);
        scene.Clock = scene.Clock.AddSeconds(31);
        scene.Tick(5500);
        var refused = scene.View(late).Signals[0];
        (refused.ProblemCode, refused.ProblemValues[0]).ShouldBe(("strategy_own_order_in_the_way", scene.Orders.ShouldHaveSingleItem().Id.Value));
    }

    [Fact]
    public void Shadow_RecordsAndFillsOnPaper_AndSendsNothing()
    {
        var scene = new StrategyScene();
        var id = scene.Run("one", () => Once(context => context.Place(OrderIntent.BuyOpen(context.Instruments[0], 2m))), request => request with { Mode = StrategyMode.Shadow });
        scene.Tick(5500);
        scene.View(id).Books[0].Book.IsFlat.ShouldBeTrue();
        scene.Tick(5510);
        scene.Tick(5520);
        var view = scene.View(id);
        (view.Signals[0].Result, view.Signals[0].AverageFillPrice, view.Signals[0].OrderId).ShouldBe((SignalResult.Success, new Price(5512m), null));
        view.Books[0].FloatingPnl.ShouldBe(80m);
        scene.Orders.ShouldBeEmpty();
        scene.Net.ShouldBe(0m);
    }

    [Fact]
    public void AccountFlattenedByHand_TheBookFollows_AndTheTraderIsTold()
    {
        var scene = new StrategyScene();
        var id = scene.Run("one", () => Once(context => context.Place(OrderIntent.BuyOpen(context.Instruments[0], 3m))));
        scene.Tick(5500);
        scene.Tick(5500);
        scene.Engine.PlaceOrder(new(scene.Account, Pta, OrderPurpose.Close, Side.Long, new(2), OrderType.Limit, new Price(5490m)), scene.Clock).Problems.ShouldBeEmpty();
        scene.Harness.Commit();
        scene.Tick(5500);
        scene.View(id).Books[0].Book.Long.Volume.ShouldBe(1m);
        var told = scene.Tape.Single(item => item.Key == "strategy.book_corrected");
        (told.Severity, told.SubjectId).ShouldBe((TapeSeverity.Danger, id));
        told.Values.ShouldBe(["one", "long", "3", "1"]);
    }

    private static Script Once(Action<IStrategyContext> act)
    {
        var done = false;
        return new()
        {
            Tick = (context, _, _) =>
            {
                if (done) return;
                done = true;
                act(context);
            },
        };
    }

    private static void MoveOnce(IStrategyContext context, IStrategyInstrument instrument, ref decimal? target)
    {
        if (target is not { } net) return;
        target = null;
        context.MoveTo(instrument, net);
    }
}
