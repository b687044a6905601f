using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Import;

/// <summary>What is imported, and how strictly.</summary>
/// <param name="PriceTick">Every price must be a multiple of it.</param>
/// <param name="Sessions">When the symbol trades; null: unknown.</param>
/// <param name="SkipBadLines">Leave out lines that are wrong; otherwise one of them refuses everything.</param>
public sealed record BarImportRequest(BarKey Key, decimal PriceTick, SessionPlan? Sessions, BarCsvMapping Mapping, bool SkipBadLines);

/// <summary>Takes the lines of one or more files and makes one series of them, or says what is wrong with which line. Nothing is stored here.</summary>
public sealed class BarImport(BarImportRequest request, TradingCalendar calendar)
{
    /// <summary>So many bad lines are told one by one; the others are counted.</summary>
    public const int MostBadLines = 1000;

    /// <summary>Fewer bars may stand apart by chance.</summary>
    private const int BarsThatTellTheirSpacing = 10;

    private readonly List<BarLine> _lines = [];
    private readonly List<string> _files = [];
    private readonly SortedDictionary<(int File, long Line), IReadOnlyList<Problem>> _bad = [];
    private readonly List<Problem> _problems = [];
    private BarLineReader? _reader;
    private long _line, _count, _badCount, _repeated;

    /// <summary>Goes on with the next file.</summary>
    /// <param name="day">The day of its bars where its times need one.</param>
    public void Begin(string file, DateOnly day = default)
    {
        _files.Add(file);
        (_reader, _line) = (new(request.Mapping, request.PriceTick, day), 0);
        if (request.Mapping.TimeFormat.NeedsDay && day == default) _problems.Add(new("file", "bars_no_day", file));
    }

    /// <summary>Takes the next line of the file. False when its first line shows that nothing in it can be read.</summary>
    public bool Take(string text)
    {
        var reader = _reader ?? throw new InvalidOperationException("No file was begun.");
        _line++;
        if (_line == 1)
        {
            var first = reader.Begin(text);
            if (!first.Succeeded) _problems.AddRange(first.Problems);
            if (!first.Succeeded || first.Value) return first.Succeeded;
        }

        if (text.AsSpan().IsWhiteSpace()) return true;
        _count++;
        var problems = reader.Read(_line == 1 ? text.TrimStart('\uFEFF') : text, _files.Count - 1, _line, out var line);
        if (problems.Count == 0) _lines.Add(line);
        else Bad(_files.Count - 1, _line, problems);
        return true;
    }

    public BarImportResult Finish()
    {
        if (_problems.Count > 0) return Refused(_problems);
        var bars = Place(InOrder());
        if (_badCount > 0 && !request.SkipBadLines) return Refused([new("file", "bars_bad_lines", _badCount)]);
        if (bars.Count == 0) return Refused([new("file", "bars_none")]);
        return SpacingProblem(bars) is { } problem ? Refused([problem]) : Result() with { Bars = BarColumns.Of(request.Key, request.PriceTick, bars) };
    }

    /// <summary>By time; what is said twice stays once, what is said differently is wrong.</summary>
    private List<BarLine> InOrder()
    {
        var ordered = new List<BarLine>(_lines.Count);
        foreach (var line in _lines.OrderBy(line => line.Stamp))
        {
            if (ordered is not [.., var last] || last.Stamp != line.Stamp) ordered.Add(line);
            else if (last.SaysTheSameAs(line)) _repeated++;
            else Bad(line.File, line.Line, [new("time", "bar_conflict", DateTimeOffset.FromUnixTimeMilliseconds(line.Stamp), _files[last.File], last.Line)]);
        }

        return ordered;
    }

    private List<HistoryBar> Place(List<BarLine> lines)
    {
        var clock = new SeriesClock(request.Sessions, calendar, request.Mapping.Zone);
        var placing = new BarPlacing(request.Key.Timeframe, request.Mapping.Stamp, clock);
        var bars = new List<HistoryBar>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var next = i + 1 < lines.Count ? lines[i + 1].Stamp : long.MaxValue;
            if (placing.Place(lines[i], bars.Count > 0 ? bars[^1] : null, next, out var bar) is { } problem) Bad(lines[i].File, lines[i].Line, [problem]);
            else bars.Add(bar);
        }

        return bars;
    }

    /// <summary>Five-minute bars imported as one-minute bars would leave four gaps behind each.</summary>
    private Problem? SpacingProblem(List<HistoryBar> bars)
    {
        if (request.Key.Timeframe.IsDay || bars.Count < BarsThatTellTheirSpacing) return null;
        var smallest = bars.Skip(1).Zip(bars, (next, bar) => next.Start - bar.Start).Min();
        return smallest > request.Key.Timeframe.Length.TotalMilliseconds
            ? new("timeframe", "bars_other_timeframe", request.Key.Timeframe.ToString(), Minutes(smallest))
            : null;
    }

    private static string Minutes(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000.0:0.###}m");

    private void Bad(int file, long line, IReadOnlyList<Problem> problems)
    {
        _badCount++;
        if (_bad.Count < MostBadLines) _bad[(file, line)] = problems;
    }

    private BarImportResult Refused(IReadOnlyList<Problem> problems) => Result() with { Problems = problems };

    private BarImportResult Result() => new()
    {
        Lines = _count,
        Repeated = _repeated,
        BadLineCount = _badCount,
        BadLines = [.. _bad.Select(bad => new BadLine(_files[bad.Key.File], bad.Key.Line, bad.Value))],
    };
}
