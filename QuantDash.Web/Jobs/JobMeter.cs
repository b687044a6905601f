using System.Diagnostics.Metrics;

namespace QuantDash.Web.Jobs;

/// <summary>Counts how runs ended, by job.</summary>
public sealed class JobMeter
{
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _took;
    private readonly Counter<long> _givenUp;

    public JobMeter(Meter meter)
    {
        _runs = meter.CreateCounter<long>("quantdash.job.runs", null, "Runs of background jobs that ended, by job and outcome; each attempt counts.");
        _givenUp = meter.CreateCounter<long>("quantdash.job.failures", null, "Runs of background jobs that failed and are not tried again, by job.");
        _took = meter.CreateHistogram(
            "quantdash.job.duration", "s", "How long runs of background jobs took.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 900, 3600] });
    }

    /// <summary>A counter that begins with its first failure hides it from whoever asks for an increase.</summary>
    public void Know(string job) => _givenUp.Add(0, Name(job));

    /// <summary>It failed and is not tried again.</summary>
    public void GivenUp(string job) => _givenUp.Add(1, Name(job));

    public void Ended(string job, JobOutcome outcome, TimeSpan took)
    {
        var name = Name(job);
        _runs.Add(1, name, new("outcome", outcome switch
        {
            JobOutcome.Succeeded => "succeeded",
            JobOutcome.Failed => "failed",
            JobOutcome.Cancelled => "cancelled",
            JobOutcome.Idle => "idle",
        }));
        _took.Record(took.TotalSeconds, name);
    }

    private static KeyValuePair<string, object?> Name(string job) => new("job", job);
}
