using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Web.Features.Backtests;

namespace QuantDash.Web.Cli;

/// <summary>A bars file as it was read: prices exact, times as written.</summary>
/// <param name="Line">Where it stands in the file.</param>
internal readonly record struct BacktestRow(int Line, DateTimeOffset At, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

/// <summary>Reads <c>timestamp,open,high,low,close,volume</c> (any order, further columns are passed over). Times as <see cref="WrittenTime"/>
/// has them, and they rise.</summary>
internal sealed class BacktestFile
{
    private const int MostMistakes = 20;
    private static readonly string[] Columns = ["timestamp", "open", "high", "low", "close", "volume"];

    private readonly List<BacktestRow> _rows = [];
    private readonly List<string> _mistakes = [];

    private BacktestFile()
    {
    }

    public IReadOnlyList<BacktestRow> Rows => _rows;

    /// <summary>What is wrong, each with its line; empty: nothing.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>The longest fraction of a price.</summary>
    public int Decimals { get; private set; }

    public static BacktestFile Read(TextReader reader)
    {
        var file = new BacktestFile();
        var header = reader.ReadLine()?.Trim('\uFEFF').Split(',').Select(name => name.Trim().ToLowerInvariant()).ToList() ?? [];
        var missing = Columns.Except(header).ToList();
        if (missing.Count > 0)
        {
            file._mistakes.Add($"line 1: the columns {string.Join(", ", missing)} are missing; a bars file begins with {string.Join(',', Columns)}");
            return file;
        }
        var places = Array.ConvertAll(Columns, column => header.IndexOf(column));
        var line = 1;
        while (file._mistakes.Count < MostMistakes && reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length > 0) file.Add(line, text.Split(','), places);
        }

        if (file._mistakes.Count == 0 && file._rows.Count == 0) file._mistakes.Add("the file holds no bars");
        return file;
    }

    private void Add(int line, string[] cells, int[] places)
    {
        if (cells.Length <= places.Max())
        {
            Mistake(line, $"{cells.Length} cells");
            return;
        }
        var numbers = new decimal[5];
        if (!WrittenTime.TryRead(cells[places[0]].Trim(), out var at)) Mistake(line, $"timestamp '{cells[places[0]]}' is no time");
        else if (_rows.Count > 0 && at <= _rows[^1].At) Mistake(line, $"timestamp {cells[places[0]]} is not after the one before it");
        for (var i = 0; i < numbers.Length; i++)
        {
            if (decimal.TryParse(cells[places[i + 1]], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) continue;
            Mistake(line, $"{Columns[i + 1]} '{cells[places[i + 1]]}' is no number");
            return;
        }
        var row = new BacktestRow(line, at, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        if (Contradiction(row) is { } contradiction) Mistake(line, contradiction);
        for (var i = 0; i < 4; i++) Decimals = Math.Max(Decimals, DecimalsOf(numbers[i]));
        _rows.Add(row);
    }

    private static string? Contradiction(in BacktestRow row)
    {
        if (row.Low <= 0) return "a price is not above zero";
        if (row.High < row.Low) return "high is below low";
        if (row.Open > row.High || row.Open < row.Low) return "open lies outside low and high";
        if (row.Close > row.High || row.Close < row.Low) return "close lies outside low and high";
        return row.Volume < 0 ? "volume is below zero" : null;
    }

    private static int DecimalsOf(decimal number)
    {
        var decimals = 0;
        for (; number != decimal.Truncate(number) && decimals < 28; decimals++) number *= 10;
        return decimals;
    }

    private void Mistake(int line, string what) => _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"line {line}: {what}"));

    /// <summary>The rows as bars of a contract. A row's time is its start, or its end when <paramref name="timesAreEnds"/>; the least distance between two rows is how long a bar is.</summary>
    public BarColumns ToColumns(Contract contract, TradingCalendar calendar, bool timesAreEnds)
    {
        var length = TimeSpan.FromDays(1);
        for (var i = 1; i < _rows.Count; i++)
            if (_rows[i].At - _rows[i - 1].At is var between && between < length) length = between;
        var daily = length >= TimeSpan.FromHours(20);
        var timeframe = daily ? Timeframe.Day : Timeframe.Minutes(Math.Clamp((int)Math.Round(length.TotalMinutes), 1, 720));
        var bars = new List<HistoryBar>(_rows.Count);
        SessionWindow? window = null;
        foreach (var row in _rows)
        {
            var start = timesAreEnds ? row.At - length : row.At;
            // The day of a daily bar is the date as it is written.
            var day = daily ? DateOnly.FromDateTime(timesAreEnds ? row.At.DateTime.AddMilliseconds(-1) : row.At.DateTime) : DayOf(contract, calendar, start, ref window);
            bars.Add(new()
            {
                Start = start.ToUnixTimeMilliseconds(),
                End = (start + length).ToUnixTimeMilliseconds(),
                TradingDay = day.DayNumber,
                Open = Ticks(row.Open),
                High = Ticks(row.High),
                Low = Ticks(row.Low),
                Close = Ticks(row.Close),
                Volume = (double)row.Volume,
            });
        }
        return BarColumns.Of(new(new("file"), contract.Symbol, timeframe), contract.PriceTick, bars);

        long Ticks(decimal price) => (long)decimal.Round(price / contract.PriceTick);
    }

    /// <summary>The first row with a price that is no whole number of ticks; null when all are.</summary>
    public BacktestRow? OffTick(decimal priceTick)
    {
        foreach (var row in _rows)
            if (row.Open % priceTick != 0 || row.High % priceTick != 0 || row.Low % priceTick != 0 || row.Close % priceTick != 0) return row;
        return null;
    }

    /// <summary>A bar that starts after the bell belongs to the session that has just ended, not to the next.</summary>
    private static DateOnly DayOf(Contract contract, TradingCalendar calendar, DateTimeOffset start, ref SessionWindow? window)
    {
        if (window is { Phase: not SessionPhase.Closed } && window.Covers(start)) return window.TradingDay;
        window = calendar.WindowAt(contract, start);
        if (window.Phase != SessionPhase.Closed) return window.TradingDay;
        var before = calendar.WindowAt(contract, start.AddMilliseconds(-1));
        return before.Phase != SessionPhase.Closed ? before.TradingDay : window.TradingDay;
    }
}
