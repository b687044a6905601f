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
    public double? OpenPrice { get; init; }
    public double? HighPrice { get; init; }
    public double? LowPrice { get; init; }
    public double? PreSettlement { get; init; }
    public double? UpperLimit { get; init; }
    public double? LowerLimit { get; init; }
}
