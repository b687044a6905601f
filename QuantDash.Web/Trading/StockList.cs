using QuantDash.Core.Instruments;

namespace QuantDash.Web.Trading;

/// <summary>The stocks that were added to those of the reference data: <c>instruments/stocks.csv</c> in the data directory, read at the start.</summary>
public static class StockList
{
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "instruments", "stocks.csv");

    /// <exception cref="FormatException">Names row and column of what is wrong in the file.</exception>
    public static ContractCatalog AddedTo(ContractCatalog catalog, string dataDirectory)
    {
        var path = PathIn(dataDirectory);
        return File.Exists(path) ? catalog.WithStocks(path, File.ReadAllText(path)) : catalog;
    }
}
