using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets;

/// <summary>Reads the lines of a tick file, whose format its header line tells. Pure: one line in, one row or every problem of the line out.</summary>
public abstract class TickCsv
{
    private readonly Dictionary<string, int> _columns;

    private protected TickCsv(Dictionary<string, int> columns) => _columns = columns;

    /// <summary>Recognises the format. Problems (field <c>header</c>): <c>csv_unknown_header</c> with what was found, <c>csv_duplicate_column</c>.</summary>
    public static Outcome<TickCsv> ForHeader(string header)
    {
        var names = header.TrimStart('\uFEFF').Split(',').Select(name => name.Trim().Trim('"')).ToArray();
        var repeated = names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToArray();
        if (repeated.Length > 0) return Outcome<TickCsv>.Failure([.. repeated.Select(name => new Problem("header", "csv_duplicate_column", name))]);

        var columns = names.Select((name, index) => (name, index)).ToDictionary(c => c.name, c => c.index, StringComparer.Ordinal);
        if (WondertraderTickCsv.Columns.All(columns.ContainsKey)) return Outcome<TickCsv>.Success(new WondertraderTickCsv(columns));
        if (QuantDashTickCsv.Columns.All(columns.ContainsKey)) return Outcome<TickCsv>.Success(new QuantDashTickCsv(columns));
        var shown = header.Length > 200 ? header[..200] : header;
        return Outcome<TickCsv>.Failure("header", "csv_unknown_header", shown, string.Join(',', QuantDashTickCsv.Columns), string.Join(',', WondertraderTickCsv.Columns));
    }

    /// <summary>Reads one line after the header. Problems name the column; <c>csv_columns</c> (field <c>line</c>) when their number is wrong.</summary>
    public IReadOnlyList<Problem> Read(string line, out TickCsvRow row)
    {
        row = default;
        var found = line.AsSpan().Count(',') + 1;
        if (found != _columns.Count) return [new("line", "csv_columns", _columns.Count, found)];
        var problems = new List<Problem>(0);
        row = Read(new CsvFields(line, _columns, problems));
        return problems;
    }

    private protected abstract TickCsvRow Read(CsvFields fields);
}
