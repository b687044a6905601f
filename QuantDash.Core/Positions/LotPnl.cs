using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>Results of closing, and the parts of P&amp;L that are known where some open price is not.</summary>
internal static class LotPnl
{
    /// <summary>Result of one close. <see cref="Realised"/> and <see cref="Close"/> are null when a lot's price or basis is unknown; the sums hold what is known,
    /// with the open price standing in for an unknown basis, so that both ways of counting give one equity.</summary>
    internal readonly record struct CloseResult(decimal? Realised, decimal? Close, decimal RealisedSum, decimal CloseSum);

    public static CloseResult OfClose(IReadOnlyList<LotClosing.Share> shares, Price price, decimal multiplier)
    {
        decimal? realised = 0m, close = 0m;
        decimal realisedSum = 0m, closeSum = 0m;
        foreach (var (lot, volume) in shares.Select(share => (share.Lot, share.Volume)))
        {
            var factor = volume.Value * multiplier * lot.Side.Sign();
            var againstOpen = (price.Value - lot.OpenPrice?.Value) * factor;
            var againstBasis = (price.Value - lot.MarkBasis?.Value) * factor;
            realised += againstOpen;
            close += againstOpen is null ? null : againstBasis;
            realisedSum += againstOpen ?? 0m;
            closeSum += againstOpen is null ? 0m : againstBasis ?? againstOpen.Value;
        }
        return new(realised, close, realisedSum, closeSum);
    }

    public static decimal? Floating(ContractBook book, Price? mark, DateOnly? tradingDay) =>
        book.Leg(Side.Long, tradingDay).FloatingPnl(mark) + book.Leg(Side.Short, tradingDay).FloatingPnl(mark);

    public static decimal? Holding(ContractBook book, Price? mark, DateOnly? tradingDay) =>
        book.Leg(Side.Long, tradingDay).HoldingPnl(mark) + book.Leg(Side.Short, tradingDay).HoldingPnl(mark);

    /// <summary>浮动盈亏 of the lots whose open price is known; nothing without a price.</summary>
    public static decimal KnownFloating(ContractBook book, Price? mark) =>
        mark is not { } price ? 0m : book.Lots(Side.Long).Concat(book.Lots(Side.Short))
            .Sum(lot => lot.OpenPrice is { } open ? Between(open, price, lot, book.Contract.Multiplier) : 0m);

    /// <summary>What the lots earned between their open price and their mark basis: counted in static equity, not in today's holding P&amp;L.</summary>
    public static decimal BeforeBasis(IReadOnlyList<Lot> lots, decimal multiplier) =>
        lots.Sum(lot => lot.OpenPrice is { } open && lot.MarkBasis is { } basis ? Between(open, basis, lot, multiplier) : 0m);

    private static decimal Between(Price from, Price to, Lot lot, decimal multiplier) =>
        (to - from).Value * lot.Volume.Value * multiplier * lot.Side.Sign();
}
