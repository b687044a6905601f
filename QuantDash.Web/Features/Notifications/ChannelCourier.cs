using QuantDash.Core.Notifications;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Takes what is due to one channel, in order, as long as it takes it. When more waits than its receiver allows at once, questions go first and by themselves, and the rest
/// as few messages that hold several, the loudest first.</summary>
internal sealed class ChannelCourier(INotificationOutbox outbox, IChannelSender sender, MessageWriter writer, NotificationMeter meter, TimeProvider clock, ILogger log)
{
    // So many that the loudest of a crowd are among them.
    private const int MostAtOnce = 500;
    private const string NoLongerWaits = "its trigger does not wait any more";
    private const string NotWanted = "switched off";

    public async Task DeliverAsync(ChannelLane lane, NotificationChannel channel, NotificationSettings settings, CancellationToken stop)
    {
        try
        {
            var wanted = await WantedAsync(channel, settings, stop);
            if (wanted.Count <= lane.Pace.Left(clock.GetUtcNow())) await SendEachAsync(lane, channel, wanted, stop);
            else await SendCrowdAsync(lane, channel, wanted, stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "Messages for {Channel} could not be sent", channel.Name);
            lane.Failed(new(DeliveryResult.Unavailable, error.Message));
        }
    }

    /// <summary>What is due, without what is switched off and what is to wait for the end of quiet hours.</summary>
    private async Task<List<Parcel>> WantedAsync(NotificationChannel channel, NotificationSettings settings, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var wanted = new List<Parcel>();
        foreach (var queued in await outbox.DueAsync(channel.Id, now, MostAtOnce, stop))
        {
            var decision = DeliveryDecision.Of(queued.Event.Key, MessageWriter.PriorityOf(queued.Event), settings, now);
            if (decision.Choice == DeliveryChoice.Drop) await outbox.RecordAsync(channel.Id, [queued.Event.Number], DeliveryState.Off, now, NotWanted);
            else if (decision is { Choice: DeliveryChoice.Hold, Until: { } until }) await outbox.HoldAsync(channel.Id, [queued.Event.Number], until);
            else wanted.Add(new(queued, decision.Choice == DeliveryChoice.Silent));
        }

        return wanted;
    }

    private async Task<bool> SendEachAsync(ChannelLane lane, NotificationChannel channel, IEnumerable<Parcel> parcels, CancellationToken stop)
    {
        foreach (var parcel in parcels)
        {
            if (await WriteAsync(channel, parcel, stop) is { } message && !await SendAsync(lane, channel, message, [parcel], stop)) return false;
        }

        return true;
    }

    private async Task SendCrowdAsync(ChannelLane lane, NotificationChannel channel, List<Parcel> parcels, CancellationToken stop)
    {
        if (!await SendEachAsync(lane, channel, parcels.Where(p => p.IsQuestion), stop)) return;
        var written = new List<(Parcel Parcel, Notification Message)>();
        foreach (var parcel in parcels.Where(p => !p.IsQuestion).OrderByDescending(p => MessageWriter.PriorityOf(p.Queued.Event)).ThenBy(p => p.Number))
        {
            if (await WriteAsync(channel, parcel, stop) is { } message) written.Add((parcel, message));
        }

        while (written.Count > 0)
        {
            var (several, taken) = writer.Several([.. written.Select(w => w.Message)]);
            if (!await SendAsync(lane, channel, several, [.. written.Take(taken).Select(w => w.Parcel)], stop)) return;
            written.RemoveRange(0, taken);
        }
    }

    /// <summary>Null, and noted, when nobody needs it any more.</summary>
    private async Task<Notification?> WriteAsync(NotificationChannel channel, Parcel parcel, CancellationToken stop)
    {
        if (await writer.WriteAsync(parcel.Queued, stop) is { } message) return message with { IsSilent = parcel.IsSilent };
        await outbox.RecordAsync(channel.Id, [parcel.Number], DeliveryState.Expired, clock.GetUtcNow(), NoLongerWaits);
        return null;
    }

    /// <summary>False when the receiver cannot be reached, or has had enough: then the others need not be tried now.</summary>
    private async Task<bool> SendAsync(ChannelLane lane, NotificationChannel channel, Notification message, IReadOnlyList<Parcel> parcels, CancellationToken stop)
    {
        if (!lane.Pace.Take(clock.GetUtcNow())) return false;
        var delivery = await sender.SendAsync(channel, message, stop);
        meter.Count(delivery.Result);
        var (now, numbers, first) = (clock.GetUtcNow(), parcels.Select(p => p.Number).ToList(), parcels[0]);
        switch (delivery.Result)
        {
            case DeliveryResult.Delivered:
                await outbox.RecordAsync(channel.Id, numbers, DeliveryState.Sent, now, null);
                lane.Succeeded(now);
                return true;
            case DeliveryResult.Refused when parcels.Count > 1:
                lane.Refused(delivery);
                return await SendEachAsync(lane, channel, parcels, stop); // One of them is to blame; the others are not to be lost with it.
            case DeliveryResult.Refused:
                log.LogError("Notification {Number} ({Key}) was refused by {Channel}: {Reason}", first.Number, first.Queued.Event.Key, channel.Name, delivery.Reason);
                await outbox.RecordAsync(channel.Id, numbers, DeliveryState.Refused, now, delivery.Reason);
                lane.Refused(delivery);
                return true;
            default:
                log.LogWarning("Notification {Number} ({Key}) waits for {Channel}, attempt {Attempt} failed: {Reason}", first.Number, first.Queued.Event.Key, channel.Name, first.Queued.Attempts + 1, delivery.Reason);
                await outbox.RecordAsync(channel.Id, numbers, DeliveryState.Waiting, now, delivery.Reason);
                lane.Failed(delivery);
                return false;
        }
    }

    private sealed record Parcel(QueuedNotification Queued, bool IsSilent)
    {
        public long Number => Queued.Event.Number;

        public bool IsQuestion => Queued.Event.Key is NotificationTable.AsksForConfirmation or NotificationTable.AsksToUnlock;
    }
}
