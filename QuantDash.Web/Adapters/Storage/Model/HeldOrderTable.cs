using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>Orders that we hold until their price is seen.</summary>
internal static class HeldOrderTable
{
    public static void Configure(EntityTypeBuilder<HeldOrderRow> held, StorageTypes types)
    {
        held.ToTable("held_orders", t =>
        {
            t.OneOf<OrderPurpose>("action");
            t.OneOf<Side>("direction");
            t.OneOf<OrderType>("type");
            t.OneOf<TimeInForce>("time_in_force");
            t.OneOf<HeldKind>("kind");
            t.OneOf<HeldComparison>("comparison");
            t.OneOf<PriceSource>("price_source");
            t.OneOf<HeldState>("status");
            t.Positive("volume", "level");
        });
        held.Property(h => h.Id).ValueGeneratedNever();
        held.Property(h => h.Symbol).SymbolText();
        held.Property(h => h.Action).Word();
        held.Property(h => h.Direction).Word();
        held.Property(h => h.Type).Word();
        held.Property(h => h.TimeInForce).Word();
        held.Property(h => h.Kind).Word();
        held.Property(h => h.Comparison).Word();
        held.Property(h => h.PriceSource).Word();
        held.Property(h => h.Status).Word();
        held.Property(h => h.OrderId).HasMaxLength(32);
        held.Property(h => h.SeenPrice).HasColumnType(types.ExactDecimal);
        held.HasIndex(h => h.Status);
        held.HasIndex(h => h.UpdatedAt);
    }
}
