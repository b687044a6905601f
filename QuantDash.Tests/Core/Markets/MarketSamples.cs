using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Markets;

/// <summary>Contracts and ticks to start from in tests of markets.</summary>
internal static class MarketSamples
{
    public static readonly DateTimeOffset Noon = new(2025, 3, 3, 4, 0, 0, TimeSpan.Zero);

    public static Contract Contract(string symbol = "CZCE.TA2505", decimal priceTick = 2m, decimal multiplier = 5m) => new()
    {
        Symbol = Symbol.ParseCanonical(symbol),
        PriceTick = priceTick,
        Product = new Product
        {
            Exchange = symbol[..symbol.IndexOf('.', StringComparison.Ordinal)],
            Code = "TA",
            ChineseName = "PTA",
            EnglishName = "PTA",
            Class = AssetClass.Future,
            Currency = Currency.Cny,
            Multiplier = multiplier,
            VolumeStep = 1m,
            HoldsBothSides = true,
            Sessions = new SessionPlan { UtcOffset = TimeSpan.FromHours(8), DayAuctions = [], Day = [], NightAuctions = [], Night = [], Always = true },
            Terms =
            [
                new ContractTerms
                {
                    EffectiveFrom = new DateOnly(2000, 1, 1),
                    PriceTick = priceTick,
                    LongMargin = new Ratio(0.1m),
                    ShortMargin = new Ratio(0.1m),
                    Fees = new FeeSchedule(default, default, default),
                    DistinguishesToday = false,
                    SingleSide = SingleSideMargin.Never,
                    MarginGroup = symbol,
                },
            ],
        },
    };

    /// <summary>The same with a mark price.</summary>
    public static Contract Perpetual()
    {
        var contract = Contract();
        return contract with { Product = contract.Product with { Class = AssetClass.Perpetual } };
    }

    public static RawTick Raw(double last, double afterSeconds = 0) => new() { Timestamp = Noon.AddSeconds(afterSeconds), LastPrice = last };

    public static RawTick Full(double last, double afterSeconds = 0) => Raw(last, afterSeconds) with
    {
        Volume = 1000,
        Turnover = 27_000_000,
        OpenInterest = 50_000,
        BidPrice = last - 2,
        BidVolume = 12,
        AskPrice = last + 2,
        AskVolume = 7,
        OpenPrice = 5390,
        HighPrice = 5420,
        LowPrice = 5380,
        PreSettlement = 5395.5,
        UpperLimit = 5800,
        LowerLimit = 5000,
    };
}
