using QuantDash.Core.Instruments;

namespace QuantDash.Core.Markets;

/// <summary>Checks the values of a raw tick one by one and turns its prices into whole ticks of the contract. Says nothing about order, age or jumps:
/// those need what came before (<see cref="TickGate"/>).</summary>
/// <remarks>Same arithmetic as <see cref="Contract.TryTicks(double, out long)"/>, with the decimal price tick converted once.</remarks>
internal sealed class TickConversion(Contract contract)
{
    private const double HighestPrice = 1e9;
    private static readonly long EarliestTime = new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long LatestTime = new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly double _step = (double)contract.PriceTick;
    private readonly double _stepsPerPoint = 1 / (double)contract.PriceTick;
    private readonly bool _hasMark = contract.Product.HasMarkPrice;

    /// <summary>Trades of stocks off the exchange's book are made at fractions of a tick: they count as the nearest one. Quotes are not.</summary>
    private readonly bool _roundsTrades = contract.Product.Class == AssetClass.Stock;

    // What hardly changes during a day is converted once: limits, the day's open, high and low, the previous settlement.
    private double _upperLimit, _lowerLimit, _open, _high, _low, _preSettlement;
    private long _upperLimitTicks, _lowerLimitTicks, _openTicks, _highTicks, _lowTicks;
    private decimal _preSettlementValue;

    public Contract Contract => contract;

    /// <summary>The tick, or the first reason against it.</summary>
    /// <param name="receivedAt">Null: the tick's own time.</param>
    public TickReject TryConvert(in RawTick raw, DateTimeOffset? receivedAt, out Tick tick)
    {
        tick = default;
        var reason = CheckRanges(raw);
        if (reason != TickReject.None) return reason;

        reason = LastOf(raw.LastPrice, out var last);
        if (reason == TickReject.OffTick && _roundsTrades && last >= 1) reason = TickReject.None;
        if (reason != TickReject.None) return reason;
        reason = SideOf(raw.BidPrice, raw.BidVolume, out var bid);
        if (reason != TickReject.None) return reason;
        reason = SideOf(raw.AskPrice, raw.AskVolume, out var ask);
        if (reason != TickReject.None) return reason;

        reason = MarkOf(raw.MarkPrice, out var mark);
        if (reason != TickReject.None) return reason;

        RefreshDayValues(raw);
        if (Outside(last) || (bid != 0 && Outside(bid)) || (ask != 0 && Outside(ask))) return TickReject.OutsideLimits;
        if (bid != 0 && ask != 0 && bid > ask) return TickReject.Crossed;

        var occurredAt = new DateTimeOffset(raw.Timestamp.UtcTicks, TimeSpan.Zero);
        tick = new Tick
        {
            OccurredAt = occurredAt,
            ReceivedAt = receivedAt ?? occurredAt,
            LastTicks = last,
            BidTicks = bid,
            AskTicks = ask,
            MarkTicks = mark,
            BidVolume = bid == 0 ? 0m : Exact(raw.BidVolume ?? 0),
            AskVolume = ask == 0 ? 0m : Exact(raw.AskVolume ?? 0),
            DayVolume = Exact(raw.Volume ?? 0),
            OpenInterest = Exact(raw.OpenInterest ?? 0),
            OpenTicks = _openTicks,
            HighTicks = _highTicks,
            LowTicks = _lowTicks,
            PreSettlement = _preSettlementValue,
            UpperLimitTicks = _upperLimitTicks,
            LowerLimitTicks = _lowerLimitTicks,
        };
        return TickReject.None;
    }

    private static TickReject CheckRanges(in RawTick raw)
    {
        if (!double.IsFinite(raw.LastPrice)) return TickReject.NotANumber;
        if (raw.LastPrice <= 0) return TickReject.NotPositive;
        if (raw.LastPrice > HighestPrice) return TickReject.OutOfRange;
        var time = raw.Timestamp.UtcTicks;
        if (time < EarliestTime || time >= LatestTime) return TickReject.OutOfRange;

        // One not-a-number among them makes the sum one; two infinities of opposite sign do too.
        var others = Of(raw.Volume) + Of(raw.Turnover) + Of(raw.OpenInterest) + Of(raw.BidVolume) + Of(raw.AskVolume)
            + Price(raw.OpenPrice) + Price(raw.HighPrice) + Price(raw.LowPrice) + Price(raw.PreSettlement)
            + Price(raw.UpperLimit) + Price(raw.LowerLimit);
        if (!double.IsFinite(others)) return Unusable(raw);
        if (raw.Volume < 0 || raw.Turnover < 0 || raw.OpenInterest < 0 || raw.BidVolume < 0 || raw.AskVolume < 0) return TickReject.NegativeVolume;
        return Largest(raw) > 1e15 ? TickReject.OutOfRange : TickReject.None;
    }

    /// <summary>The sum of the fields was not finite: because one of them is not, or because finite ones are absurd.</summary>
    private static TickReject Unusable(in RawTick raw)
    {
        ReadOnlySpan<double?> fields =
        [
            raw.Volume, raw.Turnover, raw.OpenInterest, raw.BidVolume, raw.AskVolume, raw.OpenPrice, raw.HighPrice, raw.LowPrice,
            raw.PreSettlement, raw.UpperLimit, raw.LowerLimit,
        ];
        foreach (var field in fields)
        {
            if (field is { } value && !double.IsFinite(value)) return TickReject.NotANumber;
        }

        return TickReject.OutOfRange;
    }

    private static double Largest(in RawTick raw) =>
        Math.Max(Math.Max(Of(raw.Volume), Of(raw.OpenInterest)), Math.Max(Of(raw.BidVolume), Of(raw.AskVolume)));

    private TickReject LastOf(double price, out long ticks)
    {
        ticks = (long)Math.Round(price * _stepsPerPoint);
        if (Math.Abs((ticks * _step) - price) > Contract.TickTolerance) return TickReject.OffTick;
        return ticks < 1 ? TickReject.OutOfRange : TickReject.None;
    }

    /// <summary>0 for an absent side: no price, a price of 0 or DBL_MAX (CTP's "none"), or a stated volume of 0. A price without any volume counts.</summary>
    private TickReject SideOf(double? price, double? volume, out long ticks)
    {
        ticks = 0;
        if (price is not { } given || given is 0 or double.MaxValue || volume is 0) return TickReject.None;
        if (!double.IsFinite(given)) return TickReject.NotANumber;
        if (given < 0) return TickReject.NotPositive;
        return given > HighestPrice ? TickReject.OutOfRange : LastOf(given, out ticks);
    }

    /// <summary>0 for an absent mark: none given, 0 or DBL_MAX, or a contract that has none. It decides, so what is no price at all rejects the tick; it is
    /// computed by the venue, so it may lie between two ticks and counts as the nearer one.</summary>
    private TickReject MarkOf(double? price, out long ticks)
    {
        ticks = 0;
        if (!_hasMark || price is not { } given || given is 0 or double.MaxValue) return TickReject.None;
        if (!double.IsFinite(given)) return TickReject.NotANumber;
        if (given < 0) return TickReject.NotPositive;
        if (given > HighestPrice) return TickReject.OutOfRange;
        ticks = (long)Math.Round(given * _stepsPerPoint);
        return ticks < 1 ? TickReject.OutOfRange : TickReject.None;
    }

    private void RefreshDayValues(in RawTick raw)
    {
        if (Price(raw.UpperLimit) != _upperLimit) _upperLimitTicks = Below(_upperLimit = Price(raw.UpperLimit));
        if (Price(raw.LowerLimit) != _lowerLimit) _lowerLimitTicks = Above(_lowerLimit = Price(raw.LowerLimit));
        if (Price(raw.OpenPrice) != _open) _openTicks = OnTick(_open = Price(raw.OpenPrice));
        if (Price(raw.HighPrice) != _high) _highTicks = OnTick(_high = Price(raw.HighPrice));
        if (Price(raw.LowPrice) != _low) _lowTicks = OnTick(_low = Price(raw.LowPrice));
        if (Price(raw.PreSettlement) != _preSettlement) _preSettlementValue = Exact(_preSettlement = Price(raw.PreSettlement));
    }

    private bool Outside(long ticks) =>
        (_upperLimitTicks != 0 && ticks > _upperLimitTicks) || (_lowerLimitTicks != 0 && ticks < _lowerLimitTicks);

    private long Below(double price) => (long)Math.Floor((price + Contract.TickTolerance) / _step);

    private long Above(double price) => price == 0 ? 0 : (long)Math.Ceiling((price - Contract.TickTolerance) / _step);

    /// <summary>Open, high and low inform and decide nothing: one that is no price of this contract is absent, the tick stands.</summary>
    private long OnTick(double price) => LastOf(price, out var ticks) == TickReject.None ? ticks : 0;

    private static double Of(double? value) => value ?? 0;

    /// <summary>A price that is no price (absent, 0, negative, DBL_MAX, beyond any market) is 0. Not-a-number stays what it is.</summary>
    private static double Price(double? value) => value is not { } given || (double.IsFinite(given) && given is <= 0 or > HighestPrice) ? 0 : given;

    private static decimal Exact(double value)
    {
        var whole = (long)value;
        return whole == value ? whole : (decimal)value;
    }
}
