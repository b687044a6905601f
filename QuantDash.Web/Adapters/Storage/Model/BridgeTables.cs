using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>The bridge's tables (docs/bridge-tables.md).</summary>
internal static class BridgeTables
{
    public static void Configure(ModelBuilder model, StorageTypes types)
    {
        model.Entity<BridgeLinkRow>(Link);
        model.Entity<OrderCommandRow>(Command);
        model.Entity<OrderReportRow>(report => Report(report, types));
    }

    private static void Link(EntityTypeBuilder<BridgeLinkRow> link)
    {
        link.ToTable("bridge_links", t => t.NotNegative("asks"));
        link.HasKey(l => l.AccountId);
        link.Property(l => l.AccountId).ValueGeneratedNever();
        link.Property(l => l.Epoch).HasMaxLength(32);
        link.Property(l => l.Program).HasMaxLength(64);
    }

    private static void Command(EntityTypeBuilder<OrderCommandRow> command)
    {
        command.ToTable("order_commands", t =>
        {
            t.OneOf<BridgeAction>("action");
            t.OneOf<OrderSide>("side");
            t.Check("offset", $"\"offset\" in ({EnumText<Offset>.SqlList})");
            t.OneOf<OrderType>("type");
            t.OneOf<TimeInForce>("time_in_force");
            t.Positive("price", "volume");
        });
        command.HasKey(c => c.ClientOrderId);
        command.Property(c => c.ClientOrderId).HasMaxLength(32);
        command.Property(c => c.Epoch).HasMaxLength(32);
        command.Property(c => c.Program).HasMaxLength(64);
        command.Property(c => c.Action).Word();
        command.Property(c => c.Symbol).SymbolText();
        command.Property(c => c.Side).Word();
        command.Property(c => c.Offset).Word();
        command.Property(c => c.Type).Word();
        command.Property(c => c.TimeInForce).Word().Default(OrderTables.DayOrder);
        command.HasIndex(c => new { c.AccountId, c.EndedAt, c.Sequence });
    }

    private static void Report(EntityTypeBuilder<OrderReportRow> report, StorageTypes types)
    {
        report.ToTable("order_reports", t =>
        {
            t.Ids(types, "account_id");
            t.OneOf<BridgeStatus>("status");
            t.NotNegative("filled_volume");
            t.Positive("trade_volume", "price");
            t.Check("message", "(message is null and client_order_id is not null and status is not null) or (message is not null and client_order_id is null and status is null)");
            // SQLite takes any text for a time.
            if (types == StorageTypes.Sqlite) t.Check("timestamp", "timestamp is null or julianday(timestamp) is not null");
        });
        report.Property(r => r.ClientOrderId).HasMaxLength(32);
        report.Property(r => r.Status).HasMaxLength(32);
        report.Property(r => r.TradeId).HasMaxLength(64);
        report.Property(r => r.Reason).HasMaxLength(500);
        report.Property(r => r.CreatedAt).Default(types.Now);
        report.HasIndex(r => new { r.TakenAt, r.Id });
    }
}
