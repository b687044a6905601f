using System.Globalization;
using QuantDash.Core.Indicators;
using QuantDash.Web.Api;
using QuantDash.Web.Features.Backtests;

namespace QuantDash.Web.Cli;

/// <summary>Bars as the command line takes them: CSV with the columns timestamp, open, high, low, close and volume in any order, oldest first. Times are ISO-8601, yyyyMMdd, or Unix
/// seconds or milliseconds; the day of a bar is the date as it is written.</summary>
internal sealed class BarFile
{
    private static readonly string[] Columns = ["timestamp", "open", "high", "low", "close", "volume"];
    private readonly List<string> _mistakes = [];
    private readonly List<string> _timestamps = [];
    private readonly List<IndicatorBar> _bars = [];
    private readonly List<int> _lines = [];
    private DateTimeOffset? _last;

    private BarFile()
    {
    }

    /// <summary>Line and field of each, and what is allowed.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>As written.</summary>
    public IReadOnlyList<string> Timestamps => _timestamps;
    public IReadOnlyList<IndicatorBar> Bars => _bars;

    /// <summary>Where in the file each bar stands, from 1.</summary>
    public IReadOnlyList<int> Lines => _lines;

    public static BarFile Read(string text)
    {
        var file = new BarFile();
        var read = CsvText.Read(text);
        if (!read.Succeeded) file._mistakes.Add($"line {read.Problems[0].Values[0]}: a quotation mark is opened or closed in the wrong place.");
        else if (read.Value.Count == 0) file._mistakes.Add("There is nothing in the file.");
        else if (file.PlacesOf(read.Value[0]) is { } places) file.Take(read.Value, places);
        return file;
    }

    private int[]? PlacesOf(CsvLine header)
    {
        var names = header.Cells.Select(cell => cell.Trim().ToLowerInvariant()).ToList();
        foreach (var column in Columns)
        {
            var times = names.Count(name => name == column);
            if (times != 1) _mistakes.Add($"line {header.Number}: the column {column} is {(times == 0 ? "missing" : "there twice")}; needed are {string.Join(',', Columns)}.");
        }
        return _mistakes.Count > 0 ? null : [.. Columns.Select(column => names.IndexOf(column))];
    }

    private void Take(IReadOnlyList<CsvLine> lines, int[] places)
    {
        var width = lines[0].Cells.Count;
        if (lines.Count == 1) _mistakes.Add("There are no bars in the file.");
        foreach (var line in lines.Skip(1))
        {
            if (line.Cells.Count == width) Take(line, places);
            else _mistakes.Add($"line {line.Number}: the header has {width} columns, this line has {line.Cells.Count}.");
        }
    }

    private void Take(CsvLine line, int[] places)
    {
        var before = _mistakes.Count;
        var numbers = new double[Columns.Length];
        for (var i = 1; i < Columns.Length; i++)
        {
            var cell = line.Cells[places[i]].Trim();
            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) Refuse(line, $"{Columns[i]} is {(cell.Length == 0 ? "empty" : cell)}; allowed: a number.");
        }

        var written = line.Cells[places[0]].Trim();
        if (!WrittenTime.TryRead(written, out var time)) Refuse(line, $"timestamp is {(written.Length == 0 ? "empty" : written)}; allowed: ISO-8601 such as 2025-03-03 or 2025-03-03T09:30:00Z, yyyyMMdd, or Unix seconds or milliseconds.");
        else if (time <= _last) Refuse(line, $"timestamp is {written}; allowed: later than that of the line before.");
        else _last = time;
        if (_mistakes.Count == before) Add(line, written, numbers);
    }

    private void Add(CsvLine line, string written, double[] numbers)
    {
        try
        {
            _bars.Add(new(numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], DateOnly.FromDateTime(_last!.Value.DateTime).DayNumber));
            _timestamps.Add(written);
            _lines.Add(line.Number);
        }
        catch (RefusedValueException refused)
        {
            Refuse(line, refused.Reason);
        }
    }

    private void Refuse(CsvLine line, string reason) => _mistakes.Add($"line {line.Number}: {reason}");
}
