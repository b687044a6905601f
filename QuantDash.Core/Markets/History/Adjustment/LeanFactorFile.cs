using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Adjustment;

/// <summary>Reads LEAN's factor files of stocks: <c>last day, price factor, split factor, close of that day</c>, oldest first. A row's factors hold up to and with its day,
/// so what changed between two rows became effective behind the earlier one.</summary>
public static class LeanFactorFile
{
    private const int LeastColumns = 3;

    /// <summary>Problems name the line. The last row is LEAN's end of time.</summary>
    public static Outcome<IReadOnlyList<PriceAdjustment>> Read(IEnumerable<string> lines)
    {
        var rows = new List<(DateOnly Day, decimal Price, decimal Split)>();
        var problems = new List<Problem>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var fields = line.Split(',');
            if (fields.Length >= LeastColumns && Day(fields[0]) is { } day && Factor(fields[1]) is { } price && Factor(fields[2]) is { } split
                && (rows.Count == 0 || day > rows[^1].Day))
            {
                rows.Add((day, price, split));
            }
            else
            {
                problems.Add(new($"lines[{number}]", "bars_factor_line", line));
            }
        }

        return problems.Count > 0 ? Outcome<IReadOnlyList<PriceAdjustment>>.Failure(problems) : Outcome<IReadOnlyList<PriceAdjustment>>.Success([.. Events(rows)]);
    }

    private static IEnumerable<PriceAdjustment> Events(List<(DateOnly Day, decimal Price, decimal Split)> rows)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            var (before, after) = (rows[i - 1], rows[i]);
            var from = before.Day.AddDays(1);
            if (before.Price != after.Price) yield return PriceAdjustment.DividendFactor(from, before.Price / after.Price);
            if (before.Split != after.Split) yield return PriceAdjustment.Split(from, after.Split / before.Split);
        }
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text.Trim(), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static decimal? Factor(string text) => decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 ? factor : null;
}
