using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>One tick of the time and sales, ready to draw.</summary>
public sealed record SaleRow(long Number, DateTimeOffset At, decimal Price, int Places, decimal? Volume, decimal? OpenInterest, Tone Tone, SaleNature Nature)
{
    public static SaleRow From(Sale sale, Contract contract) => new(
        sale.Number, sale.At, contract.PriceAt(sale.Ticks).Value, contract.Places(), sale.Volume, sale.OpenInterest,
        sale.Direction switch { > 0 => Tone.Up, < 0 => Tone.Down, _ => Tone.Weak }, sale.Nature);
}
