using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Live;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Sends what waits in the outbox, in order, at least once: a message is marked as sent after it was, so a process that dies in between sends it again
/// under the same id. Nothing here touches the trading thread.</summary>
public sealed class NotificationSender(
    INotificationOutbox outbox, INotifier notifier, MessageWriter writer, EventTape<TapeEvent> tape, NotificationMeter meter, TimeProvider clock,
    ILogger<NotificationSender> log)
    : ISupervisedLoop, INotificationHealth
{
    /// <summary>What nobody could be told within this time is history: it stands on the tape.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private const int MostAtOnce = 50;
    private const string NoLongerWaits = "its trigger does not wait any more";
    private const string Late = "not sent in time";

    private readonly Backoff _backoff = new(clock);
    private volatile NotificationHealth _health = new(notifier.IsConfigured);
    private long _seen = -1;

    public NotificationHealth Current => _health;

    public string ServiceName => "notifications";

    public bool IsNeeded => notifier.IsConfigured;

    public string? Trouble => _health.LastError;

    public TimeSpan? LongestTurn => TimeSpan.FromMinutes(5);

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, clock);
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
            if (_backoff.IsOver && (tape.LastNumber != _seen || _health.Waiting > 0)) await SendWaitingAsync(stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "Notifications could not be sent");
            _health = _health with { LastError = error.Message };
            _backoff.Failed(null);
        }
    }

    private async Task SendWaitingAsync(CancellationToken stop)
    {
        var seen = tape.LastNumber;
        await outbox.ExpireAsync(clock.GetUtcNow() - LongestWait, Late);
        foreach (var queued in await outbox.WaitingAsync(MostAtOnce, stop))
        {
            if (!await SendAsync(queued, stop)) break;
        }

        _health = _health with { Waiting = await outbox.CountWaitingAsync(stop) };
        _seen = seen;
    }

    /// <summary>False when the receiver cannot be reached: then the others need not be tried now.</summary>
    private async Task<bool> SendAsync(QueuedNotification queued, CancellationToken stop)
    {
        var number = queued.Event.Number;
        if (await writer.WriteAsync(queued, stop) is not { } message)
        {
            await outbox.RecordAsync(number, NotificationState.Expired, clock.GetUtcNow(), NoLongerWaits);
            return true;
        }

        var delivery = await notifier.SendAsync(message, stop);
        meter.Count(delivery.Result);
        var now = clock.GetUtcNow();
        switch (delivery.Result)
        {
            case DeliveryResult.Delivered:
                await outbox.RecordAsync(number, NotificationState.Sent, now, null);
                _health = _health with { LastError = null, LastSentAt = now };
                _backoff.Succeeded();
                return true;
            case DeliveryResult.Refused:
                log.LogError("Notification {Number} ({Key}) was refused: {Reason}", number, queued.Event.Key, delivery.Reason);
                await outbox.RecordAsync(number, NotificationState.Refused, now, delivery.Reason);
                _health = _health with { LastError = delivery.Reason };
                return true;
            default:
                log.LogWarning("Notification {Number} ({Key}) waits, attempt {Attempt} failed: {Reason}", number, queued.Event.Key, queued.Attempts + 1, delivery.Reason);
                await outbox.RecordAsync(number, NotificationState.Waiting, now, delivery.Reason);
                _health = _health with { LastError = delivery.Reason };
                _backoff.Failed(delivery.RetryAfter);
                return false;
        }
    }
}
