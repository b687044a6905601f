using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Web.Configuration;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Watchdog;

/// <summary>Looks at the trader again and again, and says when it is gone and when it is back. What could not be delivered is tried again with the next look.</summary>
public sealed class TraderWatch(
    TraderProbe probe, INotifier notifier, WatchMessages messages, WatchMemory memory, IOptions<QuantDashOptions> options, TimeProvider clock, ILogger<TraderWatch> log) : ISupervisedLoop
{
    private readonly WatchdogOptions _options = options.Value.Watchdog;
    private WatchState _state = memory.Load();
    private DateTimeOffset _leaveAloneUntil;
    private volatile string? _undelivered;

    public string ServiceName => "watchdog";

    public string? Trouble => _undelivered;

    public TimeSpan? LongestTurn => TimeSpan.FromMinutes(2);

    /// <summary>The latest look; null before the first.</summary>
    public TraderLook? Latest { get; private set; }

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_options.EverySeconds), clock);
        do
        {
            pulse.Beat();
            await TurnAsync(stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    internal async Task TurnAsync(CancellationToken stop)
    {
        var look = await probe.LookAsync(stop);
        if (Latest?.IsWell != look.IsWell) log.LogInformation("The trader is {State} {Why}", look.IsWell ? "ready" : "not ready", look.Why);
        Latest = look;
        var now = clock.GetUtcNow();
        Become(_state.After(look, now));
        if (_state.Due(look, now, _options) is { } message && now >= _leaveAloneUntil) await TellAsync(message, look, stop);
    }

    private async Task TellAsync(WatchMessage message, TraderLook look, CancellationToken stop)
    {
        var delivery = await notifier.SendAsync(messages.Write(message, _state, look, clock.GetUtcNow()), stop);
        if (delivery.Result == DeliveryResult.Delivered)
        {
            _undelivered = null;
            Become(_state.Delivered(message, clock.GetUtcNow()));
            log.LogWarning("Told: {Message} {Why}", message, look.Why);
            return;
        }

        _undelivered = delivery.Reason;
        _leaveAloneUntil = clock.GetUtcNow() + (delivery.RetryAfter ?? TimeSpan.Zero);
        log.LogError("Nobody could be told that the trader is {Message}: {Reason}", message, delivery.Reason);
    }

    private void Become(WatchState next)
    {
        if (next == _state) return;
        _state = next;
        memory.Save(next);
    }
}
