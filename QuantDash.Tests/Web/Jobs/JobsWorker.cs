using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Jobs;

/// <summary>A worker as a process of its own, which takes one long job and is killed: <c>jobs-worker &lt;connection string&gt; &lt;file to make when the job has begun&gt;</c>.</summary>
internal static class JobsWorker
{
    public const string Verb = "jobs-worker";

    public static JobPlan Plan { get; } = new() { Name = "killed", Place = JobPlace.Anywhere };

    public static int Run(string connectionString, string begun) => RunAsync(connectionString, begun).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(string connectionString, string begun)
    {
        var job = new SampleJob(Plan);
        await using var rig = new JobsRig(JobStore.Postgres(connectionString), new JobServing(TakesJobs: true, [JobPlace.Anywhere], "killed"), job);
        await job.BegunAsync();
        await File.WriteAllTextAsync(begun, "");
        await Task.Delay(TimeSpan.FromMinutes(2)); // Killed long before.
        return 1;
    }
}
