using System.Globalization;
using QuantDash.Web.Jobs;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>The safety net under the tick path: what is due and was left by it is decided again on the trading thread, and sent. It holds no list of its own, the triggers
/// are it; run beside ticks, clicks and the timer, or twice, it does nothing more.</summary>
internal sealed class LockExecutionJob(TradingRuntime runtime) : IBackgroundJob
{
    public JobPlan Plan { get; } = new()
    {
        Name = "lock-execution",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.Every(TimeSpan.FromMinutes(1)),
        ResumeAfterKill = false, // The start recovers, and the next minute comes.
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var moved = await runtime.RunAsync((engine, now) => engine.DrainDue(now), stop);
        return moved.Count == 0 ? new("nothing_due") { Idle = true } : new("drained", moved.Count.ToString(CultureInfo.InvariantCulture)) { Triggers = moved };
    }
}
