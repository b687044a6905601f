using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Sources and their lanes: lets a tick in, or says why not.</summary>
internal sealed class MarketBook(ContractCatalog catalog, TradingCalendar calendar, EngineOptions options, ITickRecorder recorder)
{
    /// <summary>Sessions, auctions and breaks of a few days.</summary>
    private const int MostWindows = 40;

    private readonly Dictionary<SourceName, SourceBook> _sources = [];

    public IReadOnlyCollection<SourceBook> Sources => _sources.Values;

    public SourceBook? Find(SourceName name) => _sources.GetValueOrDefault(name);

    public SourceBook Add(Source source)
    {
        var book = new SourceBook(source);
        _sources.Add(source.Name, book);
        return book;
    }

    /// <summary>The lane of a known contract; it is made on first use. Null: no such contract.</summary>
    public SymbolLane? Lane(SourceBook source, Symbol symbol, DateTimeOffset now)
    {
        if (source.Find(symbol) is { } lane) return lane;
        if (catalog.Find(symbol, DateOnly.FromDateTime(source.Now(now).UtcDateTime)) is not { } contract) return null;
        lane = new SymbolLane(source, contract, options.Gate);
        lane.Window = WindowAt(lane, source.Now(now));
        source.Add(lane);
        return lane;
    }

    /// <summary>Examines one raw tick. Accepted: it is the lane's latest one, and its session window is current.</summary>
    public GateResult Receive(SymbolLane lane, in RawTick raw, DateTimeOffset receivedAt)
    {
        var source = lane.Source;
        var result = lane.Gate.Examine(raw, lane.Contract, receivedAt, out var tick);
        if (result.DiscardedHeld) source.CountRejected(TickReject.Spike);
        if (result.Accepted && IsExpired(lane, tick.OccurredAt)) result = GateResult.Rejected(TickReject.Expired);
        if (result.Accepted) Take(lane, tick);
        else if (result.Verdict == GateVerdict.Rejected) source.CountRejected(result.Reject);
        if (result.Verdict != GateVerdict.Rejected) Record(lane, tick, result);
        return result;
    }

    /// <summary>Accepts a held jump that nothing contradicted in time.</summary>
    public bool ReleaseHeld(SymbolLane lane, DateTimeOffset now)
    {
        if (!lane.Gate.ReleaseHeld(now, out var tick)) return false;
        Take(lane, tick);
        return true;
    }

    /// <summary>Brings a lane's session window up to date with its source's clock.</summary>
    public void Roll(SymbolLane lane, DateTimeOffset at)
    {
        if (lane.Window is not { } window || !window.Covers(at)) lane.Window = WindowAt(lane, at);
    }

    /// <summary>When one can next trade after <paramref name="day"/>: today's lots are older ones from then on. Null where the contract ends with that day.</summary>
    public DateTimeOffset? TradesAgainAfter(SymbolLane lane, DateOnly day)
    {
        if (lane.Window is not { } window) return null;
        if (lane.NextDay is not { } known || known.After != day) lane.NextDay = known = (day, NextDayFrom(lane, window, day));
        return known.From;
    }

    /// <summary>That instant, or when trading begins next; null where the contract has ended before.</summary>
    public DateTimeOffset? NextTradable(SymbolLane lane, DateTimeOffset at)
    {
        var window = WindowAt(lane, at);
        for (var i = 0; i < MostWindows && !(lane.Contract.IsExpiredOn(window.TradingDay) && !lane.Source.Source.ExpiryNone); i++)
        {
            if (window.Phase == SessionPhase.Continuous) return window.Start > at ? window.Start.AddSeconds(1) : at;
            window = WindowAt(lane, window.End);
        }
        return null;
    }

    public DateOnly TradingDayAt(SymbolLane lane, DateTimeOffset at) => WindowAt(lane, at).TradingDay;

    /// <summary>A held tick rolls nothing: it may carry a wrong time as well as a wrong price.</summary>
    private void Record(SymbolLane lane, in Tick tick, GateResult result)
    {
        var window = lane.Window!.Covers(tick.OccurredAt) ? lane.Window : WindowAt(lane, tick.OccurredAt);
        recorder.Record(lane.Source.Source, lane.Contract, window, tick, held: !result.Accepted);
    }

    private DateTimeOffset? NextDayFrom(SymbolLane lane, SessionWindow window, DateOnly day)
    {
        for (var i = 0; i < MostWindows && !(lane.Contract.IsExpiredOn(window.TradingDay) && !lane.Source.Source.ExpiryNone); i++)
        {
            if (window.TradingDay > day && window.Phase == SessionPhase.Continuous) return window.Start;
            window = WindowAt(lane, window.End);
        }
        return null;
    }

    private SessionWindow WindowAt(SymbolLane lane, DateTimeOffset at) => calendar.WindowAt(lane.Contract, at, lane.Source.Source.SessionsAlways);

    private bool IsExpired(SymbolLane lane, DateTimeOffset at)
    {
        Roll(lane, at);
        return !lane.Source.Source.ExpiryNone && lane.Contract.LastTradingDay < lane.Window!.TradingDay;
    }

    private void Take(SymbolLane lane, in Tick tick)
    {
        Roll(lane, tick.OccurredAt);
        lane.Take(tick);
        lane.Source.CountAccepted(tick);
    }
}
