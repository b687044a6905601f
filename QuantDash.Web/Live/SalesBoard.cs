using System.Collections.Concurrent;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Live;

/// <summary>Time and sales of everything that ticks: every accepted tick, the latest of them kept, whether somebody looks or not. Filled beside the trading thread.</summary>
public sealed class SalesBoard : ITickSink
{
    private readonly ConcurrentDictionary<(SourceName, Symbol), SalesRing> _rings = [];

    /// <summary>The latest, newest first.</summary>
    public IReadOnlyList<Sale> Latest(SourceName source, Symbol symbol, int count) => _rings.TryGetValue((source, symbol), out var ring) ? ring.Latest(count) : [];

    public void Take(IReadOnlyList<RecordedTick> ticks)
    {
        foreach (var tick in ticks)
        {
            if (!tick.Held) _rings.GetOrAdd((tick.Source.Name, tick.Contract.Symbol), _ => new()).Add(tick);
        }
    }

    public void Idle(DateTimeOffset now)
    {
        // What nobody trades is no sale.
    }
}

/// <summary>The latest ticks of one contract. Written by one thread, read by any.</summary>
internal sealed class SalesRing
{
    private const int Kept = 500;
    private readonly Lock _gate = new();
    private readonly Sale[] _sales = new Sale[Kept];
    private Tick _last;
    private DateOnly _day;
    private long _count;

    public void Add(in RecordedTick recorded)
    {
        lock (_gate)
        {
            var sale = _count == 0 ? Sale.First(recorded.Tick) : Sale.After(_last, _sales[(_count - 1) % Kept], recorded.Tick, _day == recorded.Window.TradingDay);
            _sales[_count++ % Kept] = sale;
            (_last, _day) = (recorded.Tick, recorded.Window.TradingDay);
        }
    }

    public IReadOnlyList<Sale> Latest(int count)
    {
        lock (_gate)
        {
            var sales = new Sale[(int)Math.Min(Math.Min(count, Kept), _count)];
            for (var i = 0; i < sales.Length; i++) sales[i] = _sales[(_count - 1 - i) % Kept];
            return sales;
        }
    }
}
