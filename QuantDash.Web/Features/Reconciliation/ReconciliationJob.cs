using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Web.Jobs;
using QuantDash.Web.Live;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>Asks the venue of every account that is no replay, beside what the engine asks by itself, and says how many differences nobody has taken over.</summary>
internal sealed class ReconciliationJob(TradingRuntime runtime, LiveState<EngineSnapshot> snapshots) : IBackgroundJob
{
    public JobPlan Plan { get; } = new()
    {
        Name = "reconciliation",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.Every(TimeSpan.FromMinutes(15)),
        ResumeAfterKill = false, // Every start reconciles.
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var accounts = snapshots.Current.OpenAccounts.Where(account => !account.Replay).Select(account => account.Account.Id).ToList();
        var asked = await runtime.RunAsync((engine, now) => accounts.Select(account => engine.Reconciliation.Ask(account, now, ReconciliationWhy.Timer)).Where(view => view.Succeeded).Select(view => view.Value).ToList(), stop);
        var open = asked.Sum(view => view.Differences.Count(difference => !difference.IsAdopted));
        return open == 0 ? new("books_agree", Text(asked.Count)) { Idle = true } : new("books_differ", Text(asked.Count), Text(open));
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
