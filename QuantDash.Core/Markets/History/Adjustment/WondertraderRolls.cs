using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Adjustment;

/// <summary>Reads wondertrader's list of main contracts (<c>hots.json</c>): by exchange and product, the days on which another contract became the main one,
/// with both contracts' closes of the day before. The first entry of a product follows on nothing: the list begins there.</summary>
public static class WondertraderRolls
{
    /// <summary>The rolls of one product. Problems name the entry.</summary>
    public static Outcome<RollList> Read(string json, string exchange, string product, AdjustmentMethod method)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty(exchange, out var products) && products.TryGetProperty(product, out var entries) && entries.GetArrayLength() > 0
                ? Read(entries, $"{exchange}.{product}", method)
                : Outcome<RollList>.Failure("product", "bars_no_rolls", $"{exchange}.{product}");
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Outcome<RollList>.Failure("file", "bars_rolls_unreadable", wrong.Message);
        }
    }

    private static Outcome<RollList> Read(JsonElement entries, string name, AdjustmentMethod method)
    {
        var rolls = new List<PriceAdjustment>();
        var days = new List<DateOnly>();
        var problems = new List<Problem>();
        foreach (var (entry, index) in entries.EnumerateArray().Select((entry, index) => (entry, index)))
        {
            var isFirst = entry.GetProperty("from").GetString() is null or "";
            var (oldClose, newClose) = (entry.GetProperty("oldclose").GetDecimal(), entry.GetProperty("newclose").GetDecimal());
            if (DayOf(entry) is not { } day || (!isFirst && (oldClose <= 0 || newClose <= 0)))
            {
                problems.Add(new($"{name}[{index}]", "bars_roll", entry.ToString()));
                continue;
            }

            days.Add(day);
            if (!isFirst) rolls.Add(PriceAdjustment.Roll(day, oldClose, newClose, method));
        }

        return problems.Count > 0
            ? Outcome<RollList>.Failure(problems)
            : Outcome<RollList>.Success(new(days.Min(), [.. rolls.OrderBy(roll => roll.EffectiveFrom)]));
    }

    private static DateOnly? DayOf(JsonElement entry)
    {
        var text = entry.GetProperty("date").GetInt32().ToString(CultureInfo.InvariantCulture);
        return DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
