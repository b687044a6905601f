using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Api;

/// <summary>CSV as we write it (RFC 4180, commas, CRLF) and read it back. A text that a spreadsheet would take for a formula gets an apostrophe, which
/// reading takes off again.</summary>
internal static class CsvText
{
    /// <summary>Full-width forms too: some spreadsheets take them for the plain ones.</summary>
    private const string Risky = "=+-@\t\r\n＝＋－＠";

    public static string Line(IEnumerable<object?> values) => string.Join(',', values.Select(Cell)) + "\r\n";

    /// <summary>A text as it was before it was written.</summary>
    public static string Unguarded(string cell) => cell.Length > 1 && cell[0] == '\'' && IsRisky(cell[1]) ? cell[1..] : cell;

    /// <inheritdoc cref="CsvReader.Read"/>
    public static Outcome<IReadOnlyList<CsvLine>> Read(string text) => new CsvReader(text).Read();

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString() ?? ""),
    };

    private static string Quoted(string text)
    {
        if (text.Length > 0 && IsRisky(text[0])) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    // An apostrophe of its own is guarded too, or reading could not tell it from ours.
    private static bool IsRisky(char first) => Risky.Contains(first, StringComparison.Ordinal) || first == '\'';
}
