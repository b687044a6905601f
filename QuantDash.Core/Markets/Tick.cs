namespace QuantDash.Core.Markets;

/// <summary>A validated tick of one (source, symbol): prices in whole ticks of its contract, volumes exact. 0 means "absent" for every price but
/// <see cref="LastTicks"/>, which is always &gt; 0.</summary>
public readonly record struct Tick
{
    /// <summary>The venue's own time (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Our clock when it arrived; on a source with <see cref="SourceClock.Ticks"/> equal to <see cref="OccurredAt"/>.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
    public required long LastTicks { get; init; }
    public long BidTicks { get; init; }
    public long AskTicks { get; init; }

    /// <summary>The venue's mark price, to the nearest tick: it is computed and need not lie on one.</summary>
    public long MarkTicks { get; init; }
    public decimal BidVolume { get; init; }
    public decimal AskVolume { get; init; }

    /// <summary>Cumulative volume of the trading day.</summary>
    public decimal DayVolume { get; init; }
    public decimal OpenInterest { get; init; }
    public long OpenTicks { get; init; }
    public long HighTicks { get; init; }
    public long LowTicks { get; init; }

    /// <summary>Previous settlement price, 0 when absent (a settlement need not lie on a tick).</summary>
    public decimal PreSettlement { get; init; }
    public long UpperLimitTicks { get; init; }
    public long LowerLimitTicks { get; init; }
}
