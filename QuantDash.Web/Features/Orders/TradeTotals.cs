using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Orders;

/// <summary>Trades of one currency, added up.</summary>
/// <param name="Turnover">Null when the multiplier of one of the contracts is not known.</param>
/// <param name="Unknown">Closing trades whose realised P&amp;L nobody knows; it is not in <paramref name="Realised"/>.</param>
public sealed record TradeTotals(Currency? Currency, int Trades, decimal Volume, decimal? Turnover, decimal Fees, int Closes, int Unknown, decimal Realised)
{
    public decimal Net => Realised - Fees;

    /// <summary>One line a currency: what is not the same money is not added.</summary>
    /// <param name="multiplier">Of a contract; null: not known.</param>
    /// <param name="currency">Of an account; null: it is gone.</param>
    public static IReadOnlyList<TradeTotals> Of(IReadOnlyList<TradeSum> sums, Func<Symbol, decimal?> multiplier, Func<AccountId, Currency?> currency) =>
    [
        .. sums.GroupBy(sum => currency(sum.AccountId)).OrderByDescending(group => group.Sum(sum => sum.Trades)).Select(group => new TradeTotals(
            group.Key,
            group.Sum(sum => sum.Trades),
            group.Sum(sum => sum.Volume),
            group.Aggregate((decimal?)0m, (all, sum) => all + (sum.PriceVolume * multiplier(sum.Symbol))),
            group.Sum(sum => sum.Fees),
            group.Sum(sum => sum.Closes),
            group.Sum(sum => sum.Unknown),
            group.Sum(sum => sum.Realised))),
    ];
}
