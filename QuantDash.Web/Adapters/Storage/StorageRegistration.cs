using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Notifications;
using QuantDash.Core.Orders;
using QuantDash.Core.Performance;
using QuantDash.Core.Positions;
using QuantDash.Core.Statements;
using QuantDash.Web.Adapters.Storage.Audit;
using QuantDash.Web.Adapters.Storage.Backup;
using QuantDash.Web.Adapters.Storage.Bridge;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Queries;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Storage;

public static class StorageRegistration
{
    /// <summary>The database behind Core's ports. Register it before whatever reads from it at start: hosted services start in this order.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
        => services.AddStorageParts()
            .AddSingleton<TraderLease>()
            .AddSingleton<ITraderLease>(s => s.GetRequiredService<TraderLease>())
            .AddSingleton<IRecoverySource, RecoveryLoader>()
            .AddHostedService<StorageStartup>();

    /// <summary>To read, and to write what is not the engine's: for a process that is no trader.</summary>
    public static IServiceCollection AddWorkerStorage(this IServiceCollection services)
        => services.AddStorageParts().AddHostedService<WorkerStartup>();

    private static IServiceCollection AddStorageParts(this IServiceCollection services)
    {
        services.AddSingleton(TargetOf);
        services.AddSingleton<IDatabasePlace>(s => s.GetRequiredService<StorageTarget>());
        services.AddSingleton<JournalConnection>(s => s.GetRequiredService<StorageTarget>() is { Provider: StorageProvider.Sqlite } target
            ? new SqliteJournalConnection(target)
            : new PostgresJournalConnection(s.GetRequiredService<StorageTarget>()));
        services.AddSingleton(s => new AuditNotes(ModelOf(s.GetRequiredService<StorageTarget>())));
        services.AddSingleton(s => new AuditWitness(s.GetRequiredService<StorageTarget>().DataDirectory));
        services.AddSingleton<AuditScribe>();
        services.AddSingleton(s => new JournalMeter(s.GetRequiredService<IMeterFactory>().QuantDash()));
        services.AddSingleton<JournalWriter>();
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<IAuditHistory, AuditHistory>();
        services.AddSingleton<IDurableJournal>(s => s.GetRequiredService<JournalWriter>());
        services.AddSingleton<IJournal>(s => s.GetRequiredService<JournalWriter>());
        services.AddSingleton<IDbContextFactory<QuantDashContext>, ContextFactory>();
        services.AddScoped(s => s.GetRequiredService<IDbContextFactory<QuantDashContext>>().CreateDbContext());
        services.AddSingleton<ILockHistory, LockHistory>();
        services.AddSingleton<ILockTemplates, LockTemplates>();
        services.AddSingleton<IOrderHistory, OrderHistory>();
        services.AddSingleton<IStrategyArchive, StrategyArchive>();
        services.AddSingleton<IFundsHistory, FundsHistory>();
        services.AddSingleton<IPerformanceHistory, PerformanceHistory>();
        services.AddSingleton<IExchangeRateBook, ExchangeRateBook>();
        services.AddSingleton<IBrokerStatements, BrokerStatements>();
        services.AddSingleton<IMainContracts, MainContractBook>();
        services.AddSingleton<IWatchLists, WatchLists>();
        services.AddSingleton<ITapeHistory, TapeHistory>();
        services.AddSingleton<IReconciliationHistory, ReconciliationHistory>();
        services.AddSingleton<IServiceStatusBoard, ServiceStatusBoard>();
        services.AddSingleton<IBridgeTables, BridgeTableStore>();
        services.AddSingleton<INotificationOutbox, NotificationOutbox>();
        services.AddSingleton<INotificationArchive, NotificationArchive>();
        services.AddSingleton<INotificationChannels, NotificationChannels>();
        services.AddSingleton<INotificationPreferences, NotificationPreferences>();
        services.AddSingleton<IConfirmLinks, ConfirmLinks>();
        services.AddSingleton<IBackups, BackupMaker>();
        services.AddSingleton<BackupRestorer>();
        services.AddSingleton<DatabaseProbe>();
        return services;
    }

    private static IModel ModelOf(StorageTarget target)
    {
        using var context = target.CreateContext();
        return context.Model;
    }

    private static StorageTarget TargetOf(IServiceProvider services)
        => StorageTarget.From(
            services.GetRequiredService<IConfiguration>().GetConnectionString("QuantDash"),
            services.GetRequiredService<IOptions<QuantDashOptions>>().Value.DataDirectory,
            services.GetRequiredService<RunFolders>().Resolve);
}
