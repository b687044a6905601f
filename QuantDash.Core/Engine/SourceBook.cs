using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>One tick source with its lanes, its clock and its counts.</summary>
internal sealed class SourceBook(Source source)
{
    private readonly Dictionary<Symbol, SymbolLane> _lanes = [];
    private readonly long[] _rejected = new long[Enum.GetValues<TickReject>().Length];

    public Source Source { get; set; } = source;
    public IReadOnlyCollection<SymbolLane> Lanes => _lanes.Values;
    public long Accepted { get; private set; }
    public DateTimeOffset? LastTickAt { get; private set; }

    /// <summary>Latest tick time of a source whose feed is the clock.</summary>
    public DateTimeOffset? FeedTime { get; private set; }

    /// <summary>The earliest time-out of anything on this source's accounts, on its own clock.</summary>
    public DateTimeOffset NextDeadline { get; set; } = DateTimeOffset.MaxValue;
    public bool IsReplay => Source.Clock == SourceClock.Ticks;

    /// <summary>The time that rules everything on this source: the machine's, or the feed's.</summary>
    public DateTimeOffset Now(DateTimeOffset wall) => IsReplay ? FeedTime ?? wall : wall;

    /// <summary>Where the feed's clock stood when the process ended.</summary>
    public void ResumeAt(DateTimeOffset at) => FeedTime = FeedTime is { } known && known > at ? known : at;

    public SymbolLane? Find(Symbol symbol) => _lanes.GetValueOrDefault(symbol);

    public void Add(SymbolLane lane) => _lanes.Add(lane.Symbol, lane);

    public void CountAccepted(in Tick tick)
    {
        Accepted++;
        LastTickAt = tick.ReceivedAt;
        if (IsReplay && (FeedTime is not { } before || tick.OccurredAt > before)) FeedTime = tick.OccurredAt;
    }

    public void CountRejected(TickReject reason) => _rejected[(int)reason]++;

    public IReadOnlyDictionary<TickReject, long> RejectedByReason() =>
        Enum.GetValues<TickReject>().Where(reason => _rejected[(int)reason] > 0).ToDictionary(reason => reason, reason => _rejected[(int)reason]);
}
