using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Audit;
using QuantDash.Core.Markets;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

internal static class MarketTables
{
    public static void Configure(ModelBuilder builder, StorageTypes types)
    {
        builder.Entity<MainContractRow>(Mains);
        builder.Entity<WatchListRow>(Watched);
        builder.Entity<PriceAlertRow>(alert => Alerts(alert, types));
    }

    private static void Mains(EntityTypeBuilder<MainContractRow> main)
    {
        main.ToTable("main_contracts");
        main.HasKey(m => new { m.Exchange, m.Product, m.EffectiveFrom });
        main.Property(m => m.Exchange).HasMaxLength(16);
        main.Property(m => m.Product).HasMaxLength(32);
        main.Property(m => m.Symbol).SymbolText();
        main.Property(m => m.ChosenBy).HasMaxLength(Actor.LongestName);
    }

    private static void Alerts(EntityTypeBuilder<PriceAlertRow> alert, StorageTypes types)
    {
        alert.ToTable("price_alerts", t =>
        {
            t.OneOf<AlertDirection>("direction");
            t.OneOf<AlertState>("status");
            t.Positive("level");
        });
        alert.Property(a => a.Id).ValueGeneratedNever();
        alert.Property(a => a.Source).HasMaxLength(64);
        alert.Property(a => a.Symbol).SymbolText();
        alert.Property(a => a.Direction).Word();
        alert.Property(a => a.Status).Word();
        alert.Property(a => a.Note).HasMaxLength(PriceAlert.LongestNote);
        alert.Property(a => a.ToldPrice).HasColumnType(types.ExactDecimal);
    }

    private static void Watched(EntityTypeBuilder<WatchListRow> list)
    {
        list.ToTable("watch_lists");
        list.HasKey(l => l.Person);
        list.Property(l => l.Person).HasMaxLength(Actor.LongestName);
    }
}
