using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Simulation;

/// <summary>One contract of a <see cref="SyntheticMarket"/>: turns its path into complete ticks with sizes, day volume, limits and a day's open, high and low.</summary>
internal sealed class SyntheticBook
{
    private readonly SyntheticInstrument _instrument;
    private readonly SeededRandom _random;
    private readonly SyntheticPath _path;
    private readonly double _tick;
    private DateOnly _day;
    private double _preSettlement;
    private long _upperLimit, _lowerLimit, _last, _open, _high, _low;
    private double _volume, _turnover, _openInterest;

    public SyntheticBook(SyntheticInstrument instrument, DateTimeOffset start, SeededRandom random)
    {
        _instrument = instrument;
        _random = random;
        _path = new(instrument, random);
        _tick = (double)instrument.PriceTick;
        _openInterest = instrument.OpenInterest;
        _last = (long)Math.Round(instrument.StartPrice / _tick);
        At = start;
        BeginDay(DayOf(start), instrument.PreSettlement);
    }

    public Symbol Symbol => _instrument.Symbol;

    /// <summary>When its next tick is due.</summary>
    public DateTimeOffset At { get; private set; }

    public RawTick Next()
    {
        var at = At;
        var gap = _random.Whole(250, 500);
        At = at.AddMilliseconds(gap);
        if (DayOf(at) != _day) BeginDay(DayOf(at), Price(_last));

        var bid = Math.Clamp((long)Math.Floor(_path.Advance(gap / 1000.0) / _tick), _lowerLimit, _upperLimit - 2);
        _path.Confine(Price(_lowerLimit + 1), Price(_upperLimit - 2));
        var ask = bid + (_path.Wildness > 1 && _random.Chance(0.3) ? 2 : 1);
        Trade(_random.Chance(0.5) ? bid : ask);
        return Quote(at, bid, ask);
    }

    private void Trade(long price)
    {
        _last = price;
        _open = _open == 0 ? price : _open;
        _high = Math.Max(_high, price);
        _low = _low == 0 ? price : Math.Min(_low, price);
        var traded = Math.Floor(_instrument.Depth * 0.2 * _path.Wildness * _random.NextDouble() * _random.NextDouble());
        _volume += traded;
        _turnover += traded * Price(price) * (double)_instrument.Multiplier;
        _openInterest = Math.Max(0, _openInterest + Math.Round(traded * _random.Between(-0.5, 0.5)));
    }

    private RawTick Quote(DateTimeOffset at, long bid, long ask) => new()
    {
        Timestamp = at,
        LastPrice = Price(_last),
        Volume = _volume,
        Turnover = _turnover,
        OpenInterest = _openInterest,
        BidPrice = Price(bid),
        BidVolume = Size(),
        AskPrice = Price(ask),
        AskVolume = Size(),
        OpenPrice = Price(_open),
        HighPrice = Price(_high),
        LowPrice = Price(_low),
        PreSettlement = _preSettlement,
        UpperLimit = Price(_upperLimit),
        LowerLimit = Price(_lowerLimit),
    };

    private double Size() => Math.Floor(_instrument.Depth * _random.Between(0.3, 1.7)) + 1;

    /// <summary>Through decimal, so that 39001 × 0.02 reads 780.02 and not 780.0200000000001.</summary>
    private double Price(long ticks) => (double)(ticks * _instrument.PriceTick);

    private void BeginDay(DateOnly day, double preSettlement)
    {
        _day = day;
        _preSettlement = preSettlement;
        _upperLimit = (long)Math.Floor(preSettlement * (1 + _instrument.PriceLimit) / _tick);
        _lowerLimit = (long)Math.Ceiling(preSettlement * (1 - _instrument.PriceLimit) / _tick);
        _open = _high = _low = 0;
        _volume = _turnover = 0;
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime.AddHours(8));
}
