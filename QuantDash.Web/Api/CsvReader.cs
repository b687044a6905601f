using System.Text;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Api;

/// <summary>Takes CSV apart (RFC 4180: commas, quotes doubled inside quotes; any line end, with a mark at the start or without).</summary>
internal sealed class CsvReader(string text)
{
    private readonly List<CsvLine> _lines = [];
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private Quote _quote;
    private int _line = 1;
    private int _start = 1;

    private enum Quote { None, Open, Closed }

    /// <summary>The lines of a file with their cells; empty lines are left out.</summary>
    public Outcome<IReadOnlyList<CsvLine>> Read()
    {
        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            var pair = _quote == Quote.Open ? (text[i], next) is ('"', '"') : (text[i], next) is ('\r', '\n');
            if (!(_quote == Quote.Open ? TakeQuoted(text[i], pair) : TakePlain(text[i]))) return Outcome<IReadOnlyList<CsvLine>>.Failure("file", "csv_quote", _start);
            if (pair) i++;
        }

        if (_quote == Quote.Open) return Outcome<IReadOnlyList<CsvLine>>.Failure("file", "csv_quote", _start);
        EndLine();
        return Outcome<IReadOnlyList<CsvLine>>.Success(_lines);
    }

    private bool TakeQuoted(char at, bool doubled)
    {
        if (at == '\n') _line++;
        if (at == '"' && !doubled) _quote = Quote.Closed;
        else _cell.Append(at);
        return true;
    }

    /// <summary>False when a quote stands where none may.</summary>
    private bool TakePlain(char at)
    {
        switch (at)
        {
            case '\r' or '\n':
                EndLine();
                _start = ++_line;
                return true;
            case ',':
                EndCell();
                return true;
            case '"' when _quote == Quote.None && _cell.Length == 0:
                _quote = Quote.Open;
                return true;
            default:
                _cell.Append(at);
                return at != '"' && _quote == Quote.None;
        }
    }

    private void EndCell()
    {
        _cells.Add(_cell.ToString());
        _cell.Clear();
        _quote = Quote.None;
    }

    private void EndLine()
    {
        EndCell();
        if (_cells.Exists(cell => cell.Length > 0)) _lines.Add(new(_start, [.. _cells]));
        _cells.Clear();
    }
}

/// <param name="Number">Of its first line in the file, from 1.</param>
/// <param name="Cells">As they stand there, without their quotes.</param>
internal sealed record CsvLine(int Number, IReadOnlyList<string> Cells);
