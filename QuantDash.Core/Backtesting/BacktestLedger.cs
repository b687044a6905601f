using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting;

/// <summary>The books of a backtest: <see cref="AccountLedger"/>'s accounts for one contract, kept in place. Position in whole ticks and steps, money decimal at every booking; between bookings equity
/// is <see cref="EquityBase"/> + <see cref="EquityPerTick"/> × ticks in double.</summary>
internal sealed class BacktestLedger
{
    /// <summary>Far more than doubles can be wrong by.</summary>
    private const double NearlyAll = 0.999;

    private readonly int _digits;
    private readonly decimal _volumeStep;
    private readonly double _stepMoney;
    private double _longMargin;
    private double _shortMargin;
    private long _lowSeen = long.MaxValue;
    private long _highSeen = long.MinValue;

    public BacktestLedger(Contract contract, decimal cash)
    {
        Cash = cash;
        _volumeStep = contract.VolumeStep;
        StepMoney = contract.PriceTick * contract.Multiplier * contract.VolumeStep;
        _stepMoney = (double)StepMoney;
        _digits = contract.Product.Class == AssetClass.Perpetual ? 8 : 2;
        Restate();
    }

    /// <summary>Money of one tick and one step of volume.</summary>
    public decimal StepMoney { get; }

    /// <summary>Deposits + realised − fees − funding: equity without what the position is worth.</summary>
    public decimal Cash { get; private set; }
    public decimal Realised { get; private set; }
    public decimal Fees { get; private set; }

    /// <summary>Paid; below zero: received.</summary>
    public decimal Funding { get; private set; }
    public BacktestLeg Long { get; } = new(Side.Long);
    public BacktestLeg Short { get; } = new(Side.Short);
    public ContractTerms Terms { get; private set; } = null!;
    public FeeSchedule FeeSchedule { get; private set; } = null!;
    public bool IsFlat { get; private set; } = true;

    /// <summary>Long − short in steps.</summary>
    public long NetSteps => Long.Steps - Short.Steps;

    /// <summary>The hot form of <see cref="EquityAt"/>.</summary>
    public double EquityBase { get; private set; }
    public double EquityPerTick { get; private set; }

    public void SetTerms(ContractTerms terms, FeeSchedule fees)
    {
        (Terms, FeeSchedule) = (terms, fees);
        (_longMargin, _shortMargin) = ((double)terms.LongMargin.Value, (double)terms.ShortMargin.Value);
    }

    public BacktestLeg Leg(Side side) => side == Side.Long ? Long : Short;

    /// <summary>As <see cref="TradeFees.Open"/> has it.</summary>
    public decimal OpeningFee(long ticks, long steps, bool asMaker) => Rounded(Fee(MakerOr(FeeSchedule.Open, asMaker), ticks, steps));

    /// <summary>Margin that opening takes, before any relief.</summary>
    public decimal OpeningMargin(Side side, long ticks, long steps) => checked(ticks * steps) * StepMoney * Rate(side);

    /// <summary>Nothing is held and the funds are more than enough: no need to count exactly. False says nothing.</summary>
    public bool SurelyAffords(Side side, long ticks, long steps, decimal fee) =>
        IsFlat && ((double)ticks * steps * _stepMoney * (side == Side.Long ? _longMargin : _shortMargin)) + (double)fee < EquityBase * NearlyAll;

    public void Open(Side side, long ticks, long steps, decimal fee, int bar, int order)
    {
        Fold();
        Leg(side).Open(ticks, steps, fee, bar, order);
        Charge(fee);
        Restate();
    }

    /// <summary>Returns the fee, as <see cref="TradeFees.Close"/> has it.</summary>
    public decimal Close(Side side, LotAge? takes, long ticks, long steps, bool asMaker, int bar, int order, BlockLog<BacktestTrade>? trades)
    {
        Fold();
        var leg = Leg(side);
        var asToday = leg.AsToday(steps, takes);
        var fee = Rounded(Fee(MakerOr(FeeSchedule.CloseToday, asMaker), ticks, asToday) + Fee(MakerOr(FeeSchedule.Close, asMaker), ticks, steps - asToday));
        var result = leg.Close(new(ticks, steps, takes, fee, StepMoney, _volumeStep, bar, order, trades)) * StepMoney;
        Realised += result;
        Cash += result;
        Charge(fee);
        Restate();
        return fee;
    }

    /// <summary>动态权益 at a price, exact.</summary>
    public decimal EquityAt(long ticks) => Cash + (Floating(ticks) * StepMoney);

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
        var paid = Rounded(checked(ticks * NetSteps) * StepMoney * rate);
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

    /// <summary>What is held was held to the end of a bar. Only the extremes are noted; the lots learn of them before they change.</summary>
    public void See(long low, long high)
    {
        if (low < _lowSeen) _lowSeen = low;
        if (high > _highSeen) _highSeen = high;
    }

    private void Fold()
    {
        if (_lowSeen == long.MaxValue) return;
        Long.See(_lowSeen, _highSeen);
        Short.See(_lowSeen, _highSeen);
        (_lowSeen, _highSeen) = (long.MaxValue, long.MinValue);
    }

    private long Floating(long ticks) => checked(ticks * NetSteps) - Long.OpenCost + Short.OpenCost;

    private decimal Fee(FeeRate rate, long ticks, long steps)
    {
        if (steps == 0 || rate.Value == 0m) return 0m;
        return rate.Basis == FeeBasis.ByMoney ? checked(ticks * steps) * StepMoney * rate.Value : rate.Value * steps * _volumeStep;
    }

    private FeeRate MakerOr(FeeRate rate, bool asMaker) => asMaker ? FeeSchedule.Maker ?? rate : rate;

    private decimal Rounded(decimal amount) => decimal.Round(amount, _digits, MidpointRounding.AwayFromZero);

    private LegMargin Margin(BacktestLeg leg, long ticks)
    {
        if (leg.Steps == 0) return default;
        var rate = StepMoney * Rate(leg.Side);
        return Terms.MarginPrice == MarginPrice.Latest ? new(0m, checked(ticks * leg.Steps) * rate) : new(leg.SettledCost * rate, leg.TodayCost * rate);
    }

    private decimal Rate(Side side) => (side == Side.Long ? Terms.LongMargin : Terms.ShortMargin).Value;

    private void Charge(decimal fee)
    {
        Fees += fee;
        Cash -= fee;
    }

    private void Restate()
    {
        IsFlat = Long.Steps == 0 && Short.Steps == 0;
        EquityBase = (double)Cash + ((Short.OpenCost - Long.OpenCost) * _stepMoney);
        EquityPerTick = NetSteps * _stepMoney;
    }
}
