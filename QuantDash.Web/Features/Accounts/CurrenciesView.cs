using QuantDash.Core.Engine;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Accounts;

/// <summary>What is held in each currency, and all of it in one at the latest rates. Demo and replay accounts are not money and left out.</summary>
public sealed record CurrenciesView
{
    public required Currency In { get; init; }
    public required IReadOnlyList<CurrencyRow> Rows { get; init; }

    /// <summary>Null when an equity is unknown or a rate is missing.</summary>
    public decimal? Total { get; init; }

    public static CurrenciesView Of(IEnumerable<AccountView> accounts, Currency to, ExchangeRates rates)
    {
        var rows = accounts.Where(a => !a.Account.IsDemo && !a.Replay).GroupBy(a => a.Account.Currency)
            .Select(group => RowOf(group.Key, [.. group], to, rates)).OrderBy(row => row.Currency.Code, StringComparer.Ordinal).ToList();
        return new() { In = to, Rows = rows, Total = rows.Aggregate((decimal?)0m, (sum, row) => sum + row.Converted) };
    }

    private static CurrencyRow RowOf(Currency currency, IReadOnlyList<AccountView> accounts, Currency to, ExchangeRates rates)
    {
        var equity = accounts.Aggregate((decimal?)0m, (sum, a) => sum + a.Funds.Equity);
        var available = accounts.Aggregate((decimal?)0m, (sum, a) => sum + a.Funds.Available);
        var one = rates.Convert(new(1m, currency), to, DateTimeOffset.MaxValue);
        return new(currency, accounts.Count, equity, available, one?.Amount, one?.RateAsOf, equity * one?.Amount);
    }
}

/// <param name="Rate">Units of the one currency for one of this; null when none is known.</param>
/// <param name="RateAsOf">When the rate was true; null where none is needed or known.</param>
public sealed record CurrencyRow(Currency Currency, int Accounts, decimal? Equity, decimal? Available, decimal? Rate, DateTimeOffset? RateAsOf, decimal? Converted)
{
    /// <summary>A rate older than this is marked.</summary>
    public static readonly TimeSpan OldRate = TimeSpan.FromDays(3);
}
