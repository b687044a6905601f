using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>What a worker needs of the database: that it is one which several processes may use, brought up by a trader of the same version. It holds no lease and writes
/// no journal.</summary>
internal sealed class WorkerStartup(StorageTarget target, JournalWriter journal, ILogger<WorkerStartup> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (target.Provider != StorageProvider.Postgres)
        {
            throw new InvalidOperationException(
                "A worker (QuantDash:Role) takes its work from PostgreSQL, which several processes may use: name it in ConnectionStrings:QuantDash, or run with the role all.");
        }

        journal.KeepShut();
        await using var context = target.CreateContext();
        if (!(await context.Database.GetAppliedMigrationsAsync(cancellationToken)).SequenceEqual(context.Database.GetMigrations(), StringComparer.Ordinal))
            throw new InvalidOperationException("The database has the schema of another version of QuantDash, or none yet: start the trader of this version first, which brings it up.");
        log.LogInformation("Storage: Postgres by connection string, as a worker");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
