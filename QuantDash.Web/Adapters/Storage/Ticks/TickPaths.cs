using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>Where tick files lie: <c>{root}/{source}/{symbol}/{yyyyMMdd}.qdt</c>. Names of sources and symbols hold no character a path would mind.</summary>
internal sealed record TickPaths(string Root)
{
    public const string Extension = ".qdt";

    public string Day(SourceName source, Symbol symbol, DateOnly tradingDay) =>
        Path.Combine(Root, source.Value, symbol.ToString(), tradingDay.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + Extension);

    public IEnumerable<string> Files(SourceName? source, Symbol? symbol) =>
        from sourceFolder in Folders(Root, source?.Value)
        from symbolFolder in Folders(sourceFolder, symbol?.ToString())
        from file in Directory.EnumerateFiles(symbolFolder, "*" + Extension).Order(StringComparer.Ordinal)
        select file;

    private static IEnumerable<string> Folders(string parent, string? name)
    {
        if (!Directory.Exists(parent)) return [];
        if (name is not null) return Directory.Exists(Path.Combine(parent, name)) ? [Path.Combine(parent, name)] : [];
        return Directory.EnumerateDirectories(parent).Where(folder => !Path.GetFileName(folder).StartsWith('.')).Order(StringComparer.Ordinal);
    }
}
