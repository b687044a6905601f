using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace QuantDash.Web.Adapters.Storage;

public sealed class SqliteQuantDashContext(DbContextOptions<SqliteQuantDashContext> options) : QuantDashContext(options)
{
    private protected override StorageTypes Types => StorageTypes.Sqlite;

    // A deferred transaction that only reads is a snapshot under the write-ahead log; any other kind would take the writer's lock.
    internal override async Task<DbTransaction> BeginSnapshotAsync(CancellationToken stop)
    {
        await Database.OpenConnectionAsync(stop);
        var transaction = ((SqliteConnection)Database.GetDbConnection()).BeginTransaction(deferred: true);
        await Database.UseTransactionAsync(transaction, stop);
        return transaction;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<SqliteTime>();
        configurationBuilder.Properties<Guid>().HaveConversion<SqliteGuid>();
    }
}
