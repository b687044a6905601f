using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Notifications;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage;

internal sealed class NotificationOutbox(JournalWriter journal, IDbContextFactory<QuantDashContext> contexts) : INotificationOutbox
{
    /// <summary>Messages that are planned in one transaction: none holds the journal up.</summary>
    public const int MostPlanned = 200;

    private static readonly string Waiting = EnumText<NotificationState>.Of(NotificationState.Waiting);
    private static readonly string OnItsWay = EnumText<DeliveryState>.Of(DeliveryState.Waiting);

    public async Task<int> PlanAsync(IReadOnlyList<Guid> channels, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var deliveries = context.Set<NotificationDeliveryRow>();
        var fresh = await context.Set<NotificationRow>().AsNoTracking()
            .Where(n => n.State == Waiting && !deliveries.Any(d => d.Number == n.Number))
            .OrderBy(n => n.Number).Take(MostPlanned)
            .Select(n => new { n.Number, n.QueuedAt }).ToListAsync(stop);
        if (fresh.Count == 0 || channels.Count == 0) return 0;
        return await journal.WriteAsync(write =>
        {
            write.AddRange(from message in fresh from channel in channels select new NotificationDeliveryRow { Number = message.Number, ChannelId = channel, State = OnItsWay, DueAt = message.QueuedAt });
            write.SaveChanges();
            return fresh.Count;
        });
    }

    public async Task<IReadOnlyList<QueuedNotification>> DueAsync(Guid channel, DateTimeOffset now, int most, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var found = await context.Set<NotificationDeliveryRow>().AsNoTracking()
            .Where(d => d.State == OnItsWay && d.ChannelId == channel && d.DueAt <= now)
            .OrderBy(d => d.Number).Take(most)
            .Join(context.Set<NotificationRow>(), d => d.Number, n => n.Number, (d, n) => new { Delivery = d, Message = n })
            .Join(context.Set<TapeEventRow>(), both => both.Message.Number, e => e.Number, (both, e) => new { both.Delivery, both.Message, Event = e })
            .OrderBy(all => all.Event.Number)
            .ToListAsync(stop);
        return [.. found.Select(f => new QueuedNotification(f.Message.MessageId, f.Event.ToEvent(), f.Message.QueuedAt, f.Delivery.Attempts))];
    }

    public async Task<IReadOnlyList<ChannelQueue>> QueuesAsync(CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var found = await context.Set<NotificationDeliveryRow>().Where(d => d.State == OnItsWay).GroupBy(d => d.ChannelId)
            .Select(g => new { Channel = g.Key, Count = g.Count(), Next = g.Min(d => d.DueAt) }).ToListAsync(stop);
        return [.. found.Select(f => new ChannelQueue(f.Channel, f.Count, f.Next))];
    }

    public Task RecordAsync(Guid channel, IReadOnlyList<long> numbers, DeliveryState state, DateTimeOffset at, string? error)
        => journal.WriteAsync(context =>
        {
            foreach (var delivery in context.Set<NotificationDeliveryRow>().Where(d => d.ChannelId == channel && numbers.Contains(d.Number)).ToList()) delivery.Record(state, at, error);
            context.SaveChanges();
            return Summarise(context, numbers, at, state, error);
        });

    public Task HoldAsync(Guid channel, IReadOnlyList<long> numbers, DateTimeOffset until)
        => journal.WriteAsync(context => context.Set<NotificationDeliveryRow>()
            .Where(d => d.ChannelId == channel && d.State == OnItsWay && numbers.Contains(d.Number))
            .ExecuteUpdate(set => set.SetProperty(d => d.DueAt, until)));

    public Task ReleaseAsync(DateTimeOffset now)
        => journal.WriteAsync(context => context.Set<NotificationDeliveryRow>()
            .Where(d => d.State == OnItsWay && d.DueAt > now)
            .ExecuteUpdate(set => set.SetProperty(d => d.DueAt, now)));

    public Task<int> ExpireAsync(DateTimeOffset before, string reason)
        => journal.WriteAsync(context =>
        {
            var late = context.Set<NotificationDeliveryRow>().Where(d => d.State == OnItsWay && d.DueAt < before).ToList();
            End(context, late, before, reason);

            // Those that no channel ever had.
            var deliveries = context.Set<NotificationDeliveryRow>();
            var never = context.Set<NotificationRow>().Where(n => n.State == Waiting && n.QueuedAt < before && !deliveries.Any(d => d.Number == n.Number)).ToList();
            foreach (var message in never) message.Summarise(NotificationState.Expired, before, null, reason);
            context.SaveChanges();
            return never.Count + late.Select(d => d.Number).Distinct().Count();
        });

    public Task DropAsync(Guid channel, string reason)
        => journal.WriteAsync(context =>
        {
            var rest = context.Set<NotificationDeliveryRow>().Where(d => d.ChannelId == channel && d.State == OnItsWay).ToList();
            return End(context, rest, DateTimeOffset.UnixEpoch, reason);
        });

    private static int End(QuantDashContext context, List<NotificationDeliveryRow> deliveries, DateTimeOffset at, string reason)
    {
        foreach (var delivery in deliveries) delivery.Record(DeliveryState.Expired, at, reason);
        context.SaveChanges();
        return Summarise(context, [.. deliveries.Select(d => d.Number).Distinct()], at, DeliveryState.Expired, reason);
    }

    /// <summary>The message's own row: it waits while it does on any channel, and was sent when it was on one.</summary>
    private static int Summarise(QuantDashContext context, IReadOnlyList<long> numbers, DateTimeOffset at, DeliveryState latest, string? error)
    {
        var states = context.Set<NotificationDeliveryRow>().AsNoTracking().Where(d => numbers.Contains(d.Number)).Select(d => new { d.Number, d.State }).ToList().ToLookup(d => d.Number, d => EnumText<DeliveryState>.Parse(d.State));
        foreach (var message in context.Set<NotificationRow>().Where(n => numbers.Contains(n.Number)).ToList()) message.Summarise(Over([.. states[message.Number]]), at, latest, error);
        return context.SaveChanges();
    }

    private static NotificationState Over(IReadOnlyList<DeliveryState> states) =>
        states.Contains(DeliveryState.Waiting) ? NotificationState.Waiting
        : states.Contains(DeliveryState.Sent) ? NotificationState.Sent
        : states.Contains(DeliveryState.Refused) ? NotificationState.Refused
        : NotificationState.Expired;
}
