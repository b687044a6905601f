using System.Collections.Concurrent;
using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Streams;

/// <summary>Numbers the quotes of what programs listen to. Fed beside the trading thread, a tenth of a second behind it at most, by the one that also fills files and charts.</summary>
/// <param name="snapshots">Says which quotes went stale.</param>
public sealed class MarketBoard(LiveState<EngineSnapshot> snapshots) : ITickSink
{
    private readonly ConcurrentDictionary<(SourceName, Symbol), MarketTape> _tapes = [];

    /// <summary>The numbered changes of one contract on one source; numbering begins with the first who asks, and goes on when nobody listens.</summary>
    public MarketTape Follow(SourceName source, Symbol symbol) => _tapes.GetOrAdd((source, symbol), _ => new());

    public void Take(IReadOnlyList<RecordedTick> ticks)
    {
        if (_tapes.IsEmpty) return;
        foreach (var tick in ticks)
        {
            if (!tick.Held && _tapes.TryGetValue((tick.Source.Name, tick.Contract.Symbol), out var tape)) tape.Add(QuoteAnswer.Of(tick));
        }
    }

    public void Idle(DateTimeOffset now)
    {
        if (_tapes.IsEmpty) return;
        foreach (var view in snapshots.Current.Quotes)
        {
            if (_tapes.TryGetValue((view.Source, view.Contract.Symbol), out var tape)) tape.Add(view.Health, now);
        }
    }
}

/// <summary>The latest changes of one contract on one source. Written by one thread, read by any.</summary>
public sealed class MarketTape
{
    // More than any feed brings while one message is sent; who falls further behind gets the latest.
    private const int Kept = 512;
    private long _last;
    private QuoteHealth? _health;
    private QuoteAnswer? _quote;

    public EventTape<MarketChange> Changes { get; } = new(Kept, change => change.Number);

    /// <summary>Null before the first that was numbered.</summary>
    public QuoteAnswer? Quote => Volatile.Read(ref _quote);

    public void Add(QuoteAnswer quote)
    {
        Volatile.Write(ref _quote, quote);
        Changes.Append(new(++_last, quote, null, default));
    }

    public void Add(QuoteHealth health, DateTimeOffset now)
    {
        if (_health == health) return;
        var isFirst = _health is null;
        _health = health;
        if (!isFirst) Changes.Append(new(++_last, null, health, now));
    }
}

/// <summary>Either a quote or what became of its health.</summary>
public sealed record MarketChange(long Number, QuoteAnswer? Quote, QuoteHealth? Health, DateTimeOffset At);
