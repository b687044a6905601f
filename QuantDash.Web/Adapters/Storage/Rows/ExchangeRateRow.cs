using QuantDash.Core.Performance;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>exchange_rates</c>.</summary>
internal sealed class ExchangeRateRow
{
    public required string FromCurrency { get; set; }
    public required string ToCurrency { get; set; }
    public DateTimeOffset AsOf { get; set; }
    public decimal Rate { get; set; }

    public ExchangeRate ToRate() => new(new(FromCurrency), new(ToCurrency), Rate, AsOf);
}
