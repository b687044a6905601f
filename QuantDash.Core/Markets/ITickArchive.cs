using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets;

/// <summary>Stored ticks of one (source, symbol) and trading day.</summary>
/// <param name="PriceTick">What one whole tick in it is worth in price.</param>
public sealed record TickDay(SourceName Source, Symbol Symbol, DateOnly TradingDay, decimal PriceTick, long Count);

/// <summary>The latest stored tick of one (source, symbol), and the trading day it belongs to.</summary>
public sealed record LastTick(SourceName Source, Symbol Symbol, DateOnly TradingDay, Tick Tick);

/// <summary>What was removed from the tick store.</summary>
public sealed record TicksForgotten(int Days, long Bytes);

/// <summary>The tick store: ticks by source, symbol and trading day, appended in order of arrival.</summary>
public interface ITickArchive
{
    /// <summary>What there is, by source, symbol and day; null: of all.</summary>
    IReadOnlyList<TickDay> Days(SourceName? source = null, Symbol? symbol = null);

    /// <summary>The ticks of one day as they were stored up to now; none when there is no such day.</summary>
    IEnumerable<Tick> Read(SourceName source, Symbol symbol, DateOnly tradingDay);

    /// <summary>The latest tick there is; null: none was stored.</summary>
    LastTick? Last(SourceName source, Symbol symbol);

    /// <summary>Appends to a day. Throws <see cref="InvalidDataException"/> when the day was begun with another price tick.</summary>
    void Append(SourceName source, Contract contract, DateOnly tradingDay, ReadOnlySpan<Tick> ticks);

    /// <summary>Removes days that nothing was written to since then: recorded or imported before it. The latest day of every symbol stays, whatever its age.</summary>
    /// <param name="untouchedSince">On the machine's clock.</param>
    /// <param name="tell">How far it has come, 0 to 1.</param>
    /// <param name="stop">What was removed until then stays removed.</param>
    TicksForgotten Forget(DateTimeOffset untouchedSince, Action<double> tell, CancellationToken stop);

    /// <summary>Begins an import that is visible as a whole once committed, or not at all.</summary>
    ITickStaging Stage(SourceName source);
}

/// <summary>Ticks that are not visible yet. Disposing without <see cref="Commit"/> leaves no trace.</summary>
public interface ITickStaging : IDisposable
{
    void Add(Contract contract, DateOnly tradingDay, in Tick tick);

    /// <summary>Merges everything into the store, in order of time; ticks that are there already are not doubled. A crash in the middle is made up for at
    /// the next start. Returns how many were added.</summary>
    long Commit();
}
