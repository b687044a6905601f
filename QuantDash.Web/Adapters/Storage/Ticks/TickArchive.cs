using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>The tick store in files. Writers of the current days stay open; whoever reads such a day reads beside them, closed days are mapped.</summary>
internal sealed class TickArchive : ITickArchive, IDisposable
{
    private readonly Lock _gate = new();
    private readonly TickPaths _paths;
    private readonly Dictionary<(SourceName, Symbol), TickFileWriter> _writers = [];
    private readonly FileStream? _ownership;
    private readonly ILogger _log;

    /// <summary>One process owns the store: it appends and merges. Another (the command line) may read and stage imports, which the owner takes over.
    /// The owner makes up first for imports that a crash interrupted after their commit; one that cannot be read is tried again while nothing comes in.</summary>
    public TickArchive(string root, ILogger<TickArchive>? log = null)
    {
        _log = log ?? NullLogger<TickArchive>.Instance;
        _paths = new(root);
        _ownership = FileOwnership.TryTake(Path.Combine(root, ".owner"));
        try
        {
            AdoptImports();
        }
        catch (Exception error) when (IsOfAFile(error))
        {
            _log.LogError(error, "Imported ticks under {Root} could not be taken over", root);
        }
    }

    public bool IsOwner => _ownership is not null;

    public IReadOnlyList<TickDay> Days(SourceName? source = null, Symbol? symbol = null)
    {
        var days = new List<TickDay>();
        foreach (var path in _paths.Files(source, symbol))
        {
            // A file whose header a crash cut short holds nothing yet.
            if (new FileInfo(path).Length < TickFileHeader.Size) continue;
            var header = TickFileReader.ReadHeader(path, out var count);
            days.Add(new(header.Source, header.Symbol, header.TradingDay, header.PriceTick, count));
        }

        return days;
    }

    public IEnumerable<Tick> Read(SourceName source, Symbol symbol, DateOnly tradingDay)
    {
        var path = _paths.Day(source, symbol, tradingDay);
        return File.Exists(path) && new FileInfo(path).Length >= TickFileHeader.Size ? TickFileReader.Read(path, !IsOpen(path)) : [];
    }

    public LastTick? Last(SourceName source, Symbol symbol)
    {
        foreach (var path in _paths.Files(source, symbol).Reverse())
        {
            try
            {
                if (LastIn(path) is var (tradingDay, last)) return new(source, symbol, tradingDay, last);
            }
            catch (Exception error) when (IsOfAFile(error))
            {
                // The start asks for this: a chart's file must not keep anybody from trading.
                _log.LogError(error, "{Path} cannot be read; the last tick of {Source} {Symbol} is looked for in the day before", path, source, symbol);
            }
        }

        return null;
    }

    public void Append(SourceName source, Contract contract, DateOnly tradingDay, ReadOnlySpan<Tick> ticks)
    {
        if (!IsOwner) throw new InvalidOperationException($"Another process records into {_paths.Root}.");
        lock (_gate) WriterFor(TickFileHeader.For(source, contract, tradingDay)).Append(ticks);
    }

    public TicksForgotten Forget(DateTimeOffset untouchedSince, Action<double> tell, CancellationToken stop)
    {
        if (!IsOwner) throw new InvalidOperationException($"Another process records into {_paths.Root}.");
        var files = _paths.Files(null, null).ToList();
        var (days, bytes) = (0, 0L);
        for (var i = 0; i < files.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            tell((double)i / files.Count);
            // Files come by symbol and day: the last one of a folder is the symbol's latest day.
            var isLatest = i == files.Count - 1 || Path.GetDirectoryName(files[i + 1]) != Path.GetDirectoryName(files[i]);
            if (isLatest || TryForget(files[i], untouchedSince) is not { } freed) continue;
            days++;
            bytes += freed;
        }
        return new(days, bytes);
    }

    public ITickStaging Stage(SourceName source) => new TickFileStaging(this, _paths.Root, source);

    /// <summary>Takes over imports that another process committed; merges nothing unless this one owns the store.</summary>
    public void AdoptImports()
    {
        if (IsOwner) TickFileStaging.Adopt(this, _paths.Root);
    }

    /// <summary>Throws <see cref="InvalidDataException"/> when the day is stored already in other units.</summary>
    internal void RequireSameUnits(TickFileHeader header)
    {
        var path = _paths.Day(header.Source, header.Symbol, header.TradingDay);
        if (!File.Exists(path) || new FileInfo(path).Length < TickFileHeader.Size) return;
        var found = TickFileReader.ReadHeader(path, out _);
        if (!found.HasUnitsOf(header)) throw new InvalidDataException($"{path} holds {found}, not {header}.");
    }

    /// <summary>Merges a finished file into its day. Doing it twice changes nothing the second time.</summary>
    internal long Merge(string staged)
    {
        lock (_gate)
        {
            var header = TickFileReader.ReadHeader(staged, out var count);
            var target = _paths.Day(header.Source, header.Symbol, header.TradingDay);
            if (_writers.Remove((header.Source, header.Symbol), out var writer)) writer.Dispose();
            if (File.Exists(target) && new FileInfo(target).Length >= TickFileHeader.Size) return MergeInto(target, staged, header);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(staged, target, overwrite: true);
            return count;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var writer in _writers.Values) writer.Dispose();
            _writers.Clear();
        }

        _ownership?.Dispose();
    }

    private static long MergeInto(string target, string staged, TickFileHeader header)
    {
        var existing = TickFileReader.Read(target, isClosed: false).ToList();
        var seen = existing.Select(Content).ToHashSet();
        var added = TickFileReader.Read(staged, isClosed: false).Where(tick => seen.Add(Content(tick))).ToList();
        if (added.Count > 0)
        {
            var stored = TickFileReader.ReadHeader(target, out _);
            TickFileRewriting.Replace(target, header with { HasMark = header.HasMark || stored.HasMark }, existing.Concat(added).OrderBy(tick => tick.OccurredAt));
        }

        File.Delete(staged);
        return added.Count;
    }

    /// <summary>Its length when it was removed; null: it stays.</summary>
    private long? TryForget(string path, DateTimeOffset untouchedSince)
    {
        lock (_gate)
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.LastWriteTimeUtc >= untouchedSince.UtcDateTime || _writers.Values.Any(writer => writer.Path == path)) return null;
            var length = file.Length;
            file.Delete();
            return length;
        }
    }

    private static bool IsOfAFile(Exception error) => error is InvalidDataException or IOException or UnauthorizedAccessException;

    private static (DateOnly TradingDay, Tick Tick)? LastIn(string path) =>
        new FileInfo(path).Length >= TickFileHeader.Size && TickFileReader.ReadLast(path) is { } last ? (TickFileReader.ReadHeader(path, out _).TradingDay, last) : null;

    /// <summary>When we received it is no part of what a tick says.</summary>
    private static Tick Content(Tick tick) => tick with { ReceivedAt = tick.OccurredAt };

    private bool IsOpen(string path)
    {
        lock (_gate) return _writers.Values.Any(writer => writer.Path == path);
    }

    private TickFileWriter WriterFor(TickFileHeader header)
    {
        var key = (header.Source, header.Symbol);
        if (_writers.TryGetValue(key, out var writer) && writer.Header == header) return writer;
        if (_writers.Remove(key)) writer!.Dispose();
        return _writers[key] = TickFileWriter.Open(_paths.Day(header.Source, header.Symbol, header.TradingDay), header);
    }
}
