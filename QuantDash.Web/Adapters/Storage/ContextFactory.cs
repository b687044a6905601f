using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Contexts for sign-in, keys and queries. On SQLite what they save waits for its turn with the journal.</summary>
internal sealed class ContextFactory(StorageTarget target, JournalWriter journal) : IDbContextFactory<QuantDashContext>
{
    public QuantDashContext CreateDbContext()
    {
        var context = target.CreateContext();
        if (target.Provider == StorageProvider.Sqlite) context.SaveInTurnOf(journal);
        return context;
    }
}
