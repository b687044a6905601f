using System.Globalization;
using QuantDash.Core.Audit;
using QuantDash.Web.Api;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Audit;

/// <summary>Looks through the whole audit chain every night and fails, loudly, when a place in it is wrong. In the trader's process, on whose disk the chain's witness stands.</summary>
internal sealed class AuditVerifyJob(IAuditHistory history) : IBackgroundJob
{
    public JobPlan Plan { get; } = new()
    {
        Name = "audit-verify",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.DailyAt(new(19, 10)), // 03:10 where the exchanges are: after the night sessions.
        Missed = MissedTime.RunOnce,
        MakeUpWithin = TimeSpan.FromHours(20), // After that the next night is near.
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var verdict = await history.VerifyAsync(stop);
        if (verdict.Fault is { } fault)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The audit chain does not hold: {WireNames<AuditFault>.Of(fault)} at entry {verdict.At}."));
        return new("chain_whole", verdict.Entries.ToString(CultureInfo.InvariantCulture));
    }
}
