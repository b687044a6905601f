using QuantDash.Core.Instruments;

namespace QuantDash.Core.Markets;

/// <summary>Builds the bars of one (source, symbol) and timeframe from accepted ticks. Bars start on the exchange clock and never span a session break;
/// an auction print opens the first bar after it, and what an exchange prints seconds after a session's end belongs to that session's last bar.</summary>
/// <param name="minutes">Length of a bar, 1 to 1440.</param>
public sealed class BarBuilder(Contract contract, int minutes)
{
    /// <summary>Closing prints arrive within this time after the bell; later ones are settlement snapshots.</summary>
    private static readonly TimeSpan ClosingPrints = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _length = minutes is >= 1 and <= 1440
        ? TimeSpan.FromMinutes(minutes)
        : throw new ArgumentOutOfRangeException(nameof(minutes), minutes, "A bar is 1 to 1440 minutes long.");

    private bool _isOpen;
    private DateTimeOffset _start, _end;
    private DateOnly _day, _volumeDay;
    private long _open, _high, _low, _close;
    private decimal _volume, _openInterest, _dayVolume;
    private bool _knowsDayVolume;

    /// <summary>The bar being built; null when none is.</summary>
    public Bar? Current => _isOpen ? Snapshot() : null;

    /// <summary>Takes the next tick. Returns the bar it completed, if it is the first of a later one.</summary>
    public Bar? Add(in Tick tick, SessionWindow window)
    {
        var traded = Traded(tick, window);
        if (_isOpen && tick.OccurredAt < _end) return Extend(tick, traded);
        if (window.Phase == SessionPhase.Closed) return _isOpen && tick.OccurredAt < _end + ClosingPrints ? Extend(tick, traded) : null;

        var completed = Current;
        var from = window.Phase == SessionPhase.Auction ? window.End : tick.OccurredAt;
        Begin(from, window, tick, traded);
        return completed;
    }

    /// <summary>Completes the bar once its time and that of closing prints is over: a quiet market prints no tick that would.</summary>
    public Bar? CompleteAt(DateTimeOffset now)
    {
        if (!_isOpen || now < _end + ClosingPrints) return null;
        var completed = Snapshot();
        _isOpen = false;
        return completed;
    }

    private Bar? Extend(in Tick tick, decimal traded)
    {
        _high = Math.Max(_high, tick.LastTicks);
        _low = Math.Min(_low, tick.LastTicks);
        _close = tick.LastTicks;
        _volume += traded;
        _openInterest = tick.OpenInterest;
        return null;
    }

    private void Begin(DateTimeOffset from, SessionWindow window, in Tick tick, decimal traded)
    {
        var clock = contract.Product.Sessions.LocalTime(from).TimeOfDay;
        _start = from - TimeSpan.FromTicks(clock.Ticks % _length.Ticks);
        _end = _start + _length;
        if (window.Phase == SessionPhase.Continuous && window.Start > _start) _start = window.Start;
        if (window.Phase == SessionPhase.Continuous && window.End < _end) _end = window.End;
        _isOpen = true;
        _day = window.TradingDay;
        _open = _high = _low = _close = tick.LastTicks;
        _volume = traded;
        _openInterest = tick.OpenInterest;
    }

    /// <summary>Growth of the cumulative volume. It starts from 0 with a new trading day; whoever joins in the middle of one does not know what came before.</summary>
    private decimal Traded(in Tick tick, SessionWindow window)
    {
        var before = _dayVolume;
        var known = _knowsDayVolume;
        if (known ? window.TradingDay != _volumeDay && window.Phase != SessionPhase.Closed : window.Phase == SessionPhase.Auction) (before, known) = (0, true);
        _dayVolume = tick.DayVolume;
        _knowsDayVolume = true;
        if (window.Phase != SessionPhase.Closed) _volumeDay = window.TradingDay;
        return known ? Math.Max(0, tick.DayVolume - before) : 0;
    }

    private Bar Snapshot() => new()
    {
        Start = _start,
        End = _end,
        TradingDay = _day,
        Open = contract.PriceAt(_open),
        High = contract.PriceAt(_high),
        Low = contract.PriceAt(_low),
        Close = contract.PriceAt(_close),
        Volume = _volume,
        OpenInterest = _openInterest,
    };
}
