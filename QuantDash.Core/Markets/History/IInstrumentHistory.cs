namespace QuantDash.Core.Markets.History;

/// <summary>Where lists of shares come from: a venue, a vendor, or a folder of files.</summary>
public interface IInstrumentHistory
{
    Task<IReadOnlyList<StockSheet>> StocksAsync(CancellationToken stop = default);
}

/// <summary>A list of shares as text (docs/reference-data.md).</summary>
/// <param name="Name">For whoever reads what is wrong with it.</param>
public sealed record StockSheet(string Name, string Text);
