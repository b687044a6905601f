using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Ticks;

namespace QuantDash.Web.Adapters.Storage.Bars;

/// <summary>The bar store in files: <c>{root}/{source}/{symbol}/{timeframe}.qdb</c>. Any process may read; one at a time writes to a series.</summary>
internal sealed class BarArchive(string root) : IBarArchive
{
    private const string Extension = ".qdb";
    private const string LockSuffix = ".lock";

    public BarCatalogue Catalogue(SourceName? source = null, Symbol? symbol = null)
    {
        var (series, damaged) = (new List<StoredBars>(), new List<string>());
        foreach (var file in Files(source, symbol))
        {
            try
            {
                series.Add(Describe(file));
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                damaged.Add(error.Message);
            }
        }

        return new([.. series.OrderBy(s => s.Key.Source.Value, StringComparer.Ordinal).ThenBy(s => s.Key.Symbol).ThenBy(s => s.Key.Timeframe)], damaged);
    }

    public BarColumns? Read(BarKey key, long from = long.MinValue, long to = long.MaxValue)
    {
        if (!File.Exists(PathOf(key))) return null;
        using var reader = BarFileReader.Open(PathOf(key));
        return reader.Read(from, to);
    }

    public Outcome<BarMergeResult> Merge(BarColumns bars, BarMerge how)
    {
        using var ownership = FileOwnership.TryTake(PathOf(bars.Key) + LockSuffix);
        if (ownership is null) return Outcome<BarMergeResult>.Failure("series", "bars_busy", bars.Key.ToString());
        var path = PathOf(bars.Key);
        if (!File.Exists(path)) return Create(path, bars);

        BarFileHeader header;
        long end;
        using (var reader = BarFileReader.Open(path)) (header, end) = (reader.Header, reader.To);
        if (header.PriceTick != bars.PriceTick)
            return Outcome<BarMergeResult>.Failure("price_tick", "bars_other_price_tick", bars.Key.ToString(), header.PriceTick, bars.PriceTick);
        if (bars.Count == 0) return Outcome<BarMergeResult>.Success(new(0, 0, 0, 0, 0));
        if (bars.Starts.Span[0] < end) return MergeInto(path, bars, how);
        BarFileWriter.Append(path, bars);
        return Outcome<BarMergeResult>.Success(new(bars.Count, 0, 0, 0, 0));
    }

    public bool Remove(BarKey key)
    {
        if (!File.Exists(PathOf(key))) return false;
        using var ownership = FileOwnership.TryTake(PathOf(key) + LockSuffix) ?? throw new IOException($"Another process writes to {key}.");
        File.Delete(PathOf(key));
        return true;
    }

    private static Outcome<BarMergeResult> Create(string path, BarColumns bars)
    {
        BarFileWriter.Replace(path, bars);
        return Outcome<BarMergeResult>.Success(new(bars.Count, 0, 0, 0, 0));
    }

    private static Outcome<BarMergeResult> MergeInto(string path, BarColumns bars, BarMerge how)
    {
        BarColumns stored;
        using (var reader = BarFileReader.Open(path)) stored = reader.Read(long.MinValue, long.MaxValue);
        var (merged, result) = BarMerging.Merge(stored, bars, how);
        if (result.Added + result.Replaced + result.Removed > 0) BarFileWriter.Replace(path, merged);
        return Outcome<BarMergeResult>.Success(result);
    }

    private static StoredBars Describe(string path)
    {
        using var reader = BarFileReader.Open(path);
        return new(reader.Header.Key, reader.Header.PriceTick, reader.Count, reader.From, reader.To, new FileInfo(path).Length) { FirstDay = reader.FirstDay, LastDay = reader.LastDay };
    }

    private IEnumerable<string> Files(SourceName? source, Symbol? symbol) =>
        from sourceFolder in Folders(root, source?.Value)
        from symbolFolder in Folders(sourceFolder, symbol?.ToString())
        from file in Directory.EnumerateFiles(symbolFolder, "*" + Extension)
        select file;

    private static IEnumerable<string> Folders(string parent, string? name)
    {
        if (!Directory.Exists(parent)) return [];
        if (name is not null) return Directory.Exists(Path.Combine(parent, name)) ? [Path.Combine(parent, name)] : [];
        return Directory.EnumerateDirectories(parent);
    }

    private string PathOf(BarKey key) => Path.Combine(root, key.Source.Value, key.Symbol.ToString(), key.Timeframe + Extension);
}
