using QuantDash.Web.Supervision;

namespace QuantDash.Web.Security;

/// <summary>Writes down, beside the requests, when sessions and keys were last used: no request waits for it.</summary>
public sealed class SessionLedger(Sessions sessions, ApiKeyRing keys, TimeProvider clock) : ISupervisedLoop
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    public string ServiceName => "sessions";

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await sessions.KeepAsync(stop);
            await keys.KeepAsync(stop);
            pulse.Beat();
        }
    }
}
