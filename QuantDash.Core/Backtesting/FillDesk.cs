using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>Fills orders at a price of the bar: slips, checks funds and position, books, and tells the strategy.</summary>
internal sealed class FillDesk(BacktestContext context, BacktestLedger ledger, IStrategy strategy, Contract contract, BacktestOptions options, long ticksOfATick)
{
    private readonly SeededRandom _random = new(options.Seed);
    private readonly bool _neverSlips = options.Slippage == SlippageModel.None;
    private int _bar = -1;
    private double _barVolume;
    private long _capacity = long.MaxValue;
    private Int128 _traded;
    private Int128 _slipped;

    /// <summary>Null: nobody wants them.</summary>
    public BlockLog<BacktestTrade>? Trades { get; } = options.KeepsDetail ? new() : null;

    /// <summary>What was held after each fill; null: nobody wants to know.</summary>
    public BlockLog<PositionChange>? Positions { get; } = options.KeepsDetail ? new() : null;
    public int Fills { get; private set; }

    /// <summary>Σ price × volume × multiplier.</summary>
    public decimal Turnover => (decimal)_traded * ledger.StepMoney;

    /// <summary>What slipping cost, in money.</summary>
    public decimal SlippageCost => (decimal)_slipped * ledger.StepMoney;

    /// <summary>Nothing more can be filled within this bar.</summary>
    public bool IsExhausted => _capacity == 0;

    /// <summary>Says how much this bar can give; told of the same bar again, what was taken stays taken.</summary>
    public void BeginBar(int bar, double volume)
    {
        if (bar == _bar) return;
        (_bar, _barVolume) = (bar, volume);
        if (options.VolumeShare is { } share) _capacity = (long)decimal.Floor((decimal)volume * share / contract.VolumeStep);
    }

    /// <summary>Fills as much as may be; an order that cannot be carried out at all ends here.</summary>
    /// <param name="ticks">The price before slipping.</param>
    public void Fill(StrategyOrder order, long ticks, bool asMaker, bool slips, int bar)
    {
        if (!context.Limits.Trades(order.Side, ticks)) return;
        var steps = Math.Min(order.Steps - order.FilledSteps, _capacity);
        if (steps <= 0) return;
        if (order.Offset == Offset.Open) Open(order, ticks, steps, asMaker, slips, bar);
        else Close(order, ticks, steps, asMaker, slips, bar);
        if (context.Untold.Count > 0) Tell();
    }

    /// <summary>Tells of orders that ended, until nothing is left to tell.</summary>
    public void Tell()
    {
        while (context.TakeUntold() is { } order)
        {
            if (context.ClosedBecause is null) strategy.OnOrder(context, order);
        }
    }

    private void Open(StrategyOrder order, long raw, long steps, bool asMaker, bool slips, int bar)
    {
        if (!contract.Product.HoldsBothSides && ledger.Leg(order.LegSide.Opposite()).Steps != 0)
        {
            context.End(order, StrategyOrderState.Rejected, OrderReasons.OneSideOnly);
            return;
        }
        var price = slips ? Slipped(order.Side, raw, steps) : raw;
        var fee = ledger.OpeningFee(price, steps, asMaker);
        if (!ledger.SurelyAffords(order.LegSide, price, steps, fee) && Shortage(order.LegSide, raw, price, steps, fee) is { } shortage)
        {
            context.End(order, StrategyOrderState.Rejected, shortage);
            return;
        }
        ledger.Open(order.LegSide, price, steps, fee, bar, order.Number);
        Filled(order, raw, price, steps, fee);
    }

    private void Close(StrategyOrder order, long raw, long steps, bool asMaker, bool slips, int bar)
    {
        var leg = ledger.Leg(order.LegSide);
        var takes = Takes(order.Offset);
        var held = takes switch { LotAge.Today => leg.Today, LotAge.Yesterday => leg.Steps - leg.Today, null => leg.Steps };
        if (held == 0)
        {
            context.End(order, StrategyOrderState.Cancelled, OrderReasons.NothingToClose);
            return;
        }
        steps = Math.Min(steps, held);
        var price = slips ? Slipped(order.Side, raw, steps) : raw;
        var fee = takes is null && ledger.Terms.DistinguishesToday
            ? CloseByAge(order, leg, price, steps, asMaker, bar)
            : ledger.Close(order.LegSide, takes, price, steps, asMaker, bar, order.Number, Trades);
        var restNotHeld = steps == held && order.Steps - order.FilledSteps > steps;
        Filled(order, raw, price, steps, fee);
        if (restNotHeld && order.IsWorking) context.End(order, StrategyOrderState.Cancelled, OrderReasons.RestNotHeld);
    }

    /// <summary>As the platform plans it on exchanges that tell today from yesterday: the older lots first, one order for each age.</summary>
    private decimal CloseByAge(StrategyOrder order, BacktestLeg leg, long price, long steps, bool asMaker, int bar)
    {
        var older = Math.Min(steps, leg.Steps - leg.Today);
        var fee = 0m;
        if (older > 0) fee += ledger.Close(order.LegSide, LotAge.Yesterday, price, older, asMaker, bar, order.Number, Trades);
        if (steps > older) fee += ledger.Close(order.LegSide, LotAge.Today, price, steps - older, asMaker, bar, order.Number, Trades);
        return fee;
    }

    private string? Shortage(Side side, long raw, long price, long steps, decimal fee)
    {
        var needed = ledger.OpeningMargin(side, price, steps) + fee;
        var available = ledger.EquityAt(raw) - ledger.MarginAt(raw);
        return needed > available ? OrderReasons.NotEnoughFunds(needed, available) : null;
    }

    private LotAge? Takes(Offset offset) => offset == Offset.Close ? null : OffsetPlanner.Takes(offset, ledger.Terms);

    private long Slipped(OrderSide side, long ticks, long steps)
    {
        if (_neverSlips) return ticks;
        var by = options.Slippage.Of(ticks, steps * contract.VolumeStep, _barVolume, _random);
        if (options.Slippage is not SlippageModel.OfVolume) by *= ticksOfATick;
        return side == OrderSide.Buy ? Math.Min(ticks + by, context.Limits.Upper) : Math.Max(Math.Max(ticks - by, context.Limits.Lower), 1);
    }

    private void Filled(StrategyOrder order, long raw, long price, long steps, decimal fee)
    {
        Fills++;
        Positions?.Add(new(_bar, ledger.Long.Steps, ledger.Short.Steps));
        _traded += price * steps;
        _slipped += Math.Abs(price - raw) * steps;
        if (options.VolumeShare is not null) _capacity -= steps;
        order.FilledSteps += steps;
        var volume = steps == order.Steps ? order.Volume : steps * contract.VolumeStep;
        if (order.FilledSteps == order.Steps) (order.FilledVolume, order.State) = (order.Volume, StrategyOrderState.Filled);
        else order.FilledVolume += volume;
        if (context.ClosedBecause is null) strategy.OnFill(context, new(order, price, volume, fee, context.At));
        if (!order.IsWorking) context.Untold.Enqueue(order);
    }
}
