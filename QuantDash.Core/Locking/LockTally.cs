using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>What the trades say about one lock, added up.</summary>
internal sealed class LockTally(PositionLock held, LockReportFacts facts)
{
    private readonly Dictionary<Side, LegTally> _legs = new() { [Side.Long] = new(), [Side.Short] = new() };
    private Volume _locked;
    private Volume _lockedThatDay;
    private decimal _lockCost;
    private decimal _lockFee;
    private decimal? _closeFee = 0m;
    private decimal? _asToday = 0m;
    private DateOnly? _day;
    private Volume _letGo;
    private decimal _volumeDays;
    private decimal _firstDay;
    private LockReportGap? _gap;

    public PositionLock Lock => held;

    /// <summary>How much more is closed on both sides, not let go on one.</summary>
    public Volume BothLegs { get; set; }
    public DateTimeOffset? LastUnlock { get; set; }

    /// <summary>The leg held more than its trades say: a snapshot told of it.</summary>
    public bool HasUntoldLots { get; set; }

    private Volume Whole => held.Covered + held.UnlockedVolume;

    /// <summary>All the trades that made it are known.</summary>
    private bool IsTold => !held.IsAdopted && _locked == Whole;
    private Side Opposite => held.LockedSide.Opposite();
    private LegTally Protected => _legs[held.LockedSide];
    private LegTally Against => _legs[Opposite];
    private decimal Sign => held.LockedSide.Sign() * facts.Contract.Multiplier;

    /// <summary>An unlock that is to come: after all of them it is known how much of it closed both legs.</summary>
    public void Expect(Fill fill)
    {
        _legs[fill.LegSide].Unlocks += fill.Volume;
        BothLegs = (Protected.Unlocks + Against.Unlocks).Minus(held.UnlockedVolume);
    }

    public void Lose(LockReportGap gap) => _gap ??= gap;

    /// <summary>How much was locked on a day before its next fill.</summary>
    public Volume LockedOn(DateOnly day) => _day == day ? _lockedThatDay : Volume.Zero;

    public void Open(Fill fill, decimal fee, decimal? asToday)
    {
        _lockedThatDay = LockedOn(fill.TradingDay) + fill.Volume;
        _day = fill.TradingDay;
        _locked += fill.Volume;
        _lockCost += fill.Price.Value * fill.Volume.Value;
        _lockFee += fee;
        _asToday += asToday;
        _closeFee += CloseFee(fill.TradingDay, fill.Price, fill.Volume, asToday);
    }

    public void Exit(Side side, Price price, Volume volume, decimal fee) => _legs[side].Add(price, volume, paid: fee, toCome: 0m);

    /// <summary>Let go, it became the leg of the next lock: its result ends there.</summary>
    public void Relock(Side side, Fill fill, Volume volume) =>
        _legs[side].Add(fill.Price, volume, paid: 0m, toCome: EstimatedFee(side, fill.Price, volume, fill.TradingDay));

    /// <summary>It ended that far.</summary>
    public void LetGo(Volume volume, Fill fill)
    {
        _letGo += volume;
        Stood(volume, fill.OccurredAt, fill.TradingDay);
    }

    public void Leave(Side side, Volume volume) => _legs[side].Left += volume;

    public LockReportItem Item()
    {
        if (!held.Covered.IsZero) Stood(held.Covered, facts.Now, facts.TradingDay);
        var gap = _gap ?? Incomplete();
        var sure = gap is null;
        var lockCost = IsTold ? _lockCost : held.LockPrice?.Value * Whole.Value;
        var frozen = (lockCost - (held.ProtectedPrice?.Value * Whole.Value)) * Sign;
        decimal? paid = held.IsAdopted ? null : sure ? _lockFee + Protected.Paid + Against.Paid : held.Fees;
        var toCome = sure ? ToCome(Protected, held.LockedSide) + ToCome(Against, Opposite) : null;
        var afterwards = sure ? (Exits(Protected, 0m) - Exits(Against, 0m)) * Sign : null;
        var closing = afterwards - paid - toCome + CloseNow();
        var holding = sure && !held.IsAdopted ? ((lockCost - Exits(Against, held.Covered.Value)) * Sign) - _lockFee - Against.Paid - ToCome(Against, Opposite) : null;
        var fees = paid + toCome;
        var ended = held.Status == LockStatus.Unlocked ? LastUnlock ?? held.UpdatedAt : (DateTimeOffset?)null;
        return new()
        {
            Lock = held,
            Currency = facts.Contract.Currency,
            Volume = Whole,
            EndedAt = ended,
            Age = (ended ?? facts.Now) - held.CreatedAt,
            FrozenProfit = frozen,
            FeesPaid = Rounded(paid),
            FeesToCome = Rounded(toCome),
            RealisedProfit = held.RealisedProfit,
            MadeAfterwards = Rounded(afterwards),
            LockResult = Rounded(frozen + afterwards - fees),
            CloseResult = Rounded(frozen - CloseNow()),
            HoldResult = Rounded(frozen + afterwards - fees - holding),
            AgainstClosing = Rounded(closing),
            AgainstHolding = Rounded(holding),
            MarginDays = sure ? MarginDays() : null,
            Verdict = closing is not { } difference || fees is not { } all ? null : Math.Abs(difference) <= all ? LockVerdict.AboutEqual : difference > 0m ? LockVerdict.Beat : LockVerdict.Worse,
            Gap = gap ?? (closing is not null && holding is not null ? null : held.IsAdopted ? LockReportGap.Adopted : CloseNow() is null ? LockReportGap.AgeUnknown : LockReportGap.NoPrice),
        };
    }

    private LockReportGap? Incomplete()
    {
        if (held.Status == LockStatus.Broken || Protected.Unlocks + Against.Unlocks < held.UnlockedVolume) return LockReportGap.ClosedElsewhere;
        return (IsTold || held.IsAdopted) && _letGo == held.UnlockedVolume && _legs.Values.All(leg => leg.Closed + leg.Left + held.Covered == Whole) ? null : LockReportGap.TradesMissing;
    }

    /// <summary>Σ price × volume at which a leg ended, what is left of it at the price now.</summary>
    private decimal? Exits(LegTally leg, decimal covered)
    {
        var open = leg.Left.Value + covered;
        return leg.Sum + (open == 0m ? 0m : facts.Mark?.Value * open);
    }

    /// <summary>The fee of closing the leg instead; of an adopted pair nobody knows when that would have been.</summary>
    private decimal? CloseNow() => IsTold ? _closeFee : null;

    private decimal? ToCome(LegTally leg, Side side)
    {
        var open = leg.Left + held.Covered;
        if (open.IsZero) return leg.ToCome;
        return (facts.Mark ?? held.LockPrice) is { } price && (facts.TradingDay ?? _day) is { } day ? leg.ToCome + EstimatedFee(side, price, open, day) : null;
    }

    /// <summary>On the day of the lock the lock leg is of today, and the protected leg as far as it was then.</summary>
    private decimal? EstimatedFee(Side side, Price price, Volume volume, DateOnly day) =>
        CloseFee(day, price, volume, day != _day ? 0m : side == Opposite ? volume.Value : _asToday is { } today ? Math.Min(today, volume.Value) : null);

    private decimal? CloseFee(DateOnly day, Price price, Volume volume, decimal? asToday)
    {
        var fees = facts.TermsOn(day).Fees;
        if (asToday is null && fees.Close != fees.CloseToday) return null;
        var today = new Volume(asToday ?? 0m);
        return TradeFees.Close(fees, facts.Contract, price, today, volume.Minus(today));
    }

    private void Stood(Volume volume, DateTimeOffset until, DateOnly? day)
    {
        var days = volume.Value * (until - held.CreatedAt).Ticks / TimeSpan.TicksPerDay;
        if (day is not null && day == _day) _firstDay += days;
        else _volumeDays += days;
    }

    /// <summary>Both legs are charged until the first settlement where the relief begins with it.</summary>
    private decimal? MarginDays()
    {
        if (held.LockPrice is not { } price || _day is not { } day) return null;
        var terms = facts.TermsOn(day);
        var (both, larger) = (terms.LongMargin.Value + terms.ShortMargin.Value, Math.Max(terms.LongMargin.Value, terms.ShortMargin.Value));
        var (first, later) = terms.SingleSide switch
        {
            SingleSideMargin.RealTime => (larger, larger),
            SingleSideMargin.AtSettlement => (both, larger),
            SingleSideMargin.Never => (both, both),
        };
        return decimal.Round(price.Value * facts.Contract.Multiplier * ((_firstDay * first) + (_volumeDays * later)), 2);
    }

    private static decimal? Rounded(decimal? money) => money is { } known ? decimal.Round(known, 8) : null;

    private sealed class LegTally
    {
        public Volume Unlocks { get; set; }
        public Volume Closed { get; private set; }
        public Volume Left { get; set; }
        public decimal Sum { get; private set; }
        public decimal Paid { get; private set; }
        public decimal? ToCome { get; private set; } = 0m;

        public void Add(Price price, Volume volume, decimal paid, decimal? toCome)
        {
            Closed += volume;
            Sum += price.Value * volume.Value;
            Paid += paid;
            ToCome += toCome;
        }
    }
}
