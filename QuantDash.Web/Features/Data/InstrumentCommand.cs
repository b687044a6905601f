using System.Globalization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Instruments;
using QuantDash.Web.Configuration;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Data;

/// <summary>The verb <c>instruments</c>: which contracts there are, and stocks added to them. Ends with 0 when it is done, 1 when not.</summary>
public sealed class InstrumentCommand(ContractCatalog catalog, IOptions<QuantDashOptions> options, TimeProvider clock)
{
    /// <summary>Takes all of a list into ours, or nothing. Whoever runs knows them from the next start on.</summary>
    public int Import(string path, TextWriter output)
    {
        try
        {
            var text = File.ReadAllText(path);
            var known = catalog.Products.Select(product => (product.Exchange, product.Code)).ToHashSet();
            var given = catalog.WithStocks(Path.GetFileName(path), text);
            Save(text);
            var added = given.Products.Count(product => !known.Contains((product.Exchange, product.Code)));
            var replaced = Lines(text).Count - added;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{added} stocks added, {replaced} replaced. A QuantDash that runs knows them after its next start."));
            return 0;
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            output.WriteLine(error.Message);
            output.WriteLine("Nothing was imported. A list of stocks is a header and lines: exchange,code,name_zh,name_en,lot,price_tick");
            return 1;
        }
    }

    /// <param name="exchange">Null: all.</param>
    public int List(string? exchange, TextWriter output)
    {
        var products = catalog.Products.Where(product => exchange is null || product.Exchange == exchange).ToList();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        output.WriteLine("exchange,code,class,name_en,currency,multiplier,volume_step,price_tick");
        foreach (var product in products)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{product.Exchange},{product.Code},{product.Class},{product.EnglishName},{product.Currency.Code},{product.Multiplier},{product.VolumeStep},{product.TermsOn(today).PriceTick}"));
        return products.Count > 0 ? 0 : 1;
    }

    /// <summary>What is said anew takes the place of what was said before; the file is there as a whole or as it was.</summary>
    private void Save(string text)
    {
        var path = StockList.PathIn(options.Value.DataDirectory);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var lines = File.Exists(path) ? Lines(File.ReadAllText(path)) : [];
        foreach (var (key, line) in Lines(text)) lines[key] = line;
        var draft = path + ".new";
        File.WriteAllText(draft, Header + "\n" + string.Join('\n', lines.Values) + "\n");
        File.Move(draft, path, overwrite: true);
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

    private const string Header = "exchange,code,name_zh,name_en,lot,price_tick";
}
