using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting;

/// <summary>The books of a backtest: <see cref="AccountLedger"/>'s accounts for one contract, kept in place. Decimal at every booking; between bookings equity is
/// <see cref="EquityBase"/> + <see cref="EquityPerTick"/> × ticks in double.</summary>
internal sealed class BacktestLedger
{
    private readonly Contract _contract;
    private readonly int _digits;

    public BacktestLedger(Contract contract, decimal cash)
    {
        (_contract, Cash) = (contract, cash);
        TickMoney = contract.PriceTick * contract.Multiplier;
        _digits = contract.Product.Class == AssetClass.Perpetual ? 8 : 2;
        Restate();
    }

    /// <summary>Money of one tick and one unit of volume.</summary>
    public decimal TickMoney { get; }

    /// <summary>Deposits + realised − fees − funding: equity without what the position is worth.</summary>
    public decimal Cash { get; private set; }
    public decimal Realised { get; private set; }
    public decimal Fees { get; private set; }

    /// <summary>Paid; below zero: received.</summary>
    public decimal Funding { get; private set; }
    public BacktestLeg Long { get; } = new(Side.Long);
    public BacktestLeg Short { get; } = new(Side.Short);
    public ContractTerms Terms { get; set; } = null!;
    public FeeSchedule FeeSchedule { get; set; } = null!;
    public bool IsFlat { get; private set; } = true;
    public decimal Net => Long.Volume - Short.Volume;

    /// <summary>The hot form of <see cref="EquityAt"/>.</summary>
    public double EquityBase { get; private set; }
    public double EquityPerTick { get; private set; }

    public BacktestLeg Leg(Side side) => side == Side.Long ? Long : Short;

    /// <summary>The fee of opening so much.</summary>
    public decimal OpeningFee(long ticks, decimal volume, bool asMaker) =>
        TradeFees.Open(FeeSchedule, _contract, _contract.PriceAt(ticks), new(volume), asMaker);

    /// <summary>Margin that opening takes, before any relief.</summary>
    public decimal OpeningMargin(Side side, long ticks, decimal volume) => ticks * volume * TickMoney * Rate(side);

    public void Open(Side side, long ticks, decimal volume, decimal fee, int bar, int order)
    {
        Leg(side).Open(ticks, volume, fee, bar, order);
        Charge(fee);
        Restate();
    }

    /// <summary>Returns the fee.</summary>
    public decimal Close(Side side, LotAge? takes, long ticks, decimal volume, bool asMaker, int bar, int order, List<BacktestTrade>? trades)
    {
        var leg = Leg(side);
        var asToday = leg.AsToday(volume, takes);
        var fee = TradeFees.Close(FeeSchedule, _contract, _contract.PriceAt(ticks), new(asToday), new(volume - asToday), asMaker);
        var result = leg.Close(new(ticks, volume, takes, fee, TickMoney, bar, order, trades)) * TickMoney;
        Realised += result;
        Cash += result;
        Charge(fee);
        Restate();
        return fee;
    }

    /// <summary>动态权益 at a price, exact.</summary>
    public decimal EquityAt(long ticks) => Cash + (((ticks * Net) - Long.OpenCost + Short.OpenCost) * TickMoney);

    /// <summary>Margin at a price (DOMAIN.md 2.2), as <see cref="MarginCalculator"/> counts it.</summary>
    public decimal MarginAt(long ticks)
    {
        if (IsFlat) return 0m;
        var (longs, shorts) = (Margin(Long, ticks), Margin(Short, ticks));
        return Terms.SingleSide switch
        {
            SingleSideMargin.RealTime => Math.Max(longs.Total, shorts.Total),
            SingleSideMargin.AtSettlement => Math.Max(longs.Settled, shorts.Settled) + longs.Today + shorts.Today,
            SingleSideMargin.Never => longs.Total + shorts.Total,
        };
    }

    /// <summary>Longs pay price × volume × rate to shorts.</summary>
    public void Fund(long ticks, decimal rate)
    {
        if (IsFlat) return;
        var paid = decimal.Round(ticks * Net * TickMoney * rate, _digits, MidpointRounding.AwayFromZero);
        Funding += paid;
        Cash -= paid;
        Restate();
    }

    public void Settle(long ticks)
    {
        if (IsFlat) return;
        Long.Settle(ticks);
        Short.Settle(ticks);
    }

    public void See(long low, long high)
    {
        Long.See(low, high);
        Short.See(low, high);
    }

    private LegMargin Margin(BacktestLeg leg, long ticks)
    {
        var rate = TickMoney * Rate(leg.Side);
        return Terms.MarginPrice == MarginPrice.Latest ? new(0m, ticks * leg.Volume * rate) : new(leg.SettledCost * rate, leg.TodayCost * rate);
    }

    private decimal Rate(Side side) => (side == Side.Long ? Terms.LongMargin : Terms.ShortMargin).Value;

    private void Charge(decimal fee)
    {
        Fees += fee;
        Cash -= fee;
    }

    private void Restate()
    {
        IsFlat = Long.Volume == 0m && Short.Volume == 0m;
        EquityBase = (double)(Cash + ((Short.OpenCost - Long.OpenCost) * TickMoney));
        EquityPerTick = IsFlat ? 0 : (double)(Net * TickMoney);
    }
}
