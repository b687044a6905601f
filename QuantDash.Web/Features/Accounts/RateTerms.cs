using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Accounts;

/// <summary>What an exchange rate may be, for the form and the API alike.</summary>
internal static class RateTerms
{
    private const decimal Largest = 1_000_000_000m;

    /// <summary>The rate, as exact in time as both databases and every client keep it, or all that is wrong with it.</summary>
    public static Outcome<ExchangeRate> Check(string? from, string? to, decimal? rate, DateTimeOffset asOf, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        if (!Currency.IsValid(from)) problems.Add(new("from_currency", "not_a_currency", from));
        if (!Currency.IsValid(to)) problems.Add(new("to_currency", "not_a_currency", to));
        else if (from == to) problems.Add(new("to_currency", "same_currency", to));
        if (rate is null) problems.Add(new("rate", "required"));
        else if (rate is <= 0 or > Largest) problems.Add(new("rate", "out_of_range", 0m, Largest, rate));
        if (asOf > now) problems.Add(new("as_of", "in_the_future"));
        return problems.Count > 0
            ? Outcome<ExchangeRate>.Failure(problems)
            : Outcome<ExchangeRate>.Success(new(new(from!), new(to!), rate!.Value, asOf.AddTicks(-(asOf.Ticks % TimeSpan.TicksPerMillisecond))));
    }
}
