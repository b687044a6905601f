namespace QuantDash.Core.Markets;

/// <summary>A tick as it came over a wire or out of a file: nothing checked yet. Prices are <see cref="double"/> so that NaN, infinities and
/// DBL_MAX arrive as they were sent and are refused by name (<see cref="TickReject"/>), not by a parser. Absent fields are null.</summary>
public readonly record struct RawTick
{
    /// <summary>The venue's own time.</summary>
    public required DateTimeOffset Timestamp { get; init; }
    public required double LastPrice { get; init; }

    /// <summary>Traded volume of the trading day so far (cumulative).</summary>
    public double? Volume { get; init; }
    public double? Turnover { get; init; }
    public double? OpenInterest { get; init; }
    public double? BidPrice { get; init; }
    public double? BidVolume { get; init; }
    public double? AskPrice { get; init; }
    public double? AskVolume { get; init; }

    /// <summary>The venue's mark price, where its contract has one.</summary>
    public double? MarkPrice { get; init; }
    public double? OpenPrice { get; init; }
    public double? HighPrice { get; init; }
    public double? LowPrice { get; init; }
    public double? PreSettlement { get; init; }
    public double? UpperLimit { get; init; }
    public double? LowerLimit { get; init; }

    /// <summary>The tick as a feed would send it: what <see cref="TickGate"/> makes of this is <paramref name="tick"/> again (turnover is not kept).</summary>
    public static RawTick Of(in Tick tick, decimal priceTick) => new()
    {
        Timestamp = tick.OccurredAt,
        LastPrice = (double)(tick.LastTicks * priceTick),
        Volume = (double)tick.DayVolume,
        OpenInterest = (double)tick.OpenInterest,
        BidPrice = PriceOf(tick.BidTicks, priceTick),
        BidVolume = VolumeOf(tick.BidVolume),
        AskPrice = PriceOf(tick.AskTicks, priceTick),
        AskVolume = VolumeOf(tick.AskVolume),
        MarkPrice = PriceOf(tick.MarkTicks, priceTick),
        OpenPrice = PriceOf(tick.OpenTicks, priceTick),
        HighPrice = PriceOf(tick.HighTicks, priceTick),
        LowPrice = PriceOf(tick.LowTicks, priceTick),
        PreSettlement = tick.PreSettlement == 0 ? null : (double)tick.PreSettlement,
        UpperLimit = PriceOf(tick.UpperLimitTicks, priceTick),
        LowerLimit = PriceOf(tick.LowerLimitTicks, priceTick),
    };

    private static double? PriceOf(long ticks, decimal priceTick) => ticks == 0 ? null : (double)(ticks * priceTick);

    /// <summary>A side whose volume was never told is present; a stated 0 would make it absent.</summary>
    private static double? VolumeOf(decimal volume) => volume == 0 ? null : (double)volume;
}
