using System.Threading.Channels;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Trading;

/// <summary>The bounded queue of one source: a full one delays its feeder and drops nothing, and a source that waits for a commit delays no other.</summary>
internal sealed class TickQueue(SourceName source, int capacity)
{
    private readonly Channel<TickBatch> _batches = Channel.CreateBounded<TickBatch>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private readonly Dictionary<string, SymbolLane> _lanes = new(StringComparer.Ordinal);
    private TickBatch? _current;

    public SourceName Source { get; } = source;
    public int Depth => _batches.Reader.Count;

    public ValueTask WriteAsync(TickBatch batch, CancellationToken stop) => _batches.Writer.WriteAsync(batch, stop);

    /// <summary>Forgets resolved lanes: the engine was rebuilt.</summary>
    public void Forget() => _lanes.Clear();

    /// <summary>Feeds up to <paramref name="most"/> ticks; false when there was none, or the source waits for a commit.</summary>
    public bool Feed(TradingEngine engine, ContractCatalog catalog, TradingMeter meter, TimeProvider clock, int most)
    {
        var fed = 0;
        SymbolTick slot = default;
        while (fed < most && !engine.AwaitsCommit(Source) && (_current is not null || _batches.Reader.TryRead(out _current)))
        {
            if (!_current.IsFinished)
            {
                var now = clock.GetUtcNow();
                meter.TickReceivedAt = _current.ReceivedAt;
                ref readonly var tick = ref _current.Next(ref slot);
                _current.Count(LaneOf(engine, catalog, tick, now) is { } lane ? engine.OnTick(lane, tick.Tick, now) : Unknown(engine));
            }
            fed++;
            if (!_current.IsFinished) continue;
            _current.Finish();
            _current = null;
        }
        meter.TickReceivedAt = null;
        return fed > 0;
    }

    /// <summary>The engine broke on the tick it was just given: its feeder is told, and the rest of the batch is dropped with it.</summary>
    public void FailCurrent(Exception reason)
    {
        _current?.Fail(reason);
        _current = null;
    }

    /// <summary>Nothing of it is fed any more: those who wait for their ticks, or for room, are told why.</summary>
    public void Close(Exception reason)
    {
        FailCurrent(reason);
        _batches.Writer.TryComplete(reason);
        while (_batches.Reader.TryRead(out var batch)) batch.Fail(reason);
    }

    private SymbolLane? LaneOf(TradingEngine engine, ContractCatalog catalog, in SymbolTick tick, DateTimeOffset now)
    {
        if (_lanes.TryGetValue(tick.Symbol, out var known)) return known;
        var resolved = catalog.Resolve(tick.Symbol, DateOnly.FromDateTime(tick.Tick.Timestamp.UtcDateTime));
        if (!resolved.Succeeded || engine.FindLane(Source, resolved.Value.Symbol, now) is not { } lane) return null;
        _lanes.Add(tick.Symbol, lane);
        return lane;
    }

    private Core.Markets.TickReject Unknown(TradingEngine engine)
    {
        engine.CountUnknownSymbol(Source);
        return Core.Markets.TickReject.UnknownSymbol;
    }
}
