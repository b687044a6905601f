using System.Runtime.CompilerServices;
using QuantDash.Core.Primitives;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Jobs;

/// <summary>The present of all jobs, looked at again and again while somebody watches: other processes tell nobody what they do.</summary>
public sealed class JobWatch(IJobs jobs, TimeProvider clock)
{
    /// <summary>A look costs four short queries.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<JobSight> WatchAsync([EnumeratorCancellation] CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            yield return await LookAsync(stop);
            await Task.Delay(Pace, clock, stop);
        }
    }

    public async Task<JobSight> LookAsync(CancellationToken stop = default)
    {
        var looked = await jobs.LookAsync(stop);
        return looked.Succeeded ? new(looked.Value, null) : new(null, looked.Problems[0]);
    }
}

/// <summary>The board, or why it cannot be seen.</summary>
public sealed record JobSight(JobBoard? Board, Problem? Problem);
