using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace QuantDash.Web.Adapters.Storage;

public sealed class PostgresQuantDashContext(DbContextOptions<PostgresQuantDashContext> options) : QuantDashContext(options)
{
    private protected override StorageTypes Types => StorageTypes.Postgres;

    internal override async Task<DbTransaction> BeginSnapshotAsync(CancellationToken stop)
    {
        await Database.OpenConnectionAsync(stop);
        var transaction = await Database.GetDbConnection().BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        await Database.UseTransactionAsync(transaction, stop);
        return transaction;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<PostgresTime>();
    }
}
