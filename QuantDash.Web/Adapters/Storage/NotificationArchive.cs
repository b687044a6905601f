using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Notifications;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>On PostgreSQL over a connection of its own, in whichever process; on SQLite in the journal's turn, whose file has one writer.</summary>
internal sealed class NotificationArchive(StorageTarget target, JournalWriter journal, IDbContextFactory<QuantDashContext> contexts) : INotificationArchive
{
    private static readonly string Waiting = EnumText<NotificationState>.Of(NotificationState.Waiting);

    public async Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken stop = default)
    {
        if (target.Provider == StorageProvider.Sqlite) return await journal.WriteAsync(context => Over(context, before, most).ExecuteDelete()).WaitAsync(stop);
        await using var context = await contexts.CreateDbContextAsync(stop);
        return await Over(context, before, most).ExecuteDeleteAsync(stop);
    }

    private static IQueryable<NotificationRow> Over(QuantDashContext context, DateTimeOffset before, int most)
    {
        var messages = context.Set<NotificationRow>();
        var oldest = messages.Where(n => n.State != Waiting && n.QueuedAt < before).OrderBy(n => n.Number).Take(most).Select(n => n.Number);
        return messages.Where(n => oldest.Contains(n.Number));
    }
}
