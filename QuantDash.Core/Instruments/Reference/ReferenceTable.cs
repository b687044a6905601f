using System.Globalization;

namespace QuantDash.Core.Instruments.Reference;

/// <summary>One of the reference files built into this assembly: a header line, then comma-separated rows without quoting.</summary>
internal sealed class ReferenceTable
{
    private ReferenceTable(string name, IReadOnlyList<ReferenceRow> rows) => (Name, Rows) = (name, rows);

    public string Name { get; }
    public IReadOnlyList<ReferenceRow> Rows { get; }

    public static ReferenceTable Load(string name)
    {
        using var stream = typeof(ReferenceTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The reference file {name} is not built into the assembly.");
        using var reader = new StreamReader(stream);
        return Parse(name, reader.ReadToEnd());
    }

    public static ReferenceTable Parse(string name, string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) throw new FormatException($"{name} is empty.");
        if (lines[0].Split(',').GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new FormatException($"{name}: the column {twice.Key} is there twice.");
        var columns = lines[0].Split(',').Select((column, index) => (column, index)).ToDictionary(c => c.column, c => c.index, StringComparer.Ordinal);
        var rows = lines.Skip(1).Select((line, index) => new ReferenceRow($"{name} row {index + 2}", columns, line.Split(','))).ToList();
        return new(name, rows);
    }
}

/// <summary>One row, read by column name. A wrong value names its file, row and column.</summary>
internal sealed class ReferenceRow
{
    private readonly string _place;
    private readonly Dictionary<string, int> _columns;
    private readonly string[] _cells;

    public ReferenceRow(string place, Dictionary<string, int> columns, string[] cells)
    {
        (_place, _columns, _cells) = (place, columns, cells);
        if (cells.Length != columns.Count) throw new FormatException($"{place} has {cells.Length} cells, the header has {columns.Count}.");
    }

    public string this[string column] => _columns.TryGetValue(column, out var index) ? _cells[index] : throw new FormatException($"{_place}: there is no column {column}.");

    public string? TextOrNull(string column) => this[column] is { Length: > 0 } text ? text : null;
    public decimal Number(string column) => NumberOrNull(column) ?? throw Wrong(column, "a number");
    public int Count(string column) => CountOrNull(column) ?? throw Wrong(column, "a whole number");
    public DateOnly Date(string column) => DateOrNull(column) ?? throw Wrong(column, "a date");

    public decimal? NumberOrNull(string column)
        => TextOrNull(column) is not { } text ? null
            : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value
            : throw Wrong(column, "a number");

    public int? CountOrNull(string column)
        => TextOrNull(column) is not { } text ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw Wrong(column, "a whole number");

    public DateOnly? DateOrNull(string column)
        => TextOrNull(column) is not { } text ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value
            : throw Wrong(column, "a date (yyyy-MM-dd)");

    /// <summary>The value that a word of the file stands for.</summary>
    public T Word<T>(string column, params ReadOnlySpan<(string Word, T Value)> words)
    {
        foreach (var (word, value) in words)
        {
            if (word == this[column]) return value;
        }

        throw Wrong(column, "a known word");
    }

    /// <summary>Spans such as <c>09:00-10:15 10:30-11:30</c>; empty where there are none.</summary>
    public IReadOnlyList<SessionSpan> Spans(string column)
        => this[column].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Span(column, text)).ToList();

    public FormatException Wrong(string column, string wanted) => new($"{_place}, column {column}: {wanted} was expected, found '{this[column]}'.");

    private SessionSpan Span(string column, string text)
        => text.Split('-') is [var from, var to] && Time(from) is { } start && Time(to) is { } end
            ? new(start, end)
            : throw Wrong(column, "spans such as 09:00-10:15");

    private static TimeOnly? Time(string text)
        => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
