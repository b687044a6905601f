using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>An import on its way: files in a folder of its own until all are safely on disk, then a marker, then one merge a file. A crash before the marker
/// leaves the store as it was, one after it is made up for at the next start.</summary>
internal sealed class TickFileStaging : ITickStaging
{
    private const string Folder = ".imports";
    private const string Marker = "committed";
    private const string OwnerSuffix = ".owner";
    private const int BatchSize = 128;

    private readonly TickArchive _archive;
    private readonly SourceName _source;
    private readonly string _folder;
    private readonly TickPaths _paths;
    private readonly FileStream _ownership;
    private long _staged;
    private readonly Dictionary<(Symbol, DateOnly), StagedDay> _days = [];

    public TickFileStaging(TickArchive archive, string root, SourceName source)
    {
        _archive = archive;
        _source = source;
        _folder = Path.Combine(root, Folder, Guid.NewGuid().ToString("N"));
        _paths = new(_folder);
        // Held before the folder is there to be found: one without an owner is taken for given up and removed.
        _ownership = FileOwnership.TryTake(_folder + OwnerSuffix) ?? throw new IOException($"{_folder}{OwnerSuffix} cannot be held.");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Finishes imports that were committed, removes those that were given up; one that somebody still works on is left alone.</summary>
    public static void Adopt(TickArchive archive, string root)
    {
        var parent = Path.Combine(root, Folder);
        if (!Directory.Exists(parent)) return;
        // Folders only: an owner's file without one may be about to be held, and whoever removes it then lets two hold what has one name.
        foreach (var folder in Directory.EnumerateDirectories(parent))
        {
            using var ownership = FileOwnership.TryTake(folder + OwnerSuffix);
            if (ownership is null) continue;
            if (File.Exists(Path.Combine(folder, Marker))) MergeAll(archive, folder);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            File.Delete(folder + OwnerSuffix);
        }
    }

    public void Add(Contract contract, DateOnly tradingDay, in Tick tick)
    {
        var key = (contract.Symbol, tradingDay);
        if (!_days.TryGetValue(key, out var day))
        {
            var header = TickFileHeader.For(_source, contract, tradingDay);
            _archive.RequireSameUnits(header);
            _days[key] = day = new(TickFileWriter.Open(_paths.Day(_source, contract.Symbol, tradingDay), header), []);
        }

        _staged++;
        day.Waiting.Add(tick);
        if (day.Waiting.Count >= BatchSize) day.Write();
    }

    public long Commit()
    {
        foreach (var day in _days.Values)
        {
            day.Write();
            day.Writer.FlushToDisk();
        }

        CloseWriters();
        using (var marker = File.OpenHandle(Path.Combine(_folder, Marker), FileMode.CreateNew, FileAccess.Write)) RandomAccess.FlushToDisk(marker);
        return _archive.IsOwner ? MergeAll(_archive, _folder) : _staged;
    }

    /// <summary>What was committed but not merged stays: the owner of the store takes it over, or its next start after a full disk.</summary>
    public void Dispose()
    {
        CloseWriters();
        if (Directory.Exists(_folder) && !AwaitsOwner()) Directory.Delete(_folder, recursive: true);
        _ownership.Dispose();
        File.Delete(_folder + OwnerSuffix);
    }

    private bool AwaitsOwner() => File.Exists(Path.Combine(_folder, Marker)) && _paths.Files(null, null).Any();

    private static long MergeAll(TickArchive archive, string folder)
    {
        // Listed first: merging removes files from the folders that are being listed.
        List<string> files = [.. new TickPaths(folder).Files(null, null)];
        return files.Sum(archive.Merge);
    }

    private void CloseWriters()
    {
        foreach (var day in _days.Values) day.Writer.Dispose();
        _days.Clear();
    }

    private sealed record StagedDay(TickFileWriter Writer, List<Tick> Waiting)
    {
        public void Write()
        {
            Writer.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Waiting));
            Waiting.Clear();
        }
    }
}
