using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Instruments;

internal static class InstrumentSamples
{
    public static TradingCalendar Calendar { get; } = TradingCalendar.FromReferenceData();

    public static ContractCatalog Catalog { get; } = ContractCatalog.FromReferenceData(Calendar);

    public static Contract Contract(string symbol, string asOf = "2025-01-02")
        => Catalog.Find(Symbol.ParseCanonical(symbol), Day(asOf)) ?? throw new ArgumentException($"There is no {symbol}.", nameof(symbol));

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant by the clock in Beijing.</summary>
    public static DateTimeOffset Beijing(string text) => new(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
