using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.DonchianTrend;
using QuantDash.Core.Strategies.MovingAverageCross;
using QuantDash.Core.Strategies.Sandbox;
using QuantDash.Tests.Core.Backtesting;
using QuantDash.Tests.Support;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;
using Offset = QuantDash.Core.Orders.Offset;

namespace QuantDash.Tests.Core.Strategies.Sandbox;

/// <summary>A strategy behind the protocol sees and does what it would see and do beside its host.</summary>
public sealed class SandboxParityTests
{
    [Fact]
    public void Futures_WithRandomOrders_GoTheSameWay() => SameForAll(IndexFuture(), 20_000, 1m);

    [Fact]
    public void Perpetuals_WithFunding_GoTheSameWay() =>
        SameForAll(Perpetual([.. Enumerable.Range(0, 40).Select(i => new FundingRate(Start.AddHours(8 * i), 0.0001m))]), 300_000, 0.125m);

    [DataFact]
    public void RealBars_GiveTheSameRun()
    {
        var (market, bars) = RealBars.IndexFuture();
        var options = new BacktestOptions { Cash = 3_000_000m, Slippage = new SlippageModel.Ticks(1) };
        MemoryProcess? process = null;
        foreach (var definition in (StrategyDefinition[])[SmaCross.Definition, DonchianBreakout.Definition])
        {
            var values = Bind(definition);
            var direct = Backtest.Run(definition, values, market, bars, options);
            var behind = Backtest.Run(MemoryProcess.Behind(definition, started => process = started), values, market, bars, options);
            ShouldBeTheSame(behind, direct, definition.Name);
            process!.IsDisposed.ShouldBeTrue();
        }
    }

    [Fact]
    public void Bars_OnWhichNothingElseCanHappen_AreToldTogether()
    {
        MemoryProcess? process = null;
        var definition = MemoryProcess.Behind(Definition(() => new EachBar((_, _, _) => { })), started => process = started);
        Backtest.Run(definition, Bind(definition), Stock(), Flat(0.01m, 1000, [.. Enumerable.Repeat(10_000L, 1000)]), Options);
        process!.Asked.ShouldBeLessThan(20);
    }

    [Fact]
    public void Events_NobodyHears_AreNotTold()
    {
        MemoryProcess? process = null;
        var definition = MemoryProcess.Behind(Definition(() => new BuysOnce()), started => process = started);
        var result = Backtest.Run(definition, Bind(definition), Stock(), Flat(0.01m, 10, 1000, 1000, 1000), Options);
        result.Fills.ShouldBe(1);
        process!.Asked.ShouldBe(4, "start, the bar it buys on, the two after it, stop: neither the fill nor the order");
    }

    [Fact]
    public void Exception_InTheMiddleOfManyBars_IsToldAtItsBar()
    {
        var bars = Flat(0.01m, 100, [.. Enumerable.Repeat(1000L, 100)]);
        var definition = MemoryProcess.Behind(Definition(() => new EachBar((_, _, bar) =>
        {
            if (bar == 40) throw new InvalidOperationException("the forty-first");
        })));

        var failed = Should.Throw<StrategyFailedException>(() => Backtest.Run(definition, Bind(definition), Stock(), bars, Options));

        failed.At.ShouldBe(bars.EndOf(40));
        var guest = failed.InnerException.ShouldBeOfType<StrategyGuestException>();
        (guest.Type, guest.Message).ShouldBe(("System.InvalidOperationException", "System.InvalidOperationException: the forty-first"));
        guest.Stack.ShouldContain(nameof(Exception_InTheMiddleOfManyBars_IsToldAtItsBar));
    }

    [Fact]
    public void Timers_NotesLinesAndFills_CrossOver()
    {
        var definition = Definition(() => new Busy());
        var bars = Flat(0.01m, 10, [.. Enumerable.Range(0, 40).Select(i => 1000L + i)]);
        var direct = Backtest.Run(definition, Bind(definition), Stock(), bars, Options);
        var behind = Backtest.Run(MemoryProcess.Behind(definition), Bind(definition), Stock(), bars, Options);
        direct.Log.Count.ShouldBeGreaterThan(20);
        ShouldBeTheSame(behind, direct, "busy");
    }

    [Fact]
    public void TooManyOrders_InOneEvent_EndTheStrategy()
    {
        var definition = MemoryProcess.Behind(Definition(() => new EachBar((context, instrument, _) =>
        {
            while (true) context.Place(OrderIntent.BuyOpen(instrument, 1m));
        })));
        Should.Throw<StrategyFailedException>(() => Backtest.Run(definition, Bind(definition), Stock(), Flat(0.01m, 10, 1000, 1000), Options)).Message.ShouldContain("More than 1000 orders in one event.");
    }

    [Fact]
    public void TooManyLines_InOneEvent_AreCounted()
    {
        var definition = MemoryProcess.Behind(Definition(() => new EachBar((context, _, bar) =>
        {
            for (var i = 0; i < 5000 && bar == 0; i++) context.Log(new string('x', 5000));
        })));
        var log = Backtest.Run(definition, Bind(definition), Stock(), Flat(0.01m, 10, 1000, 1000), Options).Log;
        (log.Count, log[0].Message.Length, log[^1].Message).ShouldBe((201, 2000, "… and 4800 lines more in this event."));
    }

    private static void SameForAll(BacktestMarket market, long price, decimal unit) => Prop.ForAll((int seed) =>
    {
        var random = new Random(seed);
        var bars = BacktestProperties.RandomBars(random, market.Contract.PriceTick, price);
        var script = BacktestProperties.Script(random, unit).Select(Knowable).ToArray();
        var options = Options with { Cash = random.Next(2) == 0 ? 50_000m : 5_000_000m, VolumeShare = random.Next(3) == 0 ? 0.002m * unit : null };
        var warmUp = random.Next(6);
        (BacktestResult Result, List<string> Seen) Once(Func<StrategyDefinition, StrategyDefinition> place)
        {
            var watcher = new Watching(new Scripted(i => script[i]));
            var definition = place(Definition(() => watcher, warmUp));
            return (Backtest.Run(definition, Bind(definition), market, bars, options), watcher.Seen);
        }

        var (direct, behind) = (Once(definition => definition), Once(definition => MemoryProcess.Behind(definition)));
        behind.Seen.Zip(direct.Seen).FirstOrDefault(pair => pair.First != pair.Second).ShouldBe(default, $"the first event that differs, seed {seed}");
        behind.Seen.Count.ShouldBe(direct.Seen.Count);
        ShouldBeTheSame(behind.Result, direct.Result, $"seed {seed}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    /// <summary>What a move ordered is known with the next event: nobody can cancel it before, and it stands behind what was placed in the same one.</summary>
    private static Wish[] Knowable(Wish[] wishes)
    {
        var moved = Array.FindIndex(wishes, wish => wish.Kind == WishKind.MoveTo);
        return moved < 0 ? wishes : wishes[..(moved + 1)];
    }

    private static void ShouldBeTheSame(BacktestResult behind, BacktestResult direct, string what)
    {
        static string Of(BacktestOrder o) => $"{o.Number} {o.Side} {o.Offset} {o.Type} {o.PriceTicks} {o.FilledVolume}/{o.Volume} {o.State} {o.Reason}";
        behind.Orders.Select(Of).ShouldBe(direct.Orders.Select(Of), what);
        behind.Trades.ShouldBe(direct.Trades, what);
        behind.Equity.ShouldBe(direct.Equity, what);
        behind.Log.ShouldBe(direct.Log, what);
        behind.FinalEquity.ShouldBe(direct.FinalEquity, what);
    }

    /// <summary>Writes down all that the context shows at every event.</summary>
    private sealed class Watching(IStrategy inner) : IStrategy
    {
        public List<string> Seen { get; } = [];

        public void OnStart(IStrategyContext context) => inner.OnStart(See("start", context));

        public void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick) => inner.OnTick(context, instrument, tick);

        public void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => inner.OnBar(See($"bar {bar.End} {bar.Open} {bar.Close} {bar.Volume} {bar.Timeframe}", context), instrument, bar);

        public void OnOrder(IStrategyContext context, StrategyOrder order) => inner.OnOrder(See($"order {order.Side} {order.Offset} {order.FilledVolume:G29}/{order.Volume} {order.State} {order.Reason}", context), order);

        public void OnFill(IStrategyContext context, in StrategyFill fill) => inner.OnFill(See($"fill {fill.PriceTicks} {fill.Volume} {fill.Fee} {fill.At} {fill.Order.State} {fill.Order.FilledVolume:G29}", context), fill);

        public void OnTimer(IStrategyContext context, string name) => inner.OnTimer(See($"timer {name}", context), name);

        public void OnStop(IStrategyContext context) => inner.OnStop(See("stop", context));

        private IStrategyContext See(string what, IStrategyContext context)
        {
            var instrument = context.Instruments[0];
            var working = string.Join(' ', instrument.WorkingOrders.Select(o => $"{o.Side}{o.Offset}{o.PriceTicks}:{o.FilledVolume:G29}/{o.Volume}"));
            Seen.Add($"{what} | {context.Now:O} {context.TradingDay} {context.IsWarmingUp} {context.Equity} {context.Available} | {instrument.Symbol} {instrument.PriceTick} {instrument.Multiplier} {instrument.VolumeStep} {instrument.Currency} {instrument.HoldsBothSides} "
                + $"{instrument.LastTicks} {instrument.BidTicks} {Leg(instrument.Long)} {Leg(instrument.Short)} {instrument.Net:G29} | {working}");
            return context;
        }

        private static string Leg(StrategyLeg leg) => $"{leg.Volume:G29}/{leg.Today:G29}/{leg.Yesterday:G29}@{leg.AverageOpenPrice}";
    }

    private sealed class BuysOnce : Strategy
    {
        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
        {
            if (instrument.Net == 0m && instrument.WorkingOrders.Count == 0) context.Place(OrderIntent.BuyOpen(instrument, 1m));
        }
    }

    private sealed class Busy : Strategy
    {
        private int _bar;

        public override void OnStart(IStrategyContext context) => context.SetTimer("first", context.Now.AddMinutes(7));

        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
        {
            context.Log($"{_bar} {context.State.Number("bars")} {context.State.Text("gone")}");
            context.State.Set("bars", (decimal)++_bar);
            if (_bar % 3 == 0) context.State.Set("gone", "here");
            else context.State.Forget("gone");
            if (_bar % 5 == 0) context.MoveTo(instrument, _bar % 2);
            if (_bar % 7 == 0) context.Place(OrderIntent.BuyOpen(instrument, 2m).AtLimit(bar.CloseTicks - 5));
        }

        public override void OnFill(IStrategyContext context, in StrategyFill fill) => context.Log($"fill {fill.Volume} {fill.Order.Offset == Offset.Open}");

        public override void OnOrder(IStrategyContext context, StrategyOrder order) => context.Log($"order {order.State} {order.Reason}");

        public override void OnTimer(IStrategyContext context, string name)
        {
            context.Log($"timer {name}");
            context.SetTimer("again", context.Now.AddMinutes(11));
        }
    }
}
