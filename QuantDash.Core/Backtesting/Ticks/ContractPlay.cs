using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>Follows one contract through a play: its bars, and its fills as round trips that have seen every price while they were held.</summary>
internal sealed class ContractPlay(Contract contract, Func<DateOnly, ContractTerms> termsOn, int minutes)
{
    private readonly BarBuilder _builder = new(contract, minutes);
    private readonly List<Bar> _bars = [];
    private readonly BacktestLeg _long = new(Side.Long);
    private readonly BacktestLeg _short = new(Side.Short);
    private readonly BlockLog<BacktestTrade> _trades = new();
    private readonly List<PositionChange> _positions = [];
    private readonly decimal _stepMoney = contract.PriceTick * contract.Multiplier * contract.VolumeStep;
    private DateOnly _day;

    public void Add(in Tick tick, SessionWindow window)
    {
        if (_builder.Add(tick, window) is { } bar) _bars.Add(bar);
        _long.See(tick.LastTicks, tick.LastTicks);
        _short.See(tick.LastTicks, tick.LastTicks);
    }

    public void Add(Trade trade)
    {
        var fill = trade.Fill;
        if (fill.TradingDay > _day) Begin(fill.TradingDay);
        var (leg, number) = (fill.LegSide == Side.Long ? _long : _short, _positions.Count);
        var (ticks, steps) = ((long)(fill.Price.Value / contract.PriceTick), (long)(fill.Volume.Value / contract.VolumeStep));
        if (fill.Offset == Offset.Open) leg.Open(ticks, steps, trade.Accounting.Fee, number, number);
        else leg.Close(new(ticks, steps, AgeOf(leg, fill, steps), trade.Accounting.Fee, _stepMoney, contract.VolumeStep, number, number, _trades));
        _positions.Add(new(number, _long.Steps, _short.Steps));
    }

    public PlayedContract End() => new(contract, _builder.Current is { } last ? [.. _bars, last] : _bars, _trades, _positions, Open(_long), Open(_short));

    /// <summary>What was opened before is of yesterday.</summary>
    private void Begin(DateOnly day)
    {
        _day = day;
        _long.Settle(0);
        _short.Settle(0);
    }

    /// <summary>As the books have taken them; lots that were chosen one by one (a lock that is undone) may be of any age.</summary>
    private LotAge? AgeOf(BacktestLeg leg, Fill fill, long steps)
    {
        var age = OffsetPlanner.Takes(fill.Offset, termsOn(fill.TradingDay));
        var held = age switch { LotAge.Today => leg.Today, LotAge.Yesterday => leg.Steps - leg.Today, null => leg.Steps };
        return held >= steps ? age : null;
    }

    private StrategyLeg Open(BacktestLeg leg) =>
        new(leg.Steps * contract.VolumeStep, leg.Today * contract.VolumeStep, leg.Steps == 0 ? null : leg.OpenCost * contract.PriceTick / leg.Steps);
}
