using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Import;

/// <summary>Reads the lines of one file by its mapping, and finds every problem of a line.</summary>
internal sealed class BarLineReader(BarCsvMapping mapping, decimal priceTick, DateOnly day)
{
    /// <summary>Share of a price tick that a file's rounding may add.</summary>
    private const decimal TickTolerance = 0.001m;
    private const decimal HighestPrice = 1_000_000_000m;
    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private int _columns;

    /// <summary>Looks at the first line. True when it is a header, which names the columns or would otherwise be no bar at all.</summary>
    public Outcome<bool> Begin(string first)
    {
        var fields = Split(first.TrimStart('\uFEFF'));
        _columns = mapping.Columns ?? fields.Length;
        var problems = new List<Problem>();
        var byName = false;
        foreach (var (part, column) in mapping.Parts())
        {
            byName |= column.Name is not null;
            var index = column.Name is { } name ? Array.IndexOf(fields, name) : column.Number - 1;
            if (column.Name is not null && Array.LastIndexOf(fields, column.Name) != index) problems.Add(new("header", "csv_duplicate_column", column.Name));
            if (index < 0) problems.Add(new(part, "csv_unknown_column", column.ToString(), string.Join(", ", fields)));
            if (index >= _columns) problems.Add(new(part, "bar_no_such_column", column.Number, _columns));
            _indexes[part] = index;
        }

        if (problems.Count > 0) return Outcome<bool>.Failure(problems);
        return Outcome<bool>.Success(byName || HasNoNumbers(fields));
    }

    /// <summary>The line's bar; nothing of use where there are problems.</summary>
    public IReadOnlyList<Problem> Read(string text, int file, long number, out BarLine line)
    {
        line = default;
        var fields = Split(text);
        if (fields.Length != _columns) return [new("line", "csv_columns", _columns, fields.Length)];
        var problems = new List<Problem>(0);
        var time = Time(fields, problems);
        var (open, high, low, close) = (Price(fields, "open", problems), Price(fields, "high", problems), Price(fields, "low", problems), Price(fields, "close", problems));
        var (volume, openInterest) = (Volume(fields, "volume", problems), Volume(fields, "open_interest", problems));
        if (problems.Count > 0) return problems;

        line = new(time.ToUnixTimeMilliseconds(), open, high, low, close, volume, openInterest, file, number);
        var bar = new HistoryBar { Start = 0, End = 1, TradingDay = 0, Open = open, High = high, Low = low, Close = close, Volume = volume, OpenInterest = openInterest };
        return bar.Contradiction(priceTick) is { } contradiction ? [contradiction] : problems;
    }

    /// <summary>Whether none of the mapped columns holds anything that begins with a digit.</summary>
    private bool HasNoNumbers(string[] fields) => _indexes.Values.All(index => index >= fields.Length || fields[index] is not [>= '0' and <= '9', ..]);

    private DateTimeOffset Time(string[] fields, List<Problem> problems)
    {
        var text = fields[_indexes["time"]];
        if (_indexes.TryGetValue("date", out var date)) text = $"{fields[date]} {text}";
        var time = mapping.TimeFormat.Read(text, mapping.Zone, day, out var reason);
        if (time is null) problems.Add(reason == "bar_time_ambiguous" ? new("time", "bar_time_ambiguous", text, mapping.Zone.Id) : new("time", "bar_time_unreadable", text, mapping.TimeFormat.Text));
        else if (time < Earliest || time >= Latest) problems.Add(new("time", "bar_time_range", text, Earliest, Latest));
        return time ?? default;
    }

    private long Price(string[] fields, string part, List<Problem> problems)
    {
        var text = fields[_indexes[part]];
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            problems.Add(text.Length == 0 ? new(part, "required") : new(part, "csv_not_a_number", text));
            return 0;
        }

        var price = value / mapping.PriceScale;
        if (price is <= 0 or > HighestPrice)
        {
            problems.Add(new(part, "bar_price", text, HighestPrice));
            return 0;
        }

        var ticks = decimal.Round(price / priceTick);
        if (Math.Abs((ticks * priceTick) - price) > priceTick * TickTolerance) problems.Add(new(part, "bar_off_tick", price, priceTick));
        return (long)ticks;
    }

    /// <summary>0 when the file has no such column or leaves it empty.</summary>
    private double Volume(string[] fields, string part, List<Problem> problems)
    {
        if (!_indexes.TryGetValue(part, out var index) || fields[index].Length == 0) return 0;
        if (!double.TryParse(fields[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var volume)) problems.Add(new(part, "csv_not_a_number", fields[index]));
        else if (!(volume is >= 0 and <= HistoryBar.MostVolume)) problems.Add(new(part, "bar_volume", fields[index], HistoryBar.MostVolume));
        return volume;
    }

    private string[] Split(string text)
    {
        var fields = text.Split(mapping.Separator);
        for (var i = 0; i < fields.Length; i++)
        {
            var field = fields[i].Trim();
            fields[i] = field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1].Trim() : field;
        }

        return fields;
    }
}
