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
        if (target.Provider == StorageProvider.Sqlite) return await journal.WriteAsync(context => Forget(context, [.. Over(context, before, most)])).WaitAsync(stop);
        await using var context = await contexts.CreateDbContextAsync(stop);
        var numbers = await Over(context, before, most).ToListAsync(stop);
        await context.Set<NotificationDeliveryRow>().Where(d => numbers.Contains(d.Number)).ExecuteDeleteAsync(stop);
        return await context.Set<NotificationRow>().Where(n => numbers.Contains(n.Number)).ExecuteDeleteAsync(stop);
    }

    // The deliveries first: a message without them is over all the same.
    private static int Forget(QuantDashContext context, List<long> numbers)
    {
        context.Set<NotificationDeliveryRow>().Where(d => numbers.Contains(d.Number)).ExecuteDelete();
        return context.Set<NotificationRow>().Where(n => numbers.Contains(n.Number)).ExecuteDelete();
    }

    private static IQueryable<long> Over(QuantDashContext context, DateTimeOffset before, int most) =>
        context.Set<NotificationRow>().Where(n => n.State != Waiting && n.QueuedAt < before).OrderBy(n => n.Number).Take(most).Select(n => n.Number);
}
