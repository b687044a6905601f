using QuantDash.Core.Markets;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Api;

/// <param name="Timestamp">The venue's own time: ISO-8601 with its zone, or Unix milliseconds.</param>
/// <param name="Volume">Cumulative of the trading day.</param>
public sealed record TickBody(
    string Symbol,
    DateTimeOffset Timestamp,
    double LastPrice,
    double? Volume = null,
    double? Turnover = null,
    double? OpenInterest = null,
    double? BidPrice = null,
    double? BidVolume = null,
    double? AskPrice = null,
    double? AskVolume = null,
    double? OpenPrice = null,
    double? HighPrice = null,
    double? LowPrice = null,
    double? PreSettlement = null,
    double? UpperLimit = null,
    double? LowerLimit = null);

/// <param name="Reasons">How many were refused for which reason.</param>
public sealed record TicksAnswer(int Accepted, int Rejected, IReadOnlyDictionary<string, int> Reasons)
{
    public static TicksAnswer Of(TickBatchResult result) =>
        new(result.Accepted, result.Rejected, result.Reasons.ToDictionary(r => WireNames<TickReject>.Of(r.Key), r => r.Value));
}
