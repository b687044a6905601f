using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Notifications;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage;

internal sealed class NotificationOutbox(JournalWriter journal, IDbContextFactory<QuantDashContext> contexts) : INotificationOutbox
{
    private static readonly string Waiting = EnumText<NotificationState>.Of(NotificationState.Waiting);
    private static readonly string Expired = EnumText<NotificationState>.Of(NotificationState.Expired);

    public async Task<IReadOnlyList<QueuedNotification>> WaitingAsync(int most, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var found = await context.Set<NotificationRow>().AsNoTracking()
            .Where(n => n.State == Waiting)
            .OrderBy(n => n.Number)
            .Take(most)
            .Join(context.Set<TapeEventRow>(), n => n.Number, e => e.Number, (n, e) => new { Message = n, Event = e })
            .OrderBy(both => both.Event.Number)
            .ToListAsync(stop);
        return [.. found.Select(f => new QueuedNotification(f.Message.MessageId, f.Event.ToEvent(), f.Message.QueuedAt, f.Message.Attempts))];
    }

    public async Task<int> CountWaitingAsync(CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        return await context.Set<NotificationRow>().CountAsync(n => n.State == Waiting, stop);
    }

    public Task RecordAsync(long number, NotificationState state, DateTimeOffset at, string? error)
        => journal.WriteAsync(context =>
        {
            context.Set<NotificationRow>().Single(n => n.Number == number).Record(state, at, error);
            return context.SaveChanges();
        });

    public Task<int> ExpireAsync(DateTimeOffset before, string reason)
        => journal.WriteAsync(context => context.Set<NotificationRow>()
            .Where(n => n.State == Waiting && n.QueuedAt < before)
            .ExecuteUpdate(set => set.SetProperty(n => n.State, Expired).SetProperty(n => n.LastError, reason)));
}
