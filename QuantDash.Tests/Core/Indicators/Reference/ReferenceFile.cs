using System.Text.Json;
using QuantDash.Core.Indicators;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Indicators.Reference;

/// <summary>The columns of a reference file, null where it has no number.</summary>
internal static class ReferenceFile
{
    public static double?[] Column(ReferenceCase reference, string name) => reference.IsSheet ? OfSheet(reference.File, name) : OfResult(reference.File, name);

    public static IndicatorBar[] Bars(ReferenceCase reference)
    {
        if (reference.Quotes == Quotes.Daily) return IndicatorSamples.Daily();
        var cells = IndicatorSamples.Rows(reference.File).Skip(1);
        return [.. cells.Select(row => IndicatorSamples.Bar(row, 2))];
    }

    private static double?[] OfResult(string file, string name)
    {
        using var reader = TestData.Open(file);
        using var document = JsonDocument.Parse(reader.ReadToEnd());
        return [.. document.RootElement.EnumerateArray().Select(row => Number(row.GetProperty(name)))];
    }

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => value.GetDouble(),
    };

    private static double?[] OfSheet(string file, string name)
    {
        var rows = IndicatorSamples.Rows(file).ToList();
        var (heading, nth) = name.Split('#') is [var first, var number] ? (first, int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)) : (name, 1);
        var column = rows[0].Select((cell, index) => (cell, index)).Where(cell => cell.cell == heading).ElementAt(nth - 1).index;
        return [.. rows.Skip(1).Select(row => column < row.Length && row[column] is not ("" or "#N/A") && double.TryParse(row[column], System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : (double?)null)];
    }
}
