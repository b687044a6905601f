using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Grid;
using QuantDash.Core.Strategies.OpeningBuyer;
using QuantDash.Tests.Core.Backtesting;
using Offset = QuantDash.Core.Orders.Offset;

namespace QuantDash.Tests.Core.Engine.Hosting;

/// <summary>Built-in strategies on the trading thread, killed in the middle of their day.</summary>
public sealed class BuiltInsInTheEngineTests
{
    private static readonly Symbol Pvc = Symbol.Create("DCE", "v2701");

    /// <summary>The scene begins at 09:30: the morning session of both contracts opened at 09:00. A lot of PTA costs 27,510, one of PVC 25,005.</summary>
    [Fact]
    public void OpeningBuyer_BuysItsListOnce_WhateverHappensBetween()
    {
        var scene = new StrategyScene();
        IStrategy Make() => OpeningBuyerStrategy.Definition.Create(BacktestSamples.Bind(OpeningBuyerStrategy.Definition, ("budget", "100000"), ("window", "60"), ("skip_held", "false")));
        var id = scene.Run("opening", Make, request => request with { Symbols = [StrategyScene.Pta, Pvc] });
        Turn(scene);
        scene.Orders.Select(order => (order.Symbol, order.Side, order.Volume.Value)).ShouldBe([(StrategyScene.Pta, OrderSide.Buy, 3m), (Pvc, OrderSide.Buy, 3m)], ignoreOrder: true);
        scene.View(id).Books.Select(book => book.Book.Net).ShouldBe([3m, 3m]);

        scene.Kill();
        scene.Do((strategies, now) => strategies.GoOn(id, StrategyWarmUp.None, now)).Problems.ShouldBeEmpty();
        Turn(scene);

        scene.Orders.Count.ShouldBe(2, "the day is done");
        scene.View(id).Books.Select(book => book.Book.Net).ShouldBe([3m, 3m]);
    }

    [Fact]
    public void Grid_TakesItsOrdersBack_AndPlacesNoneTwice()
    {
        var scene = new StrategyScene();
        IStrategy Make() => GridStrategy.Definition.Create(BacktestSamples.Bind(GridStrategy.Definition, ("spacing", "1"), ("lines", "2")));
        var id = scene.Run("grid", Make);
        Minute(scene, 5500);
        Minute(scene, 5500);
        scene.View(id).Working.Select(signal => (signal.Side, signal.Price!.Value.Value)).ShouldBe(
            [(OrderSide.Buy, 5444m), (OrderSide.Buy, 5388m), (OrderSide.Sell, 5556m), (OrderSide.Sell, 5612m)], ignoreOrder: true);

        scene.Kill();
        scene.Do((strategies, now) => strategies.GoOn(id, StrategyWarmUp.None, now)).Problems.ShouldBeEmpty();
        Minute(scene, 5500);
        Minute(scene, 5500);
        scene.Orders.Count.ShouldBe(4, "they still work");

        Minute(scene, 5440);
        Minute(scene, 5440);
        scene.Net.ShouldBe(1m);
        scene.View(id).Working.ShouldContain(signal => signal.Offset == Offset.Close && signal.Price == new Price(5500m));
    }

    private static void Turn(StrategyScene scene)
    {
        for (var i = 0; i < 3; i++)
        {
            scene.Tick(5500);
            scene.Harness.Tick(Pvc, scene.Clock, 5000, 4999, 5001);
        }
    }

    private static void Minute(StrategyScene scene, double price)
    {
        scene.Tick(price);
        scene.Clock = scene.Clock.AddMinutes(1);
        scene.Tick(price);
        scene.Tick(price);
    }
}
