using QuantDash.Core.Backtesting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Backtests;

/// <summary>A request's assumptions: their ranges, and what the backtester is told of them.</summary>
internal static class BacktestTerms
{
    public const decimal LeastCash = 0.01m;
    public const decimal MostCash = 1_000_000_000_000m;
    public const decimal MostCommission = 0.5m;
    public const decimal MostSlippageTicks = 10_000m;
    public const decimal MostImpact = 100m;
    public const decimal LeastVolumeShare = 0.000001m;
    public const decimal MostMilliseconds = 60_000m;

    public static IEnumerable<Problem> Problems(BacktestRequest request)
    {
        if (request.Cash is < LeastCash or > MostCash) yield return new("cash", "out_of_range", LeastCash, MostCash, request.Cash);
        if (request.Commission is < 0m or > MostCommission) yield return new("commission", "out_of_range", 0m, MostCommission, request.Commission);
        if (request.VolumeShare is < LeastVolumeShare or > 1m) yield return new("volume_share", "out_of_range", LeastVolumeShare, 1m, request.VolumeShare);
        var most = request.Slippage == SlippageKind.Volume ? MostImpact : MostSlippageTicks;
        if (request.SlippageAmount < 0m || request.SlippageAmount > most) yield return new("slippage_amount", "out_of_range", 0m, most, request.SlippageAmount);
        else if (request.Slippage != SlippageKind.Volume && request.SlippageAmount != decimal.Truncate(request.SlippageAmount)) yield return new("slippage_amount", "not_an_integer", request.SlippageAmount);
        if (request.LatencyMs is < 0m or > MostMilliseconds) yield return new("latency_ms", "out_of_range", 0m, MostMilliseconds, request.LatencyMs);
        if (request.JitterMs is < 0m or > MostMilliseconds) yield return new("jitter_ms", "out_of_range", 0m, MostMilliseconds, request.JitterMs);
        if (request.Seed < 0) yield return new("seed", "out_of_range", 0, long.MaxValue, request.Seed);
    }

    public static BacktestOptions Options(BacktestRequest request) => new()
    {
        Cash = request.Cash,
        Fill = request.Fill,
        Path = request.Path,
        LimitFill = request.LimitFill,
        Slippage = Slippage(request),
        VolumeShare = request.VolumeShare,
        PriceLimits = request.PriceLimits,
        Fees = request.Commission is { } share ? Same(new(FeeBasis.ByMoney, share)) : null,
        Seed = (ulong)request.Seed,
    };

    private static FeeSchedule Same(FeeRate fee) => new(fee, fee, fee);

    private static SlippageModel Slippage(BacktestRequest request) => request.SlippageAmount == 0m ? SlippageModel.None : request.Slippage switch
    {
        SlippageKind.Ticks => new SlippageModel.Ticks((long)request.SlippageAmount),
        SlippageKind.Spread => new SlippageModel.Spread((long)request.SlippageAmount),
        SlippageKind.Drawn => new SlippageModel.Drawn((long)request.SlippageAmount),
        SlippageKind.Volume => new SlippageModel.OfVolume((double)request.SlippageAmount),
    };
}
