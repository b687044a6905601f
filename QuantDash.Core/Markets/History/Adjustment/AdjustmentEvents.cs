using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Adjustment;

/// <summary>The events of one series, out of the files that tell them.</summary>
public static class AdjustmentEvents
{
    /// <summary>Codes: those of the files, <c>bars_not_main</c> for rolls of what is no main series, <c>bars_rolls_known_from</c> when the list begins too late.</summary>
    /// <param name="first">First trading day that is compared.</param>
    /// <param name="method">How rolls are taken out; splits and dividends of factor files are ratios.</param>
    /// <param name="factors">Lines of LEAN's factor file of a stock; null: none.</param>
    /// <param name="rolls">wondertrader's list of main contracts; null: none.</param>
    public static Outcome<IReadOnlyList<PriceAdjustment>> Read(SeriesTerms terms, DateOnly first, AdjustmentMethod method, IEnumerable<string>? factors, string? rolls)
    {
        var events = new List<PriceAdjustment>();
        if (factors is not null)
        {
            var read = LeanFactorFile.Read(factors);
            if (!read.Succeeded) return read;
            events.AddRange(read.Value);
        }

        if (rolls is not null)
        {
            if (terms.MainProduct is not { } product) return Outcome<IReadOnlyList<PriceAdjustment>>.Failure("symbol", "bars_not_main", terms.Symbol.ToString());
            var read = WondertraderRolls.Read(rolls, terms.Symbol.Exchange, product, method);
            if (!read.Succeeded) return Outcome<IReadOnlyList<PriceAdjustment>>.Failure(read.Problems);
            if (first < read.Value.KnownFrom) return Outcome<IReadOnlyList<PriceAdjustment>>.Failure("rolls", "bars_rolls_known_from", Text(read.Value.KnownFrom), Text(first));
            events.AddRange(read.Value.Rolls);
        }

        return Outcome<IReadOnlyList<PriceAdjustment>>.Success(events);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
