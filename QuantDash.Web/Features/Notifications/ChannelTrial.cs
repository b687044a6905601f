using QuantDash.Core.Notifications;

namespace QuantDash.Web.Features.Notifications;

/// <summary>What became of a trial over one channel.</summary>
public sealed record TrialResult(NotificationChannel Channel, Delivery Delivery);

/// <summary>Sends a trial now, beside the queue, and says exactly what was answered.</summary>
public sealed class ChannelTrial(NotificationDesk desk, IChannelSender sender, MessageWriter writer)
{
    /// <summary>Over one channel, be it switched off; null when there is none.</summary>
    public async Task<TrialResult?> OverAsync(Guid channel, CancellationToken stop)
    {
        var plan = await desk.LoadAsync(stop);
        if (plan.Channels.FirstOrDefault(c => c.Id == channel) is not { } found) return null;
        return new(found, await sender.SendAsync(found, writer.Trial(null, null), stop));
    }

    /// <summary>Over all that are switched on, at once.</summary>
    public async Task<IReadOnlyList<TrialResult>> OverAllAsync(Notification trial, CancellationToken stop)
    {
        var plan = await desk.LoadAsync(stop);
        return await Task.WhenAll(plan.Enabled.Select(async channel => new TrialResult(channel, await sender.SendAsync(channel, trial, stop))));
    }
}
