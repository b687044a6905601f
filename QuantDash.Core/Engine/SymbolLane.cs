using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Everything about one (source, symbol): its gate, session, latest tick, armed rules, and the accounts that hold it.</summary>
public sealed class SymbolLane
{
    private readonly TimeSpan _longestMark;
    private Tick _last;
    private long _markTicks;
    private DateTimeOffset _markAt;

    internal SymbolLane(SourceBook source, Contract contract, TickGateOptions options)
    {
        Source = source;
        Contract = contract;
        Gate = new TickGate(source.Source.Clock, options);
        _longestMark = options.MaxTickAge;
    }

    internal SourceBook Source { get; }
    public Contract Contract { get; }
    public Symbol Symbol => Contract.Symbol;
    internal TickGate Gate { get; }
    internal TriggerBoard Board { get; } = new();

    /// <summary>Accounts on this source with a leg, an order or a rule in the symbol.</summary>
    internal List<AccountBook> Holders { get; } = [];

    /// <summary>Triggers that wait for the next tradable tick, or work an order.</summary>
    internal List<Guid> Attending { get; } = [];

    /// <summary>Average true ranges that rules trail by.</summary>
    internal List<RangeSeries> Ranges { get; } = [];

    /// <summary>Orders that we hold until their price is seen; null before the first.</summary>
    internal HeldLane? Held { get; set; }

    /// <summary>Price alerts; null before the first.</summary>
    internal AlertLane? Alerts { get; set; }

    /// <summary>Strategies that trade it, oldest first; null: none. Replaced whole.</summary>
    internal HostedInstrument[]? Strategies { get; set; }

    internal SessionWindow? Window { get; set; }

    /// <summary>When trading on the day after this one begins; kept, since it is asked for many times a second.</summary>
    internal (DateOnly After, DateTimeOffset? From)? NextDay { get; set; }
    internal ref readonly Tick Last => ref _last;
    internal bool HasTick => _last.LastTicks > 0;

    /// <summary>Whether a mark price has come at all.</summary>
    internal bool HasMark => _markTicks > 0;

    /// <summary>The latest mark price; null before the first, and when ticks have gone on without one for longer than a quote may be old.</summary>
    internal long? MarkTicks => HasMark && _last.OccurredAt - _markAt <= _longestMark ? _markTicks : null;

    /// <summary>Rules that were armed before the process ended and have not been compared with a price since (<see cref="RestartWatch"/>).</summary>
    internal List<RuleSlot> Unseen { get; } = [];

    /// <summary>Ladders with stages that wait to be false.</summary>
    internal List<RuleSlot> StagesWaiting { get; } = [];

    /// <summary>The last tick that was stored before the process ended; null when none was.</summary>
    internal LastTick? BeforeStop { get; set; }
    internal bool Stale { get; set; }

    /// <summary>The trader was told that it fell silent, and not yet that it is back.</summary>
    internal bool SilenceTold { get; set; }
    internal DateTimeOffset? EvaluatedAt { get; set; }
    internal long Version { get; private set; }

    /// <summary>The version at which best prices were last written down.</summary>
    internal long SavedVersion { get; set; }

    /// <summary>Where writing them down goes on.</summary>
    internal int NextBestToSave { get; set; }

    internal bool IsTradable => Window is { Phase: SessionPhase.Continuous };
    internal Price? LastPrice => HasTick ? Contract.PriceAt(_last.LastTicks) : null;

    /// <summary>The average true range of so many bars of this length; begun when it is first asked for.</summary>
    internal RangeSeries Follow(int period, TimeSpan timeframe)
    {
        if (Ranges.Find(series => series.Period == period && series.Timeframe == timeframe) is { } followed) return followed;
        var begun = new RangeSeries(Contract, period, timeframe);
        Ranges.Add(begun);
        return begun;
    }

    internal void Take(in Tick tick)
    {
        _last = tick;
        if (tick.MarkTicks > 0) (_markTicks, _markAt) = (tick.MarkTicks, tick.OccurredAt);
        Stale = false;
        Version++;
    }

    /// <summary>What <paramref name="source"/> makes a rule look at, in ticks; null when there is no such price.</summary>
    internal long? PriceFor(PriceSource source, Side side) => DecidingPrice.Of(source, side, _last, MarkTicks);
}
