using QuantDash.Core.Instruments;

namespace QuantDash.Web.Trading;

/// <summary>The stocks that were added to those of the reference data: <c>instruments/stocks.csv</c> in the data directory, read at the start.</summary>
public static class StockList
{
    private const string Header = "exchange,code,name_zh,name_en,lot,price_tick";

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "instruments", "stocks.csv");

    /// <exception cref="FormatException">Names row and column of what is wrong in the file.</exception>
    public static ContractCatalog AddedTo(ContractCatalog catalog, string dataDirectory)
    {
        var path = PathIn(dataDirectory);
        return File.Exists(path) ? catalog.WithStocks(path, File.ReadAllText(path)) : catalog;
    }

    /// <summary>Takes a list into ours: what is said anew takes the place of what was said before; the file is there as a whole or as it was. The list was read by a catalog before.</summary>
    /// <returns>How many stocks it names, and whether anything is other than before.</returns>
    public static (int Stocks, bool Changed) Add(string dataDirectory, string text)
    {
        var path = PathIn(dataDirectory);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var before = File.Exists(path) ? File.ReadAllText(path) : null;
        var (lines, given) = (before is null ? [] : Lines(before), Lines(text));
        foreach (var (key, line) in given) lines[key] = line;
        var whole = Header + "\n" + string.Concat(lines.Values.Select(line => line + "\n"));
        if (whole == before) return (given.Count, false);
        var draft = path + ".new";
        File.WriteAllText(draft, whole);
        File.Move(draft, path, overwrite: true);
        return (given.Count, true);
    }

    /// <summary>In our own order of columns, by exchange and code.</summary>
    private static SortedDictionary<string, string> Lines(string text)
    {
        var rows = text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var places = Array.ConvertAll(Header.Split(','), column => Array.IndexOf(rows[0].Split(','), column));
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var cells in rows.Skip(1).Select(row => row.Split(','))) lines[$"{cells[places[0]]}.{cells[places[1]]}"] = string.Join(',', places.Select(place => cells[place]));
        return lines;
    }
}
