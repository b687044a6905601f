using System.Globalization;

namespace QuantDash.Core.Markets.History.Import;

/// <summary>A column of a file: by the name in its header, or by number, the first being 1.</summary>
public readonly record struct CsvColumn
{
    /// <summary>The highest number of a column.</summary>
    public const int MostColumns = 1000;

    private CsvColumn(string? name, int number) => (Name, Number) = (name, number);

    /// <summary>Null when the column goes by number.</summary>
    public string? Name { get; }

    /// <summary>1 to 1000; 0 when the column goes by name.</summary>
    public int Number { get; }

    public static CsvColumn Named(string name) => new(name, 0);

    public static CsvColumn At(int number) => number is >= 1 and <= MostColumns
        ? new(null, number)
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"Columns are numbered from 1 to {MostColumns}.");

    /// <summary>Reads a number as such and everything else as a name; null when it is neither.</summary>
    public static CsvColumn? Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0) return null;
        if (!int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Named(trimmed);
        return number is >= 1 and <= MostColumns ? At(number) : null;
    }

    public override string ToString() => Name ?? Number.ToString(CultureInfo.InvariantCulture);
}
