using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Model;
using QuantDash.Web.Adapters.Storage.Rows;
using QuantDash.Web.Security;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>The one database: what the engine remembers, and who may sign in. One subclass a provider, each with migrations of its own.
/// The engine's tables are written by <see cref="JournalWriter"/> alone.</summary>
public abstract class QuantDashContext : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>
{
    private protected QuantDashContext(DbContextOptions options)
        : base(options)
    {
    }

    private JournalWriter? _journal;

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    private protected abstract StorageTypes Types { get; }

    internal void SaveInTurnOf(JournalWriter journal) => _journal = journal;

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
        => _journal is { } journal && ChangeTracker.HasChanges()
            ? journal.TakeTurnAsync(() => base.SaveChanges(acceptAllChangesOnSuccess))
            : base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

    /// <summary>What is read until it is disposed belongs to one instant, and nobody waits for it.</summary>
    internal abstract Task<DbTransaction> BeginSnapshotAsync(CancellationToken stop);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Add(_ => new SnakeCaseNames());
        configurationBuilder.Properties<decimal>().HaveColumnType(Types.Decimal);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        SecurityTables.Configure(builder);
        AccountTables.Configure(builder, Types);
        LockTables.Configure(builder, Types);
        builder.Entity<LockTemplateRow>(LockTemplateTable.Configure);
        OrderTables.Configure(builder, Types);
        builder.Entity<RiskLimitsRow>(limits => RiskLimitsTable.Configure(limits, Types));
        builder.Entity<HeldOrderRow>(held => HeldOrderTable.Configure(held, Types));
        BridgeTables.Configure(builder, Types);
        TapeTables.Configure(builder);
        builder.Entity<AuditRow>(AuditTable.Configure);
        NotificationTables.Configure(builder, Types);
        builder.Entity<ExchangeRateRow>(ExchangeRateTable.Configure);
        builder.Entity<BrokerStatementRow>(BrokerStatementTable.Configure);
        MarketTables.Configure(builder, Types);
        StrategyTables.Configure(builder, Types);
    }
}
