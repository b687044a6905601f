using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>The ticks of a span, read again by every run.</summary>
public sealed class LockTicks
{
    private readonly Func<IEnumerable<RawTick>> _read;

    /// <param name="read">The same ticks in the same order every time; there may be more of them later.</param>
    /// <param name="bars">How they were made out of bars; null: they are as they were stored.</param>
    public LockTicks(Func<IEnumerable<RawTick>> read, BarAssumption? bars = null)
    {
        (_read, Bars) = (read, bars);
        foreach (var tick in read())
        {
            if (Count++ == 0) From = tick.Timestamp;
            To = tick.Timestamp;
        }
    }

    public long Count { get; }

    /// <summary>Of the first one.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Of the last one.</summary>
    public DateTimeOffset To { get; }
    public BarAssumption? Bars { get; }

    /// <summary>As many as there were at first: what a live feed adds meanwhile is in none of the runs.</summary>
    public IEnumerable<RawTick> Read()
    {
        var left = Count;
        foreach (var tick in _read())
        {
            if (left-- == 0) yield break;
            yield return tick;
        }
    }

    /// <summary>The stored ticks of some trading days of one source and contract; none of those days may be stored.</summary>
    public static LockTicks Stored(ITickArchive archive, SourceName source, Symbol symbol, DateOnly from, DateOnly to)
    {
        var days = archive.Days(source, symbol).Where(day => day.TradingDay >= from && day.TradingDay <= to).OrderBy(day => day.TradingDay).ToList();
        return new(() => days.SelectMany(day => archive.Read(source, symbol, day.TradingDay).Select(tick => RawTick.Of(tick, day.PriceTick))));
    }

    /// <summary>The first tick within continuous trading; null: there is none.</summary>
    public RawTick? FirstTraded(Contract contract, TradingCalendar calendar, bool sessionsAlways)
    {
        foreach (var tick in Read())
        {
            if (calendar.WindowAt(contract, tick.Timestamp, sessionsAlways).Phase == SessionPhase.Continuous) return tick;
        }
        return null;
    }
}

/// <summary>What was assumed where ticks were made out of bars.</summary>
/// <param name="Timeframe">Of the bars, as it is written.</param>
/// <param name="Path">The order in which a bar is taken to have seen its prices.</param>
/// <param name="SpreadTicks">Bid and ask are taken to lie so far from the last price, each.</param>
public sealed record BarAssumption(string Timeframe, BarPath Path, int SpreadTicks);
