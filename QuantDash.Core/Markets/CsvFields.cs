using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets;

/// <summary>The fields of one line of a comma-separated file, found by column name; what cannot be read adds a problem that names the column.</summary>
/// <remarks>A field may stand in quotes. Numbers and times hold no comma, so a quoted comma is a wrong number of columns.</remarks>
internal readonly ref struct CsvFields(string line, IReadOnlyDictionary<string, int> columns, List<Problem> problems)
{
    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>Trimmed, without quotes; empty when the column is absent.</summary>
    public ReadOnlySpan<char> Text(string column)
    {
        if (!columns.TryGetValue(column, out var index)) return [];
        var rest = line.AsSpan();
        for (; index > 0; index--) rest = rest[(rest.IndexOf(',') + 1)..];
        var end = rest.IndexOf(',');
        var field = (end < 0 ? rest : rest[..end]).Trim();
        return field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1].Trim() : field;
    }

    /// <summary>Null when empty or absent. NaN and infinities are read as such: the gate refuses them by name.</summary>
    public double? Number(string column)
    {
        var text = Text(column);
        if (text.IsEmpty) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return value;
        problems.Add(new(column, "csv_not_a_number", text.ToString()));
        return null;
    }

    public double Required(string column)
    {
        var before = problems.Count;
        var value = Number(column);
        if (value is null && problems.Count == before) problems.Add(new(column, "required"));
        return value ?? 0;
    }

    public void Refuse(string column, string code) => problems.Add(new(column, code, Text(column).ToString()));
}
