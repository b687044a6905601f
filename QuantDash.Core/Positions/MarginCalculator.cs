using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>Margin of one leg before any relief, apart for lots that went through a settlement and those that did not.</summary>
public readonly record struct LegMargin(decimal Settled, decimal Today)
{
    public decimal Total => Settled + Today;

    public static LegMargin operator +(LegMargin left, LegMargin right) => new(left.Settled + right.Settled, left.Today + right.Today);
}

/// <summary>Both legs of one contract with the terms that say how they are compared.</summary>
public sealed record ContractMargin(ContractTerms Terms, LegMargin Long, LegMargin Short);

/// <summary>Futures margin (DOMAIN.md 2.2): price × volume × multiplier × rate, today's lots at their open price, older ones at the previous settlement,
/// or all of them at the latest price where the terms say so (perpetuals), and single-side relief (单向大边) within a margin group: the larger side alone is charged, at once or from the settlement on.</summary>
public static class MarginCalculator
{
    /// <summary>Margin of a leg. A lot whose own price is unknown is charged at <paramref name="mark"/>, and at nothing while that is unknown too
    /// (then available funds are unknown as well, never too high).</summary>
    public static LegMargin OfLeg(LegBook leg, ContractTerms terms, DateOnly? tradingDay, Price? mark)
    {
        var rate = leg.Multiplier * (leg.Side == Side.Long ? terms.LongMargin : terms.ShortMargin).Value;
        if (terms.MarginPrice == MarginPrice.Latest && mark is { } latest) return new(0m, latest.Value * leg.Volume.Value * rate);
        decimal settled = 0, today = 0;
        foreach (var lot in leg.Lots)
        {
            if (lot.AgeOn(tradingDay) == LotAge.Today) today += ((lot.OpenPrice ?? mark)?.Value ?? 0m) * lot.Volume.Value * rate;
            else settled += ((lot.MarkBasis ?? lot.OpenPrice ?? mark)?.Value ?? 0m) * lot.Volume.Value * rate;
        }
        return new(settled, today);
    }

    /// <summary>What is charged for all contracts together.</summary>
    public static decimal Charged(IEnumerable<ContractMargin> contracts) =>
        contracts
            .GroupBy(contract => (contract.Terms.MarginGroup, contract.Terms.SingleSide))
            .Sum(group => Charged(group.Key.SingleSide, Sum(group, c => c.Long), Sum(group, c => c.Short)));

    /// <summary>What would be charged without any relief.</summary>
    public static decimal BothSides(IEnumerable<ContractMargin> contracts) => contracts.Sum(contract => contract.Long.Total + contract.Short.Total);

    private static decimal Charged(SingleSideMargin relief, LegMargin longs, LegMargin shorts) => relief switch
    {
        SingleSideMargin.RealTime => Math.Max(longs.Total, shorts.Total),
        SingleSideMargin.AtSettlement => Math.Max(longs.Settled, shorts.Settled) + longs.Today + shorts.Today,
        SingleSideMargin.Never => longs.Total + shorts.Total,
    };

    private static LegMargin Sum(IEnumerable<ContractMargin> contracts, Func<ContractMargin, LegMargin> leg) =>
        contracts.Aggregate(default(LegMargin), (sum, contract) => sum + leg(contract));
}
