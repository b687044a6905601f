using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;

namespace QuantDash.Tests.Core.Backtesting.Locks;

/// <summary>10 lots of PTA (tick 2, multiplier 5) long at 5500, and a morning of ticks a second apart, bid and ask one tick from the last price.</summary>
internal static class LockDay
{
    public static readonly DateTimeOffset Open = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);
    public static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(EngineHarness.Calendar);
    public static readonly Contract Pta = Catalog.Find(PtaDesk.Pta, new DateOnly(2026, 11, 20))!;
    public static readonly LockBacktest Backtest = new(Catalog, EngineHarness.Calendar, new());

    public static LockScene Scene(decimal volume = 10, decimal? price = 5500, Side side = Side.Long) =>
        new(Pta, 10_000_000m, [new(side, new(volume), price is { } open ? new Price(open) : null)]);

    public static LockTicks Ticks(params IReadOnlyList<double> prices)
    {
        List<RawTick> ticks = [.. prices.Select((price, i) => Tick(i, price))];
        return new(() => ticks);
    }

    public static RawTick Tick(double second, double last, double depth = 100) =>
        new() { Timestamp = Open.AddSeconds(second), LastPrice = last, BidPrice = last - 2, BidVolume = depth, AskPrice = last + 2, AskVolume = depth };

    public static LockRule Rule(TriggerType type = TriggerType.Price, Side side = Side.Long) => EngineHarness.NewRule(default, PtaDesk.Pta, side, type);

    public static LockRule Profit(decimal threshold) => Rule(TriggerType.Profit) with { ProfitLockEnabled = true, ProfitLockThreshold = threshold };

    public static LockRule Trailing(decimal distance) => Rule(TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = distance };

    public static LockBacktestResult Run(LockTicks ticks, params IReadOnlyList<LockRule> rules) => Run(ticks, LockConfirmation.Never, rules);

    public static LockBacktestResult Run(LockTicks ticks, LockConfirmation confirmation, params IReadOnlyList<LockRule> rules)
    {
        var outcome = Backtest.Run(Scene(), ticks, confirmation, rules);
        outcome.Problems.ShouldBeEmpty();
        return outcome.Value;
    }

    /// <summary>What decided: condition, second of the morning, price.</summary>
    public static (ConditionKind Condition, double Second, decimal Price) Of(LockFiring firing) =>
        (firing.Trigger.Condition, (firing.Trigger.TickTimestamp - Open).TotalSeconds, firing.Trigger.TriggerPrice.Value);
}
