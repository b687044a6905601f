namespace QuantDash.Core.Markets.History.Import;

/// <summary>Which instant of a bar a file prints on it.</summary>
public enum BarStamp
{
    Start,
    End,
}

/// <summary>Where the parts of a bar stand in the lines of a file, and how they are written.</summary>
public sealed record BarCsvMapping
{
    /// <summary>Where the date has a column of its own; its text and a space are put before the time's.</summary>
    public CsvColumn? Date { get; init; }

    public required CsvColumn Time { get; init; }
    public required CsvColumn Open { get; init; }
    public required CsvColumn High { get; init; }
    public required CsvColumn Low { get; init; }
    public required CsvColumn Close { get; init; }

    /// <summary>Null: the file has none, and every volume is 0.</summary>
    public CsvColumn? Volume { get; init; }

    public CsvColumn? OpenInterest { get; init; }

    public BarTimeFormat TimeFormat { get; init; } = BarTimeFormat.Automatic;

    /// <summary>Of times that do not name theirs.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public required BarStamp Stamp { get; init; }

    /// <summary>What the file's prices are divided by: 10000 in LEAN's files of stocks.</summary>
    public decimal PriceScale { get; init; } = 1m;

    /// <summary>How many columns a line has; null: as many as the first.</summary>
    public int? Columns { get; init; }

    public char Separator { get; init; } = ',';

    /// <summary>The column that each part of a bar is read from, by the part's name.</summary>
    public IEnumerable<(string Part, CsvColumn Column)> Parts()
    {
        if (Date is { } date) yield return ("date", date);
        yield return ("time", Time);
        yield return ("open", Open);
        yield return ("high", High);
        yield return ("low", Low);
        yield return ("close", Close);
        if (Volume is { } volume) yield return ("volume", volume);
        if (OpenInterest is { } openInterest) yield return ("open_interest", openInterest);
    }
}
