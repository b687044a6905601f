using QuantDash.Core.Primitives;

namespace QuantDash.Core.Performance;

/// <summary>What one unit of a currency was worth in another.</summary>
/// <param name="Rate">Units of <paramref name="To"/> for one of <paramref name="From"/>, above zero.</param>
/// <param name="AsOf">When it was true; what it is worth later is a guess that grows old.</param>
public sealed record ExchangeRate(Currency From, Currency To, decimal Rate, DateTimeOffset AsOf);

/// <summary>An amount in another currency.</summary>
/// <param name="RateAsOf">When the rate was true; null: no rate was needed.</param>
public readonly record struct Converted(decimal Amount, DateTimeOffset? RateAsOf);

/// <summary>Dated rates. The latest one that was true at the time asked for is taken, in either direction; rates are not chained over a third currency.</summary>
public sealed class ExchangeRates(IEnumerable<ExchangeRate> rates)
{
    private readonly ILookup<(Currency, Currency), ExchangeRate> _rates = rates.OrderByDescending(r => r.AsOf).ToLookup(r => (r.From, r.To));

    public static ExchangeRates None { get; } = new([]);

    /// <summary>Null when no rate between the two was known at that time.</summary>
    public Converted? Convert(Money money, Currency to, DateTimeOffset at)
    {
        if (money.Currency == to) return new(money.Amount, null);
        var there = Latest(money.Currency, to, at);
        var back = Latest(to, money.Currency, at);
        if (there is not null && (back is null || there.AsOf >= back.AsOf)) return new(money.Amount * there.Rate, there.AsOf);
        return back is null ? null : new(money.Amount / back.Rate, back.AsOf);
    }

    private ExchangeRate? Latest(Currency from, Currency to, DateTimeOffset at) => _rates[(from, to)].FirstOrDefault(r => r.AsOf <= at);
}
