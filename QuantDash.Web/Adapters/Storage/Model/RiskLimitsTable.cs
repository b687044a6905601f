using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Orders;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>What accounts may risk; may be written with SQL.</summary>
internal static class RiskLimitsTable
{
    /// <summary>Limits that one contract cannot have.</summary>
    private static readonly string[] OfAccounts = ["max_total_exposure", "max_daily_trades", "max_daily_loss", "duplicate_window", "max_orders_per_second", "max_orders_per_minute"];

    public static void Configure(EntityTypeBuilder<RiskLimitsRow> limits, StorageTypes types)
    {
        limits.ToTable("risk_limits", t =>
        {
            t.Positive("max_order_volume", "max_order_size", "max_position", "max_position_per_symbol", "max_total_exposure", "max_daily_loss");
            foreach (var count in (string[])["max_daily_trades", "price_band_ticks", "max_orders_per_second", "max_orders_per_minute"]) t.Check(count, $"{count} between 1 and {RiskLimits.MostCount}");
            t.Share("price_band");
            t.Check("duplicate_window", $"duplicate_window > 0 and duplicate_window <= {(int)RiskLimits.LongestWindow.TotalSeconds}");
            t.Check("of_account", $"symbol = '{RiskLimitsRow.WholeAccount}' or ({string.Join(" and ", OfAccounts.Select(column => $"{column} is null"))})");
            t.Ids(types, "id", "account_id");
        });
        limits.Property(l => l.Id).Default(types.NewId);
        limits.Property(l => l.Symbol).SymbolText().Default($"'{RiskLimitsRow.WholeAccount}'");
        limits.Property(l => l.UpdatedAt).Default(types.Now);
        limits.Property(l => l.Revision).Default("0");
        limits.HasIndex(l => new { l.AccountId, l.Symbol }).IsUnique();
        limits.HasIndex(l => l.Revision).HasFilter("revision = 0");
    }
}
