using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

internal static class ExchangeRateTable
{
    public static void Configure(EntityTypeBuilder<ExchangeRateRow> rate)
    {
        rate.ToTable("exchange_rates", t => t.Positive("rate"));
        rate.HasKey(r => new { r.FromCurrency, r.ToCurrency, r.AsOf });
        rate.Property(r => r.FromCurrency).HasMaxLength(10);
        rate.Property(r => r.ToCurrency).HasMaxLength(10);
    }
}
