using System.Globalization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>The trader's side of the watchdog: its heartbeat is when one last asked, and a silence is told once. Who asks is believed: the probe is open to all, and what an impostor
/// wins is that we do not miss the real one.</summary>
public sealed class WatchdogLink(TradingRuntime runtime, IOptions<QuantDashOptions> options, TimeProvider clock, ILogger<WatchdogLink> log) : ISupervisedLoop
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _longest = TimeSpan.FromSeconds(options.Value.Watchdog.ExpectedSeconds);
    private int _asked;
    private volatile string? _trouble;

    public string ServiceName => "watchdog";

    public bool IsNeeded => _longest > TimeSpan.Zero;

    public string? Trouble => _trouble;

    /// <summary>Before the probe is answered.</summary>
    public static ValueTask<object?> SeeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Request.Headers.ContainsKey(WatchdogOptions.Header)) context.HttpContext.RequestServices.GetRequiredService<WatchdogLink>().See();
        return next(context);
    }

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        var (seen, last, told) = (Volatile.Read(ref _asked), clock.GetUtcNow(), false);
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (Volatile.Read(ref _asked) is var asked && asked != seen)
            {
                (seen, last, told) = (asked, clock.GetUtcNow(), false);
                _trouble = null;
                pulse.Beat();
            }
            else if (!told && clock.GetUtcNow() - last > _longest)
            {
                told = true;
                _trouble = string.Create(CultureInfo.InvariantCulture, $"no watchdog has asked since {last:u}");
                log.LogWarning("No watchdog has asked since {Last:u}", last);
                await runtime.RunAsync((engine, now) => Tell(engine, last, now), stop);
            }
        }
    }

    private void See() => Interlocked.Increment(ref _asked);

    private bool Tell(TradingEngine engine, DateTimeOffset last, DateTimeOffset now)
    {
        engine.TellServiceFailed(new(ServiceName, "failed", last, _trouble), now);
        return true;
    }
}
