using System.IO.Compression;
using System.Text;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Ticks;

/// <summary>Reads one file of ticks, checks every row and stores all of them or none: broken rows refuse the file, unless they are to be skipped.</summary>
public sealed class TickImporter(ContractCatalog catalog, TradingCalendar calendar, ITickArchive archive)
{
    private const int LongestLine = 16_384;
    private const int RowsBetweenReports = 2000;

    /// <summary>Runs to the end and returns the final state; intermediate states go to <paramref name="report"/>.</summary>
    /// <param name="source">Rules of the source the ticks are stored under: its sessions and expiry.</param>
    public async Task<TickImportProgress> RunAsync(
        TickImportProgress start, Source source, Stream file, Action<TickImportProgress> report, CancellationToken stop)
    {
        using var staging = archive.Stage(source.Name);
        var run = new Run(start, new TickRowCheck(catalog, calendar, source, start.Request.Symbol), staging);
        using var text = new StreamReader(await UnpackAsync(file, stop), Encoding.UTF8, leaveOpen: true);
        var lines = new BoundedLines(text, LongestLine);
        try
        {
            var format = TickCsv.ForHeader(await lines.ReadAsync(stop) ?? "");
            if (!format.Succeeded) return run.Refuse(lines.TooLong ? [TooLong] : format.Problems);
            while (await lines.ReadAsync(stop) is { } line)
            {
                run.Take(format.Value, line);
                if (run.Line % RowsBetweenReports != 0) continue;
                stop.ThrowIfCancellationRequested();
                report(run.Progress(file));
            }

            return lines.TooLong ? run.Refuse([TooLong]) : run.Finish();
        }
        catch (InvalidDataException e)
        {
            // Damaged compression, or a day stored already with another price tick.
            return run.Refuse([new("file", "import_unreadable", e.Message)]);
        }
    }

    private static Problem TooLong => new("file", "csv_line_too_long", LongestLine);

    /// <summary>Compressed or not is told by the first two bytes, not by the name.</summary>
    private static async Task<Stream> UnpackAsync(Stream file, CancellationToken stop)
    {
        var start = new byte[2];
        var read = await file.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, stop);
        file.Position = 0;
        return read == 2 && start is [0x1F, 0x8B] ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
    }

    private sealed class Run(TickImportProgress start, TickRowCheck check, ITickStaging staging)
    {
        private readonly SortedDictionary<long, IReadOnlyList<Problem>> _broken = [];
        private long _brokenCount;
        private long _accepted;

        /// <summary>Of the line read last; the header is 1.</summary>
        public long Line { get; private set; } = 1;

        public void Take(TickCsv format, string line)
        {
            Line++;
            if (line.AsSpan().IsWhiteSpace()) return;
            var problems = format.Read(line, out var row);
            if (problems.Count > 0) Broken(Line, problems);
            else check.Take(Line, row, Good, Broken);
        }

        public TickImportProgress Progress(Stream file) => Current() with { Progress = file.Length > 0 ? (double)file.Position / file.Length : null };

        public TickImportProgress Refuse(IReadOnlyList<Problem> problems) => Current() with { State = TickImportState.Refused, Problems = problems };

        public TickImportProgress Finish()
        {
            check.Finish(Broken);
            if (_accepted == 0 && _brokenCount == 0) return Refuse([new("file", "import_empty")]);
            if (_brokenCount > 0 && !start.Request.SkipBroken) return Refuse([new("file", "import_broken_rows", _brokenCount, string.Join(", ", _broken.Keys.Take(20)))]);
            return Current() with { State = TickImportState.Imported, Added = staging.Commit(), Progress = 1 };
        }

        private TickImportProgress Current() => start with
        {
            State = TickImportState.Running,
            Rows = Line - 1,
            Accepted = _accepted,
            Duplicates = check.Duplicates,
            BrokenRows = _brokenCount,
            Broken = [.. _broken.Select(b => new BrokenRow(b.Key, b.Value))],
            Symbols = [.. check.Symbols],
        };

        private void Good(Contract contract, DateOnly tradingDay, in Tick tick)
        {
            _accepted++;
            staging.Add(contract, tradingDay, tick);
        }

        private void Broken(long line, IReadOnlyList<Problem> problems)
        {
            _brokenCount++;
            if (_broken.Count < TickImportProgress.MostBroken) _broken[line] = problems;
        }
    }
}
