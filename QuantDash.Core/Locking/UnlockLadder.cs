using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>One leg of a pair that may be closed.</summary>
/// <param name="Cost">Σ open price × volume of the lots that would be closed; null when one is unknown.</param>
/// <param name="Lines">The trade lines closing it today makes: how much is charged as close-today and how much as an older lot, each line rounded by itself.</param>
public sealed record PairLeg(Side Side, Volume Volume, decimal? Cost, IReadOnlyList<(Volume AsToday, Volume AsYesterday)> Lines);

/// <summary>Both ways to unlock at one price. Results are after the closing fees, before the fees that are paid already; null where an open price is unknown.</summary>
public sealed record UnlockLadderRow(Price Price, UnlockLadderCell Long, UnlockLadderCell Short, decimal? Both, decimal? BothTomorrow);

/// <summary>What closing one leg at the row's price gives.</summary>
/// <param name="Result">Closed now: P&amp;L against the open price less the closing fee (close-today where it applies).</param>
/// <param name="ResultTomorrow">The same with every lot an older one.</param>
/// <param name="BreakEven">The first price, on a tick, at which closing the leg that stays brings both legs together, after fees, to zero or better.</param>
/// <param name="BreakEvenTomorrow">The same when both are closed as older lots.</param>
public sealed record UnlockLadderCell(decimal? Result, decimal? ResultTomorrow, Price? BreakEven, Price? BreakEvenTomorrow);

/// <summary>The ladder table (DESIGN.md 6, PEERS.md 4): over a grid of prices, what closing the long leg, the short leg or both gives, and what the leg that
/// stays then needs. A pure function of the pair, the fees and the grid.</summary>
public sealed class UnlockLadder(Contract contract, FeeSchedule fees, PairLeg longLeg, PairLeg shortLeg)
{
    public IReadOnlyList<UnlockLadderRow> Over(IEnumerable<Price> grid) => [.. grid.Select(Row)];

    /// <summary>Prices around <paramref name="centre"/>, highest first, inside the limits and above zero.</summary>
    /// <param name="rows">How many on each side.</param>
    /// <param name="step">Ticks between two of them.</param>
    public static IReadOnlyList<Price> Grid(Contract contract, Price centre, int rows, long step, long lowerLimit = 0, long upperLimit = 0)
    {
        var middle = contract.TicksAtOrBelow(centre);
        return [.. Enumerable.Range(-rows, (2 * rows) + 1).Select(i => middle - (i * step))
            .Where(ticks => ticks > 0 && (lowerLimit == 0 || ticks >= lowerLimit) && (upperLimit == 0 || ticks <= upperLimit))
            .Select(contract.PriceAt)];
    }

    /// <summary>A step at which eight rows cover 2 % of the price.</summary>
    public static long UsualStep(Contract contract, Price centre) => Math.Max(1, (long)decimal.Round(centre.Value / contract.PriceTick / 400m));

    private UnlockLadderRow Row(Price price)
    {
        var (onLong, onShort) = (ResultOf(longLeg, price, later: false), ResultOf(shortLeg, price, later: false));
        var (longLater, shortLater) = (ResultOf(longLeg, price, later: true), ResultOf(shortLeg, price, later: true));
        return new(
            price,
            new(onLong, longLater, BreakEven(shortLeg, onLong, later: false), BreakEven(shortLeg, longLater, later: true)),
            new(onShort, shortLater, BreakEven(longLeg, onShort, later: false), BreakEven(longLeg, shortLater, later: true)),
            onLong + onShort,
            longLater + shortLater);
    }

    private decimal? ResultOf(PairLeg leg, Price price, bool later) =>
        (((price.Value * leg.Volume.Value) - leg.Cost) * contract.Multiplier * leg.Side.Sign()) - FeeOf(leg, price, later);

    private decimal FeeOf(PairLeg leg, Price price, bool later) => later
        ? TradeFees.Close(fees, contract, price, Volume.Zero, leg.Volume)
        : leg.Lines.Sum(line => TradeFees.Close(fees, contract, price, line.AsToday, line.AsYesterday));

    /// <summary>Fees are a line in the price: solve it, then step to the exact side, since fees are rounded.</summary>
    private Price? BreakEven(PairLeg stays, decimal? earned, bool later)
    {
        if (earned is not { } sure || stays.Cost is not { } cost || stays.Volume.IsZero) return null;
        var sign = stays.Side.Sign();
        var (perPoint, fixedFee) = FeeLine(stays, later);
        var slope = (stays.Volume.Value * contract.Multiplier * sign) - perPoint;
        var price = ((cost * contract.Multiplier * sign) + fixedFee - sure) / slope;
        if (price <= 0m || price > 1_000_000_000m) return null;
        var ticks = sign > 0 ? contract.TicksAtOrAbove(new(price)) : contract.TicksAtOrBelow(new(price));
        while (ticks > 0 && Together(ticks) < 0m) ticks += sign;
        while (ticks - sign > 0 && Together(ticks - sign) >= 0m) ticks -= sign;
        return ticks > 0 ? contract.PriceAt(ticks) : null;

        decimal Together(long at) => sure + ResultOf(stays, contract.PriceAt(at), later)!.Value;
    }

    private (decimal PerPoint, decimal Fixed) FeeLine(PairLeg leg, bool later)
    {
        decimal perPoint = 0m, fixedFee = 0m;
        IReadOnlyList<(Volume AsToday, Volume AsYesterday)> lines = later ? [(Volume.Zero, leg.Volume)] : leg.Lines;
        foreach (var (today, yesterday) in lines)
        {
            Add(fees.CloseToday, today);
            Add(fees.Close, yesterday);
        }
        return (perPoint, fixedFee);

        void Add(FeeRate rate, Volume volume)
        {
            if (rate.Basis == FeeBasis.ByMoney) perPoint += rate.Value * contract.Multiplier * volume.Value;
            else fixedFee += rate.Value * volume.Value;
        }
    }
}
