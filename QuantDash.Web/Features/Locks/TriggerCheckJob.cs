using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Web.Jobs;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Locks;

/// <summary>Has the journal look for rules and triggers that another program changed, as it does by itself several times a second, and counts armed rules whose prices are
/// silent while their session runs: those are not being evaluated.</summary>
internal sealed class TriggerCheckJob(IDurableJournal journal, LiveState<EngineSnapshot> snapshots) : IBackgroundJob
{
    public JobPlan Plan { get; } = new()
    {
        Name = "trigger-check",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.Every(TimeSpan.FromMinutes(5)),
        Retries = 2,
        ResumeAfterKill = false,
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var edits = await journal.LookOutsideAsync().WaitAsync(stop);
        var snapshot = snapshots.Current;
        var armed = snapshot.Rules.Where(rule => rule.State.State == ArmState.Armed).ToList();
        var silent = armed.Count(rule => IsSilent(snapshot, rule.Rule));
        return edits + silent == 0
            ? new("checked_rules", Text(armed.Count)) { Idle = true }
            : new("checked_rules_found", Text(armed.Count), Text(edits), Text(silent));
    }

    private static bool IsSilent(EngineSnapshot snapshot, LockRule rule) =>
        snapshot.Accounts.FirstOrDefault(account => account.Account.Id == rule.AccountId) is { } account
        && snapshot.Quotes.Any(quote => quote.Source == account.Account.Source && quote.Contract.Symbol == rule.Symbol && quote.Health == QuoteHealth.Stale);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
