using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Grid;
using QuantDash.Tests.Core.Backtesting;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>A long grid of two lines around 10,000: what one run leaves the next one goes on with.</summary>
public sealed class GridRestartTests
{
    private readonly HandInstrument _bitcoin = new("BINANCE.BTCUSDT", 0.1m, 0.001m);

    [Fact]
    public void Restart_KeepsLinesAndOrders_AndPlacesNoneTwice()
    {
        var host = new HandHost(_bitcoin);
        var first = Make(host);
        Bar(first, host, 10_000);
        host.Orders.Select(o => o.PriceTicks).ShouldBe([9_900, 9_800]);
        Fill(first, host, host.Orders[0]);

        var again = new HandHost(_bitcoin) { State = new StrategyState(host.State.Values) };
        var second = Make(again);
        Bar(second, again, 9_850);

        // Its sale at 10,000 and its purchase at 9,800 still work.
        again.Orders.ShouldBeEmpty();
        _bitcoin.Working.Select(o => (o.Side, o.PriceTicks)).ShouldBe([(OrderSide.Buy, 9_800), (OrderSide.Sell, 10_000)], ignoreOrder: true);
    }

    [Fact]
    public void Restart_WithoutItsPosition_OpensTheLineAgain()
    {
        var host = new HandHost(_bitcoin);
        var first = Make(host);
        Bar(first, host, 10_000);
        Fill(first, host, host.Orders[0]);
        _bitcoin.Working.Clear();
        _bitcoin.Long = default;

        var again = new HandHost(_bitcoin) { State = new StrategyState(host.State.Values) };
        Bar(Make(again), again, 9_950);

        again.Orders.Select(o => (o.Side, o.PriceTicks)).ShouldBe([(OrderSide.Buy, 9_900), (OrderSide.Buy, 9_800)]);
    }

    private static IStrategy Make(HandHost host)
    {
        var strategy = GridStrategy.Definition.Create(BacktestSamples.Bind(GridStrategy.Definition, ("spacing", "1"), ("lines", "2"), ("direction", "long"), ("volume", "0.5")));
        strategy.OnStart(host);
        return strategy;
    }

    private void Bar(IStrategy strategy, HandHost host, long close)
    {
        _bitcoin.LastTicks = close;
        strategy.OnBar(host, _bitcoin, new(new BarShape(new PriceScale(0.1m), Timeframe.Minutes(1)), 60_000, close, close, close, close, 1));
    }

    private void Fill(IStrategy strategy, HandHost host, StrategyOrder order)
    {
        order.FilledVolume = order.Volume;
        HandHost.End(order, StrategyOrderState.Filled);
        _bitcoin.Long = new(order.Volume, order.Volume, 990m);
        strategy.OnFill(host, new(order, order.PriceTicks, order.Volume, 0m, 0));
    }
}
