using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.OpeningBuyer;
using QuantDash.Tests.Core.Backtesting;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>Two stocks of a watch list: one of board lots of 100 that opens at 09:30 in Hong Kong, one that is bought by the piece.</summary>
public sealed class OpeningBuyerTests
{
    private static readonly DateTimeOffset Open = new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8));

    private readonly HandInstrument _alibaba = new("HK.09988", 0.05m, 100m) { LastTicks = 1710, MorningOpen = Open };
    private readonly HandInstrument _apple = new("US.AAPL", 0.01m) { LastTicks = 19_000, MorningOpen = Open.AddHours(13) };

    [Fact]
    public void Opening_BuysEachSymbolOfTheList_ForItsBudgetInWholeLots()
    {
        var host = At(Open);
        var strategy = Make(("budget", "20000"));

        TellAll(strategy, host);
        host.Now = Open.AddHours(13).AddMinutes(29);
        TellAll(strategy, host);

        // 85.50 × 200 = 17,100 of 20,000; 190.00 × 105 = 19,950.
        host.Orders.Select(o => (o.Instrument.Symbol.ToString(), o.Volume, o.Type)).ShouldBe([("HK.09988", 200m, StrategyOrderType.Market), ("US.AAPL", 105m, StrategyOrderType.Market)]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(15)]
    public void Session_ThatIsNotInItsWindow_BuysNothing(int minutes)
    {
        var host = At(Open.AddMinutes(minutes));

        TellAll(Make(("delay", "5"), ("window", "10")), host);

        host.Orders.ShouldBeEmpty();
        host.State.Values.ShouldBeEmpty();
    }

    [Fact]
    public void Day_ThatIsDone_IsDoneAfterARestartToo()
    {
        var host = At(Open);
        TellAll(Make(), host);
        host.Orders.Count.ShouldBe(1);
        TellAll(Make(), host);

        var restarted = new HandHost(_alibaba, _apple) { Now = Open.AddMinutes(5), TradingDay = host.TradingDay, State = new StrategyState(host.State.Values) };
        TellAll(Make(), restarted);

        (host.Orders.Count, restarted.Orders.Count).ShouldBe((1, 0));
    }

    [Fact]
    public void Order_ThatWasRefused_IsNotSentTwice()
    {
        var host = At(Open);
        host.Refusal = "not enough funds";
        var strategy = Make();

        TellAll(strategy, host);
        strategy.OnOrder(host, host.Orders[0]);
        TellAll(strategy, host);

        host.Orders.Count.ShouldBe(1);
        host.Lines.ShouldBe(["HK.09988: not enough funds"]);
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("false", 1)]
    public void NextDay_BuysMoreOnlyWhenItShall(string skips, int orders)
    {
        var host = At(Open);
        host.State.Set("bought.HK.09988", host.TradingDay.AddDays(-1));
        _alibaba.Long = new(200m, 0m, 80m);

        TellAll(Make(("skip_held", skips)), host);

        host.Orders.Count.ShouldBe(orders);
        host.State.Day("bought.HK.09988").ShouldBe(host.TradingDay);
    }

    [Fact]
    public void Budget_BelowOneLot_IsSaidOnce()
    {
        var host = At(Open);
        var strategy = Make(("budget", "8000"));

        TellAll(strategy, host);
        TellAll(strategy, host);

        host.Orders.ShouldBeEmpty();
        host.Lines.ShouldBe(["HK.09988: 8000 does not pay for 100 at 85.50 each, nothing is bought today"]);
    }

    [Fact]
    public void Protection_IsALimitAboveTheBestOffer()
    {
        var host = At(Open);
        _alibaba.AskTicks = 1712;

        TellAll(Make(("protect", "3"), ("budget", "20000")), host);

        var order = host.Orders.ShouldHaveSingleItem();
        (order.Type, order.PriceTicks, order.Volume).ShouldBe((StrategyOrderType.Limit, 1715, 200m));
    }

    [Fact]
    public void WarmUp_AndAHostThatDoesNotKnowTheSession_BuyNothing()
    {
        var host = At(Open);
        host.IsWarmingUp = true;
        TellAll(Make(), host);
        host.IsWarmingUp = false;
        (_alibaba.MorningOpen, _apple.MorningOpen) = (null, null);
        TellAll(Make(), host);

        host.Orders.ShouldBeEmpty();
    }

    private HandHost At(DateTimeOffset now) => new(_alibaba, _apple) { Now = now, TradingDay = DateOnly.FromDateTime(Open.DateTime) };

    private static IStrategy Make(params (string Name, string Value)[] given) => OpeningBuyerStrategy.Definition.Create(BacktestSamples.Bind(OpeningBuyerStrategy.Definition, given));

    private static void TellAll(IStrategy strategy, HandHost host)
    {
        foreach (var instrument in host.Instruments) strategy.OnTick(host, instrument, default);
    }
}
