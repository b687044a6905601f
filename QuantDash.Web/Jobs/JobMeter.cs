using System.Diagnostics.Metrics;

namespace QuantDash.Web.Jobs;

/// <summary>Counts how runs ended, by job.</summary>
public sealed class JobMeter
{
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _took;

    public JobMeter(Meter meter)
    {
        _runs = meter.CreateCounter<long>("quantdash.job.runs", null, "Runs of background jobs that ended, by job and outcome; each attempt counts.");
        _took = meter.CreateHistogram(
            "quantdash.job.duration", "s", "How long runs of background jobs took.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 900, 3600] });
    }

    public void Ended(string job, JobOutcome outcome, TimeSpan took)
    {
        var name = new KeyValuePair<string, object?>("job", job);
        _runs.Add(1, name, new("outcome", outcome switch
        {
            JobOutcome.Succeeded => "succeeded",
            JobOutcome.Failed => "failed",
            JobOutcome.Cancelled => "cancelled",
            JobOutcome.Idle => "idle",
        }));
        _took.Record(took.TotalSeconds, name);
    }
}
