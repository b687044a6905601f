namespace QuantDash.Web.Jobs;

/// <summary>Every kind of job by its name.</summary>
public sealed class JobRoster
{
    private readonly Dictionary<string, IBackgroundJob> _jobs;

    public JobRoster(IEnumerable<IBackgroundJob> jobs)
    {
        _jobs = jobs.ToDictionary(job => job.Plan.Name, StringComparer.Ordinal);
        foreach (var name in _jobs.Keys)
            if (!JobId.TryParse(name, out var id) || id.Argument.Length > 0) throw new InvalidOperationException($"'{name}' is no name of a job.");
    }

    /// <summary>A job failed and is not tried again: which, and why.</summary>
    public event Action<JobId, string>? Failed;

    /// <summary>By name.</summary>
    public IEnumerable<IBackgroundJob> All => _jobs.Values.OrderBy(job => job.Plan.Name, StringComparer.Ordinal);

    internal void Tell(JobId id, string error) => Failed?.Invoke(id, error);

    public IBackgroundJob? Find(string name) => _jobs.GetValueOrDefault(name);
}
