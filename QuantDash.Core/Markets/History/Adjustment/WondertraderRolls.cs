using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Adjustment;

/// <summary>Reads wondertrader's list of main contracts (<c>hots.json</c>): by exchange and product, the days on which another contract became the main one,
/// with both contracts' closes of the day before.</summary>
public static class WondertraderRolls
{
    /// <summary>The rolls of one product, oldest first. The first entry follows on nothing and is no roll. Problems name the entry.</summary>
    public static Outcome<IReadOnlyList<PriceAdjustment>> Read(string json, string exchange, string product, AdjustmentMethod method)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (!document.RootElement.TryGetProperty(exchange, out var products) || !products.TryGetProperty(product, out var entries))
                return Outcome<IReadOnlyList<PriceAdjustment>>.Failure("product", "bars_no_rolls", $"{exchange}.{product}");
            var rolls = new List<PriceAdjustment>();
            var problems = new List<Problem>();
            foreach (var (entry, index) in entries.EnumerateArray().Select((entry, index) => (entry, index)))
            {
                if (entry.GetProperty("from").GetString() is null or "") continue;
                if (Roll(entry, method) is { } roll) rolls.Add(roll);
                else problems.Add(new($"{exchange}.{product}[{index}]", "bars_roll", entry.ToString()));
            }

            return problems.Count > 0
                ? Outcome<IReadOnlyList<PriceAdjustment>>.Failure(problems)
                : Outcome<IReadOnlyList<PriceAdjustment>>.Success([.. rolls.OrderBy(roll => roll.EffectiveFrom)]);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Outcome<IReadOnlyList<PriceAdjustment>>.Failure("file", "bars_rolls_unreadable", wrong.Message);
        }
    }

    private static PriceAdjustment? Roll(JsonElement entry, AdjustmentMethod method)
    {
        var day = entry.GetProperty("date").GetInt32().ToString(CultureInfo.InvariantCulture);
        var (oldClose, newClose) = (entry.GetProperty("oldclose").GetDecimal(), entry.GetProperty("newclose").GetDecimal());
        return DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from) && oldClose > 0 && newClose > 0
            ? PriceAdjustment.Roll(from, oldClose, newClose, method)
            : null;
    }
}
