using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>Sources, accounts, their books and what is open in them. No foreign keys: history outlives what it tells of, and the engine's
/// order of writing is already right.</summary>
internal static class AccountTables
{
    public static void Configure(ModelBuilder model, StorageTypes types)
    {
        model.Entity<SourceRow>(Source);
        model.Entity<AccountRow>(account => Account(account, types));
        model.Entity<AccountLedgerRow>(ledger => Ledger(ledger, types));
        model.Entity<CashFlowRow>(CashFlow);
        model.Entity<LotRow>(Lot);
        model.Entity<UnexplainedVolumeRow>(Unexplained);
        model.Entity<PositionRow>(position => Position(position, types));
        model.Entity<EquityPointRow>(Equity);
        model.Entity<SettlementRow>(Settlement);
    }

    private static void Source(EntityTypeBuilder<SourceRow> source)
    {
        source.ToTable("sources", t => t.OneOf<SourceClock>("clock"));
        source.HasKey(s => s.Name);
        source.Property(s => s.Name).HasMaxLength(64);
        source.Property(s => s.Clock).Word();
    }

    private static void Account(EntityTypeBuilder<AccountRow> account, StorageTypes types)
    {
        account.ToTable("accounts", t => t.OneOf<VenueKind>("venue"));
        account.Property(a => a.Id).ValueGeneratedNever();
        account.Property(a => a.Venue).Word();
        account.Property(a => a.Currency).HasMaxLength(10);
        account.Property(a => a.Source).HasMaxLength(64);
        account.Property(a => a.CreatedAt).Default(types.Now);
        account.Property(a => a.UpdatedAt).Default(types.Now);
        account.HasIndex(a => a.ExternalId);
    }

    private static void Ledger(EntityTypeBuilder<AccountLedgerRow> ledger, StorageTypes types)
    {
        ledger.ToTable("account_ledgers");
        ledger.HasKey(l => l.AccountId);
        ledger.Property(l => l.AccountId).ValueGeneratedNever();
        ledger.Property(l => l.Currency).HasMaxLength(10);
        ledger.Property(l => l.Deposits).HasColumnType(types.ExactDecimal);
        ledger.Property(l => l.RealisedPnl).HasColumnType(types.ExactDecimal);
        ledger.Property(l => l.Fees).HasColumnType(types.ExactDecimal);
        ledger.Property(l => l.StaticEquity).HasColumnType(types.ExactDecimal);
        ledger.Property(l => l.CashFlowToday).HasColumnType(types.ExactDecimal);
        ledger.Property(l => l.ClosePnlToday).HasColumnType(types.ExactDecimal);
        ledger.Property(l => l.FeesToday).HasColumnType(types.ExactDecimal);
    }

    private static void CashFlow(EntityTypeBuilder<CashFlowRow> flow)
    {
        flow.ToTable("cash_flow");
        flow.Property(f => f.Id).ValueGeneratedNever();
        flow.Property(f => f.Currency).HasMaxLength(10);
        flow.HasIndex(f => new { f.OccurredAt, f.Id });
    }

    private static void Lot(EntityTypeBuilder<LotRow> lot)
    {
        lot.ToTable("lots", t =>
        {
            t.OneOf<Side>("side");
            t.NotNegative("volume", "locked_volume");
        });
        lot.Property(l => l.Id).ValueGeneratedNever();
        lot.Property(l => l.Symbol).SymbolText();
        lot.Property(l => l.Side).Word();
        lot.HasIndex(l => new { l.AccountId, l.Symbol });
    }

    private static void Unexplained(EntityTypeBuilder<UnexplainedVolumeRow> unexplained)
    {
        unexplained.ToTable("unexplained_volumes", t =>
        {
            t.OneOf<Side>("side");
            t.NotNegative("volume");
        });
        unexplained.HasKey(u => new { u.AccountId, u.Symbol, u.Side, u.Added });
        unexplained.Property(u => u.Symbol).SymbolText();
        unexplained.Property(u => u.Side).Word();
    }

    private static void Position(EntityTypeBuilder<PositionRow> position, StorageTypes types)
    {
        position.ToTable("positions", t =>
        {
            t.Check("direction", "direction in ('long', 'short', 'both', 'flat')");
            t.NotNegative("long_position", "short_position", "long_today", "short_today", "long_locked_volume", "short_locked_volume");
        });
        position.HasKey(p => new { p.AccountId, p.Symbol });
        position.Property(p => p.Symbol).SymbolText();
        position.Property(p => p.Direction).Word();
        position.Property(p => p.UpdatedAt).Default(types.Now);
    }

    private static void Equity(EntityTypeBuilder<EquityPointRow> point)
    {
        point.ToTable("equity_points");
        point.HasKey(p => new { p.AccountId, p.At });
        point.Property(p => p.Currency).HasMaxLength(10);
        point.HasIndex(p => p.At);
    }

    private static void Settlement(EntityTypeBuilder<SettlementRow> settlement)
    {
        settlement.ToTable("settlements");
        settlement.HasKey(s => new { s.AccountId, s.TradingDay });
        settlement.Property(s => s.Currency).HasMaxLength(10);
        settlement.HasIndex(s => s.SettledAt);
    }
}
