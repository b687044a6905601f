namespace QuantDash.Web.Jobs;

/// <summary>A piece of work of minutes or more that is planned, seen and stopped on the jobs page. What it throws ends this run of it and nothing else.
/// It acts on what is durable and holds no second copy: run twice, or again after a kill, it does no harm.</summary>
/// <remarks>To add one: implement this beside what it works on and call <see cref="JobsRegistration.AddJob{TJob}"/>.</remarks>
public interface IBackgroundJob
{
    JobPlan Plan { get; }

    /// <summary>Ends soon after <paramref name="stop"/>, which is a wish of a person or of the process.</summary>
    Task<JobReport> RunAsync(JobRun run, CancellationToken stop);
}

/// <summary>One run, as its job sees it.</summary>
/// <param name="Attempt">0 the first time, n the n-th time it is tried again.</param>
/// <param name="IsResumed">The process that ran it before was killed.</param>
/// <param name="Tell">How far it has come, 0 to 1, and what it is at; seen on the page within a second.</param>
public sealed record JobRun(JobId Id, int Attempt, bool IsResumed, Action<double, string> Tell);

/// <summary>What a run came to, as a key of the page's texts and values: whoever reads it later reads it in their own language.</summary>
/// <param name="Key">At most 40 of <c>[a-z_]</c>.</param>
public sealed record JobReport(string Key, params IReadOnlyList<string> Values)
{
    private const char Between = '|';

    /// <summary>There was nothing to do: such runs are forgotten soon.</summary>
    public bool Idle { get; init; }

    /// <summary>Lock triggers it moved.</summary>
    public IReadOnlyList<Guid> Triggers { get; init; } = [];

    public static JobReport Parse(string text) => text.Split(Between) is [var key, .. var values] ? new(key, values) : new(text);

    /// <summary>As it is kept.</summary>
    public override string ToString() => string.Join(Between, Values.Select(value => value.Replace(Between, '/')).Prepend(Key));
}
