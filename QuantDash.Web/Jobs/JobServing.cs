using System.Globalization;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Jobs;

/// <summary>Which jobs this process takes.</summary>
/// <param name="TakesJobs">Any at all.</param>
/// <param name="Places">Where they may be at home.</param>
/// <param name="ServerName">By which it is known beside others on the same database.</param>
internal sealed record JobServing(bool TakesJobs, IReadOnlyList<JobPlace> Places, string ServerName)
{
    /// <summary>Execution groups that are left to others.</summary>
    public IReadOnlyList<string> RefusedGroups => [.. Enum.GetValues<JobPlace>().Except(Places).Select(JobKeys.GroupOf)];

    public static JobServing Of(QuantDashOptions options)
    {
        var name = $"{Environment.MachineName}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        return options.RunsAs switch
        {
            ProcessRole.All => new(TakesJobs: true, [JobPlace.Trader, JobPlace.Anywhere], name),
            ProcessRole.Trader => new(TakesJobs: true, [JobPlace.Trader], name),
            ProcessRole.Worker => new(TakesJobs: true, [JobPlace.Anywhere], name),
            ProcessRole.Watchdog => new(TakesJobs: false, [], name),
        };
    }
}
