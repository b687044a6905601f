using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Orders;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>Orders and trades.</summary>
internal static class OrderTables
{
    /// <summary>What every order was before there was anything else.</summary>
    public const string DayOrder = "'day'";

    public static void Configure(ModelBuilder model, StorageTypes types)
    {
        model.Entity<OrderRow>(order => Order(order, types));
        model.Entity<TradeRow>(Trade);
    }

    private static void Order(EntityTypeBuilder<OrderRow> order, StorageTypes types)
    {
        order.ToTable("orders", t =>
        {
            t.OneOf<Core.Primitives.OrderSide>("direction");
            t.Check("offset", $"\"offset\" in ({EnumText<Offset>.SqlList})");
            t.OneOf<OrderType>("type");
            t.OneOf<TimeInForce>("time_in_force");
            t.OneOf<OrderState>("status");
            t.OneOf<OrderPurpose>("purpose");
            t.Positive("volume");
            t.NotNegative("filled_volume");
        });
        order.Property(o => o.Id).HasMaxLength(32);
        order.Property(o => o.Symbol).SymbolText();
        order.Property(o => o.Direction).Word();
        order.Property(o => o.Offset).Word();
        order.Property(o => o.Type).Word();
        order.Property(o => o.TimeInForce).Word().Default(DayOrder);
        order.Property(o => o.Status).Word();
        order.Property(o => o.Purpose).Word();
        order.Property(o => o.AveragePrice).HasColumnType(types.ExactDecimal);
        order.HasIndex(o => new { o.CreatedAt, o.Id });
        order.HasIndex(o => new { o.AccountId, o.CreatedAt, o.Id });
        order.HasIndex(o => new { o.Symbol, o.CreatedAt, o.Id });
        order.HasIndex(o => new { o.AccountId, o.TradingDay });
        order.HasIndex(o => o.Status);
        order.HasIndex(o => o.TriggerId);
    }

    private static void Trade(EntityTypeBuilder<TradeRow> trade)
    {
        trade.ToTable("trades", t =>
        {
            t.OneOf<Core.Primitives.OrderSide>("direction");
            t.Check("offset", $"\"offset\" in ({EnumText<Offset>.SqlList})");
            t.Positive("volume");
        });
        trade.Property(r => r.Id).ValueGeneratedNever();
        trade.Property(r => r.OrderId).HasMaxLength(32);
        trade.Property(r => r.Symbol).SymbolText();
        trade.Property(r => r.Direction).Word();
        trade.Property(r => r.Offset).Word();
        trade.HasIndex(r => new { r.AccountId, r.Symbol, r.TradingDay, r.Direction, r.TradeId }).IsUnique();
        trade.HasIndex(r => new { r.AccountId, r.TradingDay });
        trade.HasIndex(r => new { r.TradeTime, r.Id });
        trade.HasIndex(r => new { r.AccountId, r.TradeTime, r.Id });
        trade.HasIndex(r => new { r.Symbol, r.TradeTime, r.Id });
        trade.HasIndex(r => r.OrderId);
    }
}
