using QuantDash.Core.Backtesting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Backtesting;

/// <summary>Markets, bars and strategies for backtests, with short words.</summary>
internal static class BacktestSamples
{
    public static readonly DateTimeOffset Start = new(2024, 3, 4, 1, 0, 0, TimeSpan.Zero);

    public static readonly BacktestOptions Options = new() { Cash = 1_000_000m };

    /// <summary>中金所-like: fees of money, dear to close today, larger side alone, limits of 10 %.</summary>
    public static BacktestMarket IndexFuture() => Limited(
        Contract("CFFEX.IF2406", 0.2m, 300m, 0.12m, new(OfMoney(0.000023m), OfMoney(0.000023m), OfMoney(0.00023m)), SingleSideMargin.RealTime), 0.1m);

    public static BacktestMarket SilverFuture() => BacktestMarket.Of(Silver());

    public static BacktestMarket TaFuture() => BacktestMarket.Of(Ta());

    public static BacktestMarket Stock(decimal step = 1m)
    {
        var contract = Contract("US.SPY", 0.01m, 1m, 1m, new(OfMoney(0.002m), OfMoney(0.002m), OfMoney(0.002m)), assetClass: AssetClass.Stock, volumeStep: step);
        return BacktestMarket.Of(contract with { Product = contract.Product with { HoldsBothSides = false, Terms = [contract.Product.Terms[0] with { LargestLimitOrder = null, LargestMarketOrder = null }] } });
    }

    public static BacktestMarket Perpetual(params FundingRate[] funding)
    {
        var taker = OfMoney(0.0005m);
        var contract = Contract("BINANCE.BTCUSDT", 0.1m, 1m, 0.05m, new(taker, taker, taker) { Maker = OfMoney(0.0002m) }, assetClass: AssetClass.Perpetual, volumeStep: 0.001m);
        return BacktestMarket.Of(contract with { Product = contract.Product with { Terms = [contract.Product.Terms[0] with { MarginPrice = MarginPrice.Latest, LargestLimitOrder = null, LargestMarketOrder = null }] } }) with { Funding = funding };
    }

    private static BacktestMarket Limited(Contract contract, decimal limit) =>
        BacktestMarket.Of(contract with { Product = contract.Product with { Terms = [contract.Product.Terms[0] with { PriceLimit = new Ratio(limit) }] } });

    /// <summary>Bars of one minute in ticks; <paramref name="perDay"/> to a trading day.</summary>
    public static BacktestBars Bars(decimal priceTick, int perDay, params (long Open, long High, long Low, long Close)[] bars) =>
        Bars(priceTick, perDay, bars.Select(b => (b.Open, b.High, b.Low, b.Close, 1000d)).ToArray());

    public static BacktestBars Bars(decimal priceTick, int perDay, params (long Open, long High, long Low, long Close, double Volume)[] bars)
    {
        var key = new BarKey(new("test"), Symbol.ParseCanonical("TEST.X"), Timeframe.Minutes(1));
        var first = DateOnly.FromDateTime(Start.UtcDateTime).DayNumber;
        return BacktestBars.Of(BarColumns.Of(key, priceTick, bars.Select((b, i) =>
        {
            var start = Start.AddDays(i / perDay).AddMinutes(i % perDay).ToUnixTimeMilliseconds();
            return new HistoryBar
            {
                Start = start, End = start + 60_000, TradingDay = first + (i / perDay), Open = b.Open, High = b.High, Low = b.Low, Close = b.Close, Volume = b.Volume,
            };
        }).ToList()));
    }

    /// <summary>Bars with nothing inside them.</summary>
    public static BacktestBars Flat(decimal priceTick, int perDay, params long[] prices) => Bars(priceTick, perDay, prices.Select(p => (p, p, p, p)).ToArray());

    public static IReadOnlyList<NaiveBar> Naive(BacktestBars bars)
    {
        var tick = bars.Columns.PriceTick;
        return [.. bars.Columns.Bars().Select(b => new NaiveBar(
            DateTimeOffset.FromUnixTimeMilliseconds(b.Start), DateTimeOffset.FromUnixTimeMilliseconds(b.End), DateOnly.FromDayNumber(b.TradingDay),
            b.Open * tick, b.High * tick, b.Low * tick, b.Close * tick, (decimal)b.Volume))];
    }

    /// <summary>A strategy without parameters.</summary>
    public static StrategyDefinition Definition(Func<IStrategy> create, int warmUp = 0, params Timeframe[] timeframes) => new()
    {
        Name = "scripted",
        Description = "For tests.",
        Parameters = [],
        Create = _ => create(),
        WarmUpBars = _ => warmUp,
        Timeframes = _ => timeframes,
    };

    public static BacktestResult Run(IStrategy strategy, BacktestMarket market, BacktestBars bars, BacktestOptions? options = null, int warmUp = 0, params Timeframe[] timeframes)
    {
        var definition = Definition(() => strategy, warmUp, timeframes);
        return Backtest.Run(definition, definition.Bind([]).Value, market, bars, options ?? Options);
    }

    public static ParameterValues Bind(StrategyDefinition definition, params (string Name, string Value)[] given) =>
        definition.Bind(given.Select(g => KeyValuePair.Create(g.Name, g.Value))).Value;
}

/// <summary>Does on each bar what a function says.</summary>
internal sealed class EachBar(Action<IStrategyContext, IStrategyInstrument, int> act) : Strategy
{
    private int _bar;

    public List<StrategyFill> Fills { get; } = [];
    public List<(StrategyOrderState State, string? Reason)> Ends { get; } = [];
    public Action<IStrategyContext, StrategyFill>? WhenFilled { get; init; }

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => act(context, instrument, _bar++);

    public override void OnFill(IStrategyContext context, in StrategyFill fill)
    {
        Fills.Add(fill);
        WhenFilled?.Invoke(context, fill);
    }

    public override void OnOrder(IStrategyContext context, StrategyOrder order) => Ends.Add((order.State, order.Reason));
}

/// <summary>Carries out wishes: the same that <see cref="NaiveBacktest"/> is given.</summary>
internal sealed class Scripted(Func<int, IEnumerable<Wish>> wishes) : Strategy
{
    private int _bar;

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        foreach (var wish in wishes(_bar++))
        {
            switch (wish.Kind)
            {
                case WishKind.Place:
                    var price = wish.Type == StrategyOrderType.Market ? 0 : bar.CloseTicks + wish.Ticks;
                    context.Place(new(instrument, wish.Side, wish.Offset, wish.Volume, wish.Type, price));
                    break;
                case WishKind.CancelAll:
                    foreach (var order in instrument.WorkingOrders) context.Cancel(order);
                    break;
                case WishKind.MoveTo:
                    context.MoveTo(instrument, wish.Volume);
                    break;
            }
        }
    }
}
