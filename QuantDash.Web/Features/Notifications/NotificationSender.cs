using System.Collections.Concurrent;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Live;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Sends what waits in the outbox, over each channel by itself, in order, at least once: a message is marked as sent after it was, so a process that dies in between
/// sends it again under the same id. Nothing here touches the trading thread.</summary>
public sealed class NotificationSender : ISupervisedLoop, INotificationHealth, IChannelHealth
{
    /// <summary>What nobody could be told within this time is history: it stands on the tape.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    // A channel that takes longer goes on by itself.
    private static readonly TimeSpan LongestTogether = TimeSpan.FromSeconds(1);
    private const string Late = "not sent in time";

    private readonly INotificationOutbox _outbox;
    private readonly NotificationDesk _desk;
    private readonly EventTape<TapeEvent> _tape;
    private readonly TimeProvider _clock;
    private readonly ILogger<NotificationSender> _log;
    private readonly ChannelCourier _courier;
    private readonly ConcurrentDictionary<Guid, ChannelLane> _lanes = [];
    private readonly Backoff _backoff;
    private volatile NotificationHealth _health;
    private long _seen = -1;
    private long _version = -1;

    public NotificationSender(
        INotificationOutbox outbox, IChannelSender sender, NotificationDesk desk, MessageWriter writer, EventTape<TapeEvent> tape, NotificationMeter meter, TimeProvider clock,
        ILogger<NotificationSender> log)
    {
        (_outbox, _desk, _tape, _clock, _log) = (outbox, desk, tape, clock, log);
        (_courier, _backoff, _health) = (new(outbox, sender, writer, meter, clock, log), new(clock), new(desk.Current.Enabled.Count > 0));
    }

    public NotificationHealth Current => _health;

    public string ServiceName => "notifications";

    public bool IsIdle => !_health.Configured;

    public string? Trouble => _health.LastError;

    public TimeSpan? LongestTurn => TimeSpan.FromMinutes(5);

    public ChannelHealth Of(Guid channel) => _lanes.TryGetValue(channel, out var lane) ? lane.Health : new();

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, _clock);
        do
        {
            pulse.Beat();
            await TurnAsync(stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>Whatever goes wrong in one turn, the next one comes.</summary>
    internal async Task TurnAsync(CancellationToken stop)
    {
        try
        {
            if (!_backoff.IsOver) return;
            var plan = await _desk.LoadAsync(stop);
            if (plan.Version != _version) TakeOver(plan);
            if (plan.Enabled.Count > 0 && (_tape.LastNumber != _seen || plan.Version != _version || _lanes.Values.Any(l => l.IsWanted))) await SendWaitingAsync(plan, stop);
            _version = plan.Version;
            _health = Health(plan);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _log.LogError(error, "Notifications could not be sent");
            _health = _health with { LastError = error.Message };
            _backoff.Failed(null);
        }
    }

    /// <summary>A channel that was changed begins anew: what is wrong with it may be mended.</summary>
    private void TakeOver(NotificationPlan plan)
    {
        foreach (var gone in _lanes.Keys.Except(plan.Enabled.Select(c => c.Id)).ToList()) _lanes.TryRemove(gone, out _);
        foreach (var channel in plan.Enabled) _lanes.AddOrUpdate(channel.Id, _ => new(channel, _clock), (_, lane) => lane.Renewed(channel));
    }

    private async Task SendWaitingAsync(NotificationPlan plan, CancellationToken stop)
    {
        var seen = _tape.LastNumber;
        await _outbox.ExpireAsync(_clock.GetUtcNow() - LongestWait, Late);
        var planned = await _outbox.PlanAsync([.. plan.Enabled.Select(c => c.Id)], stop);
        await LookAsync(stop);
        await TogetherAsync([.. from channel in plan.Enabled let lane = _lanes[channel.Id] where lane.IsWanted select lane.Go(() => _courier.DeliverAsync(lane, channel, plan.Settings, stop))], stop);
        await LookAsync(stop);
        _seen = planned > 0 ? -1 : seen; // There may be more than are planned at once.
        _backoff.Succeeded();
    }

    /// <summary>One that hangs holds no other up.</summary>
    private async Task TogetherAsync(IReadOnlyList<Task> deliveries, CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(deliveries).WaitAsync(LongestTogether, _clock, stop);
        }
        catch (TimeoutException)
        {
            // They go on.
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        var queues = (await _outbox.QueuesAsync(stop)).ToDictionary(q => q.Channel);
        foreach (var lane in _lanes.Values) lane.Queue(queues.GetValueOrDefault(lane.Id));
    }

    private NotificationHealth Health(NotificationPlan plan)
    {
        var lanes = plan.Enabled.Select(c => (c.Name, _lanes[c.Id].Health)).ToList();
        var errors = lanes.Where(l => l.Health.LastError is not null).Select(l => lanes.Count == 1 ? l.Health.LastError! : $"{l.Name}: {l.Health.LastError}").ToList();
        return new(lanes.Count > 0, lanes.Sum(l => l.Health.Waiting), errors.Count == 0 ? null : string.Join("; ", errors), lanes.Max(l => l.Health.LastSentAt));
    }
}
