using System.IO.Compression;
using Microsoft.Extensions.Options;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Adjustment;
using QuantDash.Core.Primitives;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Where splits, dividends and rolls are told: <c>adjustments/factors/&lt;symbol&gt;.csv</c> (LEAN) and <c>adjustments/rolls.json</c> (wondertrader) in the data directory, each also as <c>.gz</c>.</summary>
public sealed class AdjustmentFiles(IOptions<QuantDashOptions> options)
{
    private readonly string _folder = Path.Combine(options.Value.DataDirectory, "adjustments");

    /// <summary>Codes: <c>backtest_no_adjustment</c> when nothing tells of this series, and those of the files.</summary>
    public Outcome<IReadOnlyList<PriceAdjustment>> Events(SeriesTerms terms, DateOnly first, BarWish wish)
    {
        var usual = terms.MainProduct is null ? Path.Combine(_folder, "factors", terms.Symbol + ".csv") : Path.Combine(_folder, "rolls.json");
        var factors = wish.Factors ?? (terms.MainProduct is null && wish.Rolls is null ? Existing(usual) : null);
        var rolls = wish.Rolls ?? (terms.MainProduct is not null && wish.Factors is null ? Existing(usual) : null);
        if (factors is null && rolls is null) return Outcome<IReadOnlyList<PriceAdjustment>>.Failure("adjustment", "backtest_no_adjustment", terms.Symbol.ToString(), usual);
        return AdjustmentEvents.Read(terms, first, wish.Method, factors is null ? null : Text(factors).Split('\n'), rolls is null ? null : Text(rolls));
    }

    private static string? Existing(string path) => File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;

    private static string Text(string path)
    {
        using var file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(text);
        return reader.ReadToEnd();
    }
}
