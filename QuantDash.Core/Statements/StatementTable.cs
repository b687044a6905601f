namespace QuantDash.Core.Statements;

/// <summary>A line of a table, and where it stands in the file.</summary>
public sealed record StatementRow(int Number, IReadOnlyList<string> Cells);

/// <summary>A table of a statement: its columns by their Chinese headings, its rows, and the line that adds them up.</summary>
internal sealed class StatementTable
{
    private readonly StatementProblems _problems;
    private readonly IReadOnlyList<string> _headings;

    public StatementTable(StatementRow headings, IEnumerable<StatementRow> rows, StatementProblems problems)
    {
        (HeadingLine, _problems) = (headings.Number, problems);
        _headings = [.. headings.Cells.Select(Squeezed)];
        var all = rows.Where(row => Fits(row)).ToList();
        Rows = [.. all.Where(row => !IsTotal(row))];
        Total = all.Find(IsTotal);
        if (Total is not null) CheckCount(Total);
    }

    public int HeadingLine { get; }
    public IReadOnlyList<StatementRow> Rows { get; }
    public StatementRow? Total { get; }

    /// <summary>The place of a column under any of its names; names the first in a problem when it is needed and there is none.</summary>
    public int Column(bool needed, params ReadOnlySpan<string> names)
    {
        for (var i = 0; i < _headings.Count; i++)
            if (names.Contains(_headings[i])) return i;
        if (needed) _problems.Add("statement_column", HeadingLine, names[0]);
        return -1;
    }

    public string Text(StatementRow row, int column) => column < 0 ? "" : row.Cells[column];

    public decimal Number(StatementRow row, int column) => column < 0 ? 0 : _problems.Number(row.Number, _headings[column], row.Cells[column]);

    public decimal? NumberOrNone(StatementRow row, int column) => column < 0 || row.Cells[column] is "" or "-" or "--" ? null : Number(row, column);

    /// <summary>Above zero.</summary>
    public decimal Positive(StatementRow row, int column)
    {
        var number = Number(row, column);
        if (column >= 0 && number <= 0 && StatementProblems.TryNumber(row.Cells[column], out _)) _problems.Add("statement_positive", row.Number, _headings[column], number);
        return number;
    }

    /// <summary>One of the words, or a problem that names them.</summary>
    public T Word<T>(StatementRow row, int column, IReadOnlyDictionary<string, T> words)
    {
        var text = Squeezed(Text(row, column));
        if (words.TryGetValue(text, out var meaning)) return meaning;
        if (column >= 0) _problems.Add("statement_word", row.Number, _headings[column], text, words.Keys);
        return words.Values.First();
    }

    /// <summary>The total line must say what the rows add up to.</summary>
    public void CheckSum(int column, decimal sum)
    {
        if (Total is null || column < 0 || Total.Cells[column].Length == 0) return;
        var told = Number(Total, column);
        if (Math.Abs(told - sum) > 0.01m) _problems.Add("statement_sum", Total.Number, _headings[column], told, sum);
    }

    /// <summary>Without blanks and slashes: <c>买 / 卖</c> and <c>买/卖</c> are one heading.</summary>
    public static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '/'));

    private static bool IsTotal(StatementRow row) => row.Cells[0].StartsWith('共') || row.Cells[0].StartsWith("合计", StringComparison.Ordinal);

    private bool Fits(StatementRow row)
    {
        if (row.Cells.Count == _headings.Count) return true;
        _problems.Add("statement_cells", row.Number, row.Cells.Count, _headings.Count);
        return false;
    }

    private void CheckCount(StatementRow total)
    {
        var digits = string.Concat(total.Cells[0].Where(char.IsAsciiDigit));
        if (digits.Length is > 0 and < 9 && int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) is var told && told != Rows.Count) _problems.Add("statement_count", total.Number, told, Rows.Count);
    }
}
