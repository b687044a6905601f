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
    private int _bar = -1;
    private double _barVolume;
    private decimal? _capacity;

    public List<BacktestTrade> Trades { get; } = [];
    public int Fills { get; private set; }
    public decimal Turnover { get; private set; }

    /// <summary>What slipping cost, in money.</summary>
    public decimal SlippageCost { get; private set; }

    /// <summary>Nothing more can be filled within this bar.</summary>
    public bool IsExhausted => _capacity == 0m;

    /// <summary>Says how much this bar can give; told of the same bar again, what was taken stays taken.</summary>
    public void BeginBar(int bar, double volume)
    {
        if (bar == _bar) return;
        (_bar, _barVolume) = (bar, volume);
        if (options.VolumeShare is { } share) _capacity = context.Instrument.FloorVolume((decimal)volume * share);
    }

    /// <summary>Fills as much as may be; an order that cannot be carried out at all ends here.</summary>
    /// <param name="ticks">The price before slipping.</param>
    public void Fill(StrategyOrder order, long ticks, bool asMaker, bool slips, int bar)
    {
        if (!context.Limits.Trades(order.Side, ticks)) return;
        var volume = Math.Min(order.Remaining, _capacity ?? order.Remaining);
        if (volume <= 0m) return;
        if (order.Offset == Offset.Open) Open(order, ticks, volume, asMaker, slips, bar);
        else Close(order, ticks, volume, asMaker, slips, bar);
        Tell();
    }

    /// <summary>Tells of orders that ended, until nothing is left to tell.</summary>
    public void Tell()
    {
        while (context.Untold.TryDequeue(out var order))
            if (context.ClosedBecause is null) strategy.OnOrder(context, order);
    }

    private void Open(StrategyOrder order, long raw, decimal volume, bool asMaker, bool slips, int bar)
    {
        if (!contract.Product.HoldsBothSides && ledger.Leg(order.LegSide.Opposite()).Volume != 0m)
        {
            context.End(order, StrategyOrderState.Rejected, OrderReasons.OneSideOnly);
            return;
        }
        var price = Slipped(order.Side, raw, volume, slips);
        var fee = ledger.OpeningFee(price, volume, asMaker);
        var needed = ledger.OpeningMargin(order.LegSide, price, volume) + fee;
        var available = ledger.EquityAt(raw) - ledger.MarginAt(raw);
        if (needed > available)
        {
            context.End(order, StrategyOrderState.Rejected, OrderReasons.NotEnoughFunds(needed, available));
            return;
        }
        ledger.Open(order.LegSide, price, volume, fee, bar, order.Number);
        Filled(order, raw, price, volume, fee);
    }

    private void Close(StrategyOrder order, long raw, decimal volume, bool asMaker, bool slips, int bar)
    {
        var leg = ledger.Leg(order.LegSide);
        var takes = Takes(order.Offset);
        var held = takes switch { LotAge.Today => leg.Today, LotAge.Yesterday => leg.Volume - leg.Today, null => leg.Volume };
        if (held == 0m)
        {
            context.End(order, StrategyOrderState.Cancelled, OrderReasons.NothingToClose);
            return;
        }
        volume = Math.Min(volume, held);
        var price = Slipped(order.Side, raw, volume, slips);
        var fee = takes is null && ledger.Terms.DistinguishesToday
            ? CloseByAge(order, leg, price, volume, asMaker, bar)
            : ledger.Close(order.LegSide, takes, price, volume, asMaker, bar, order.Number, Trades);
        var restNotHeld = volume == held && order.Remaining > volume;
        Filled(order, raw, price, volume, fee);
        if (restNotHeld && order.IsWorking) context.End(order, StrategyOrderState.Cancelled, OrderReasons.RestNotHeld);
    }

    /// <summary>As the platform plans it on exchanges that tell today from yesterday: the older lots first, one order for each age.</summary>
    private decimal CloseByAge(StrategyOrder order, BacktestLeg leg, long price, decimal volume, bool asMaker, int bar)
    {
        var older = Math.Min(volume, leg.Volume - leg.Today);
        var fee = 0m;
        if (older > 0m) fee += ledger.Close(order.LegSide, LotAge.Yesterday, price, older, asMaker, bar, order.Number, Trades);
        if (volume > older) fee += ledger.Close(order.LegSide, LotAge.Today, price, volume - older, asMaker, bar, order.Number, Trades);
        return fee;
    }

    private LotAge? Takes(Offset offset) => offset == Offset.Close ? null : OffsetPlanner.Takes(offset, ledger.Terms);

    private long Slipped(OrderSide side, long ticks, decimal volume, bool slips)
    {
        if (!slips) return ticks;
        var by = options.Slippage.Of(ticks, volume, _barVolume, _random);
        if (options.Slippage is not SlippageModel.OfVolume) by *= ticksOfATick;
        return side == OrderSide.Buy ? Math.Min(ticks + by, context.Limits.Upper) : Math.Max(Math.Max(ticks - by, context.Limits.Lower), 1);
    }

    private void Filled(StrategyOrder order, long raw, long price, decimal volume, decimal fee)
    {
        Fills++;
        Turnover += price * volume;
        if (price != raw) SlippageCost += Math.Abs(price - raw) * volume * ledger.TickMoney;
        if (_capacity is not null) _capacity -= volume;
        order.FilledVolume += volume;
        if (order.Remaining == 0m) order.State = StrategyOrderState.Filled;
        if (context.ClosedBecause is null) strategy.OnFill(context, new(order, price, volume, fee, context.Now));
        if (!order.IsWorking) context.Untold.Enqueue(order);
    }
}
