using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Core.Backtesting;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>Built-in strategies over bars nobody chose.</summary>
public sealed class StrategyProperties
{
    [Fact]
    public void AnyBars_AgreeWithTheNaiveTwins() => Prop.ForAll((int seed) =>
    {
        var random = new Random(seed);
        var bars = StrategyBars.Walk(seed, 400, random.Next(30, 200), random.Next(400, 6_000));
        var options = new BacktestOptions { Cash = random.Next(3) == 0 ? 12_000m : 2_000_000m, Slippage = new SlippageModel.Ticks(random.Next(3)), Path = (BarPath)random.Next(4), LimitFill = (LimitFill)random.Next(2) };
        foreach (var strategy in Some(random)) strategy.Agree(BacktestSamples.SilverFuture(), bars, options, $"{strategy.Definition.Name}, seed {seed}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Nobody_HoldsMoreThanItsSize_NorOrdersInWarmUp() => Prop.ForAll((int seed) =>
    {
        var random = new Random(seed);
        var bars = StrategyBars.Walk(seed, 300, 60, 5_000);
        foreach (var strategy in Some(random).Where(s => s.Definition.Name != "opening-buyer"))
        {
            var values = BacktestSamples.Bind(strategy.Definition, strategy.Values);
            var most = decimal.Parse(strategy.Values.Single(v => v.Name == "volume").Value, System.Globalization.CultureInfo.InvariantCulture) * (strategy.Definition.Name == "grid" ? int.Parse(strategy.Values.Single(v => v.Name == "lines").Value, System.Globalization.CultureInfo.InvariantCulture) : 1);
            var watched = strategy.Definition with { Create = made => new Watched(strategy.Definition.Create(made), most) };
            Backtest.Run(watched, values, BacktestSamples.SilverFuture(), bars, new() { Cash = 2_000_000m });
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static IEnumerable<StrategyCase> Some(Random random)
    {
        yield return StrategyCase.Rsi(random.Next(1, 4), random.Next(2, 20), random.Next(20, 40), random.Next(60, 80), random.Next(2) * random.Next(45, 60));
        yield return StrategyCase.Bollinger(random.Next(1, 4), random.Next(2, 30), random.Next(5, 30) / 10m, random.Next(2) == 0 ? "reversion" : "breakout");
        yield return StrategyCase.VolumeBreakout(random.Next(1, 4), random.Next(2, 30), random.Next(1, 30), random.Next(5, 30) / 10m, random.Next(1, 30));
        yield return StrategyCase.Momentum(random.Next(1, 4), random.Next(2) == 0 ? 5 : 15, random.Next(2, 10), random.Next(1, 20), random.Next(0, 30) / 100m);
        yield return StrategyCase.Donchian(random.Next(1, 4), random.Next(2, 30), random.Next(2, 30), random.Next(5, 40) / 10m);
        yield return StrategyCase.Grid(random.Next(1, 4), random.Next(5, 150) / 100m, random.Next(1, 6), new[] { "both", "long", "short" }[random.Next(3)], random.Next(4));
        yield return StrategyCase.Opening(StrategyBars.OpenOf, random.Next(1_000, 300_000), random.Next(5), random.Next(1, 20), random.Next(2) == 0);
    }

    /// <summary>Looks at every event whether more is held than may be, and at every order whether it was refused for the warm-up.</summary>
    private sealed class Watched(IStrategy inner, decimal most) : IStrategy
    {
        public void OnStart(IStrategyContext context) => inner.OnStart(context);

        public void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick) => inner.OnTick(context, instrument, tick);

        public void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
        {
            Look(instrument);
            inner.OnBar(context, instrument, bar);
            if (context.IsWarmingUp) instrument.WorkingOrders.ShouldBeEmpty();
        }

        public void OnOrder(IStrategyContext context, StrategyOrder order)
        {
            order.Reason.ShouldNotBe("warming up: no orders yet");
            inner.OnOrder(context, order);
        }

        public void OnFill(IStrategyContext context, in StrategyFill fill)
        {
            Look(fill.Order.Instrument);
            inner.OnFill(context, fill);
        }

        public void OnTimer(IStrategyContext context, string name) => inner.OnTimer(context, name);

        public void OnStop(IStrategyContext context) => inner.OnStop(context);

        private void Look(IStrategyInstrument instrument) => Math.Max(instrument.Long.Volume, instrument.Short.Volume).ShouldBeLessThanOrEqualTo(most);
    }
}
